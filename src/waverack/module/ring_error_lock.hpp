#pragma once
// A ring held where the error ratio is least.
//
// For each correction errors are counted for a while on either side of the working point; the logarithm of
// their ratio tells on which side fewer are. Counting is slow beside heat, so the ring is at rest on either
// side. (theory: calibration, eq. 10 to 12; facts: photonics 11, Zortman et al.)

#include <functional>
#include <vector>

#include "waverack/module/ring_lock.hpp"

namespace waverack::module {

// The error ratio of bits at a detuning in half-widths, known between `low` and `high`.
struct ErrorLaw {
  std::function<double(double detuning)> ratio;
  double low = 0.0, high = 0.0;
  double bit_rate = 0.0;  // of the bits that are counted [bit/s]
};

struct RingErrorLock {
  bool converged = false;
  double best = 0.0;                                    // detuning of the least error ratio [half-widths]
  double time_to_converge = 0.0;                        // from `start` [s]
  double start = 0.0;                                   // error at the beginning [half-widths]
  Remainder residual;                                   // of the detuning [half-widths]
  double expected_rms = 0.0;                            // from the counts' own noise [half-widths]
  double errors_counted = 0.0;                          // on one side for one correction, at the best place
  double fastest_warming = 0.0, fastest_cooling = 0.0;  // ramps that are followed [K/s]
  // One value for each correction.
  std::vector<double> time, detuning, ratio;  // [s], [half-widths], error ratio in between
};

// Runs settings.error_updates corrections. Errors are drawn from `stream`. Without curvature of the law at
// its minimum, or with a minimum at the end of what is known, nothing converges. Cost: about 20 ms.
RingErrorLock lock_ring_by_errors(const RingPlant&, const RingSettings&, const ErrorLaw&,
                                  const Stream& stream);

// A number from the Poisson distribution of this mean, from one uniform number in (0, 1): by inversion below
// 50, above from the normal distribution.
double poisson(double mean, double uniform);

}  // namespace waverack::module
