#pragma once
// How long a pulse is on its way through a tabulated response (docs/theory/network.md, section 5).

#include <complex>
#include <functional>
#include <span>

namespace waverack::network {

// Mean group delay of samples `h` at rising frequencies `f`, from sample `first` on [s]: the average of
// −Δφ/(2πΔf), weighted by |h_k·h_{k−1}|. Right for delays below half of the inverse step.
double mean_group_delay(std::span<const double> f, std::span<const std::complex<double>> h,
                        std::size_t first);

struct Front {
  double time = 0.0;          // [s], of either sign
  double early_energy = 0.0;  // share of the pulse's energy that comes before
};

// When a short Gaussian pulse first reaches 2 % of its peak behind `response` (f ≥ 0), less the same for the
// pulse itself, whose spectrum has fallen to 1e-3 at `last_frequency` > 0. `step`: of the data [Hz]. Cost:
// one transform of 4096 to 65 536 points.
Front find_front(const std::function<std::complex<double>(double)>& response, double last_frequency,
                 double step);

}  // namespace waverack::network
