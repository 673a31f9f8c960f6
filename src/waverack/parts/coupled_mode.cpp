#include "waverack/parts/coupled_mode.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace waverack::parts {

using Complex = std::complex<double>;

double CoupledMode::loss(double g) const { return std::max(internal + loss_slope * g, 0.0); }

double CoupledMode::half_width() const { return external + internal; }

double CoupledMode::photon_lifetime() const { return 0.5 / half_width(); }

Complex CoupledMode::exponent(double g) const { return {-external - loss(g), detuning + tuning * g}; }

Complex CoupledMode::transmission(double g) const { return 1.0 + 2.0 * external / exponent(g); }

double CoupledMode::transmission_slope(double g) const {
  // |t|² = (D² + Δ²)/(1/τ² + Δ²) with D = 1/τ_l − 1/τ_e.
  const Complex s = exponent(g);
  const double difference = loss(g) - external, square = std::norm(s);
  const double per_detuning = 2.0 * s.imag() * (2.0 * external) * (2.0 * loss(g));
  const double per_loss = 2.0 * (2.0 * external) * (-difference * s.real() - s.imag() * s.imag());
  return (per_detuning * tuning + per_loss * (loss(g) > 0.0 ? loss_slope : 0.0)) / (square * square);
}

double CoupledMode::absorbed(double g) const { return 4.0 * external * loss(g) / std::norm(exponent(g)); }

Complex CoupledMode::small_signal(double f) const {
  // The two sidebands of the closed form of photonics 4.2, brought to one fraction: a zero and two poles.
  const double rate = half_width(), difference = internal - external;
  const auto numerator = [&](Complex s) {
    return detuning * tuning * (2.0 * internal + s) +
           loss_slope * (difference * (rate + s) - detuning * detuning);
  };
  const auto denominator = [&](Complex s) { return (s + rate) * (s + rate) + detuning * detuning; };
  const Complex s(0.0, 2.0 * std::numbers::pi * f);
  // At the bottom of the resonance nothing is linear; the limit towards it has the same zero.
  const Complex ratio = numerator(0.0) == 0.0 ? 1.0 + s / (2.0 * internal) : numerator(s) / numerator(0.0);
  return ratio * denominator(0.0) / denominator(s);
}

}  // namespace waverack::parts
