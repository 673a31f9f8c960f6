#pragma once
// How the receiver's equaliser finds its taps by the LMS rule, from the cursor alone. (theory: calibration,
// section 7; waveform-solver, eq. 4f to 4h)

#include <vector>

#include "waverack/base/random.hpp"
#include "waverack/link/lane.hpp"
#include "waverack/module/calibration.hpp"

namespace waverack::study {

struct TapTraining {
  double step = 0.0;                    // over the mean power of all inputs
  int taps = 0;                         // forward, bias and feedback
  double least_error = 0.0;             // mean square error with the best taps, of levels −1 … 1
  double misadjustment = 0.0;           // excess over it at the end, as seen
  double expected_misadjustment = 0.0;  // step/(2 − step)
  double slowest = 0.0, fastest = 0.0;  // time constants of the error's modes [symbols]
  bool converged = false;
  double symbols_to_converge = 0.0;  // until the error stays within 10 % of its end
  // Means over blocks of symbols: seen, and by the rule's own equations.
  std::vector<double> symbol, error, expected;
};

// Whether the last receiver adapts taps that the rule knows: more than one, without products of samples and
// without sequence detection.
bool has_trainable_receiver(const link::Lane&);

// Runs the rule over the noiseless record of the lane's last segment with white noise of the variance that
// the sampler sees, with known symbols. The step is the receiver's adaptation_step, or that of the settings
// where that is 0. Cost: one solution of the lane and 60 ns for each symbol and ten taps.
TapTraining train_taps(const link::Lane&, const module::TrainingSettings&, const Stream& stream);

}  // namespace waverack::study
