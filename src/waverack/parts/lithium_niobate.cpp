#include "waverack/parts/lithium_niobate.hpp"

#include <cmath>
#include <numbers>

#include "waverack/parts/interferometer.hpp"
#include "waverack/parts/memoryless.hpp"
#include "waverack/parts/travelling_wave.hpp"

namespace waverack::parts {
namespace {

using std::numbers::pi;

struct NiobateLaw {
  double amplitude, ratio, offset, per_volt;

  NiobateLaw(const LithiumNiobate& part, double light_power) {
    ratio = arm_ratio(part.static_extinction);
    amplitude = std::sqrt(light_power / optical_loss(part)) / (1.0 + ratio);
    offset = part.bias_phase - part.bias_drift - 0.5 * pi;
    per_volt = pi * part.length / part.v_pi_l;
  }
  std::complex<double> operator()(double v) const {
    const double half = 0.5 * (per_volt * v + offset);
    return amplitude * (std::polar(1.0, half) + ratio * std::polar(1.0, -half));
  }
  // d|E|²/dv of amplitude²·(1 + r² + 2r·cos ψ).
  double slope(double v) const {
    return -2.0 * amplitude * amplitude * ratio * per_volt * std::sin(per_volt * v + offset);
  }
};

}  // namespace

Response input_response(const LithiumNiobate& part, const Conditions&) {
  if (part.response_file) return response(part.response_file);
  const TravellingWave wave{part.length, part.rf_loss, part.rf_loss_frequency, part.rf_index_mismatch};
  return [wave](double f) { return response(wave, f); };
}

FieldLaw law(const LithiumNiobate& part, const Conditions& conditions, std::span<const float>) {
  return NiobateLaw(part, conditions.light.power);
}

void slope(const LithiumNiobate& part, const Conditions& conditions, std::span<const float> in,
           std::span<float> slope) {
  apply_law(in, slope, [law = NiobateLaw(part, conditions.light.power)](double v) { return law.slope(v); });
}

double power(const LithiumNiobate& part, const Conditions&) { return part.bias_power; }

double reflectance(const LithiumNiobate& part) { return 1.0 / part.return_loss; }

double optical_loss(const LithiumNiobate& part) {
  return part.insertion_loss * std::exp(part.waveguide_loss * part.length);
}

std::vector<std::string> remarks(const LithiumNiobate& part, const Conditions& conditions) {
  return remarks(part.response_file, conditions);
}

std::vector<std::string_view> unused(const LithiumNiobate& part) {
  if (!part.response_file) return {};
  return {"rf_loss", "rf_loss_frequency", "rf_index_mismatch"};
}

}  // namespace waverack::parts
