#pragma once
// Light of the channel through a described line, eight records at a time (docs/theory/fibre-propagation.md).
//
// Fibre by the split step, amplifiers with noise of their own, filters, mode dispersion, dependent loss. What
// is linear is multiplied up into one filter between two places that are not. Neighbours of the line are
// other light: whoever wants them puts them into the batch.

#include <cstdint>
#include <memory>
#include <vector>

#include "waverack/coherent/dual_batch.hpp"
#include "waverack/coherent/line.hpp"
#include "waverack/coherent/polarisation.hpp"

namespace waverack::coherent {

struct PropagationOptions {
  bool nonlinear = true;  // false: γ = 0, and a line without noise is one filter
  bool noise = true;      // of amplifiers
  // Of the split step in each span, rms of its error over the rms of the field (step_plan.hpp).
  double field_error = 1e-3;
  double power = 0.0;          // mean at the line's input, for the steps [W]; 0: the channel's
  double bandwidth = 0.0;      // in which it lies [Hz]; 0: the channel's symbol rate
  std::uint64_t seed = 1;      // of everything drawn
  std::uint32_t source = 256;  // source … source + 4·amplifiers − 1: noise; source − 1: polarisation
  std::uint32_t realisation = 0;  // of what polarisation meets
  int pmd_sections = 20;          // of each span
  int pmd_places = 4;             // where they act in the split step
};

class LinePropagation {
 public:
  // For records of the size of `fft`. Numbers out of range throw Error. Cost: 10 to 50 ms for the steps of
  // each kind of span, and a filter of `size` values for each step.
  LinePropagation(const Line&, const signal::FftPlan& fft, double sample_rate,
                  const PropagationOptions& options = {});
  ~LinePropagation();
  LinePropagation(LinePropagation&&) noexcept;
  LinePropagation& operator=(LinePropagation&&) noexcept;

  // From the field at the input of the line to that at its end. May be called by several threads at once.
  void apply(DualBatch&) const;

  // Everything linear from end to end, with dispersion, gain and loss.
  const JonesResponse& response() const;
  int steps() const;                   // nonlinear ones, of all spans together
  double estimated_error() const;      // of the field: the errors of spans add up by power
  double noise_power_density() const;  // at the end, of each polarisation, filters left out [W/Hz]

 private:
  struct Program;
  std::unique_ptr<const Program> program_;
};

// How far a line spreads light of the two-sided width `bandwidth` [Hz] to either side [s]: dispersion of all
// spans with one sign, four standard deviations of mode dispersion, filters until they have rung out, and
// the flanks of the channel's pulses. Windows overlap by at least that (overlapped_windows.hpp).
double line_memory(const Line&, double bandwidth);

}  // namespace waverack::coherent
