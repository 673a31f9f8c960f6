#include "waverack/parts/twinax.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "waverack/base/physical_constants.hpp"

namespace waverack::parts {
namespace {

using Complex = std::complex<double>;
using std::numbers::pi;
constexpr double finest_fitted = 34.0, coarsest_fitted = 26.0;  // AWG

// Propagation constant at f ≥ 0 without the bulk delay [1/m]. The imaginary parts belong to the losses: a
// skin effect has as much reactance as resistance, and a loss that goes as f makes the delay fall as ln f.
Complex propagation(const Twinax& part, double f) {
  const double skin = 0.5 * part.skin_loss * 1e-3 / conductor_diameter(part.gauge) * std::sqrt(f / giga);
  const double dielectric = 0.5 * part.dielectric_loss * f / giga;
  const double slowing = -2.0 / pi * std::log(std::max(f, 1.0) / giga);
  return skin * Complex(1.0, 1.0) + dielectric * Complex(1.0, slowing);
}

// A shunt resonance: all of the signal far from its centre, 1/√depth at it.
Complex suck_out(const Twinax& part, double f) {
  if (part.suck_out_depth <= 1.0) return 1.0;
  const double taken = 1.0 - 1.0 / std::sqrt(part.suck_out_depth);
  const double x = part.suck_out_quality * (f / part.suck_out_frequency - part.suck_out_frequency / f);
  return 1.0 - taken / Complex(1.0, x);
}

}  // namespace

double conductor_diameter(double gauge) { return 0.127e-3 * std::pow(92.0, (36.0 - gauge) / 39.0); }

double cable_loss_db(const Twinax& part, double f) {
  return 20.0 / std::numbers::ln10 * propagation(part, f).real() * part.length;
}

Response response(const Twinax& part, const Conditions&) {
  return [part](double frequency) -> Complex {
    const double f = std::abs(frequency);
    if (f == 0.0) return 1.0;
    const Complex cable = propagation(part, f) * part.length;
    const Complex ends =
        std::log(part.connector_loss) * std::sqrt(f / part.connector_frequency) * Complex(1.0, 1.0);
    const double reflected = 1.0 / part.connector_return_loss;
    const Complex round_trip =
        std::exp(-2.0 * (cable + Complex(0.0, 2.0 * pi * f * part.delay * part.length)));
    const Complex echoes = (1.0 - reflected) / (1.0 - reflected * round_trip);
    const double balance = std::cos(pi * f * part.skew_per_length * part.length);
    const Complex h = std::exp(-cable - ends) * echoes * balance * suck_out(part, f);
    return frequency < 0.0 ? std::conj(h) : h;
  };
}

double latency(const Twinax& part, const Conditions&) { return part.delay * part.length; }

std::vector<std::string> remarks(const Twinax& part, const Conditions& conditions) {
  std::vector<std::string> list;
  const double skew = part.skew_per_length * part.length;
  if (skew * conditions.symbol_rate > 1.0)
    list.push_back(
        fmt::format("a skew of {:.3g} ps takes the differential signal away at {:.3g} GHz, below half the "
                    "symbol rate",
                    skew * 1e12, 0.5 / skew / giga));
  const bool fitted =
      part.skin_loss == Twinax{}.skin_loss && part.dielectric_loss == Twinax{}.dielectric_loss;
  if (fitted && (part.gauge < coarsest_fitted || part.gauge > finest_fitted))
    list.push_back(fmt::format("the losses are fitted from AWG {} to {}, not to AWG {}", coarsest_fitted,
                               finest_fitted, part.gauge));
  return list;
}

}  // namespace waverack::parts
