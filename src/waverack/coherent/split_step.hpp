#pragma once
// Light through a fibre by the split step, eight records at a time (docs/theory/fibre-propagation.md).
//
// The Manakov equation, with the time convention exp(+j2πft) as everywhere:
//   ∂A/∂z = −(α/2)·A + j(β2/2)·∂²A/∂t² + (β3/6)·∂³A/∂t³ − j(8/9)·γ·(|A_x|² + |A_y|²)·A,
// averaged over fast random birefringence (P. K. A. Wai and C. R. Menyuk, J. Lightwave Technol. 14 (1996)
// 148; D. Marcuse et al., J. Lightwave Technol. 15 (1997) 1735, eq. 63).

#include <vector>

#include "waverack/coherent/dual_batch.hpp"
#include "waverack/coherent/step_plan.hpp"

namespace waverack::coherent {

// What a fibre has at one place besides dispersion and loss: delay between polarisations, for instance.
struct PlacedJones {
  double place = 0.0;  // from the span's start [m]
  JonesResponse response;
};

// exp(−j(β2/2·ω² + β3/6·ω³)·distance) of a span at f from `carrier` [Hz]; delay at the carrier left out.
std::complex<double> dispersion(const FibreSpan& span, double carrier, double distance, double f);

// A span with its connectors, made ready for batches of one size and sample rate: steps + 1 linear steps of
// two transforms each, and steps nonlinear phases. Immutable, so threads may share it. Memory: 8·size bytes
// for each linear step of another length, 32·size where it holds something placed.
//
// `carrier`: frequency to which the envelope belongs [Hz]. `placed` in the order of their places.
class SplitStep {
 public:
  SplitStep(const signal::FftPlan& fft, double sample_rate, const FibreSpan& span, const StepPlan& plan,
            double carrier, const std::vector<PlacedJones>& placed = {});

  // From the field in front of the input connector to that behind the output connector.
  void apply(DualBatch&) const;

  int steps() const { return static_cast<int>(phases_.size()); }
  double estimated_error() const { return estimated_error_; }

 private:
  std::vector<JonesFilter> filters_;
  std::vector<std::size_t> filter_of_step_;  // shape (steps + 1)
  std::vector<float> phases_;                // nonlinear phase by power [rad/W]; shape (steps)
  double estimated_error_ = 0.0;
};

}  // namespace waverack::coherent
