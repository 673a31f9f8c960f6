#pragma once
// The loss of a line over frequency: a constant, the skin effect and the dielectric.

#include <span>

namespace waverack::network {

// −ln|H(f)| = constant + skin·√f + dielectric·f, all three ≥ 0; f in Hz, the loss in nepers.
struct LossLaw {
  double constant = 0.0;
  double skin = 0.0;        // [1/sqrt(Hz)]
  double dielectric = 0.0;  // [1/Hz]
  double at(double f) const;
};

// The law with the least sum of squared deviations from `loss` [Np] at the frequencies `f` ≥ 0 [Hz]; the same
// number of both. `with_dielectric` = false leaves the last term out. Where a negative coefficient would fit
// best, it is 0. No samples give no loss.
LossLaw fit_loss_law(std::span<const double> f, std::span<const double> loss, bool with_dielectric);

}  // namespace waverack::network
