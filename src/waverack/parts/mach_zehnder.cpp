#include "waverack/parts/mach_zehnder.hpp"

#include <cmath>
#include <numbers>

#include "waverack/parts/depletion.hpp"
#include "waverack/parts/interferometer.hpp"
#include "waverack/parts/memoryless.hpp"
#include "waverack/parts/travelling_wave.hpp"

namespace waverack::parts {
namespace {

using Complex = std::complex<double>;
constexpr double pi = std::numbers::pi;

// The part with everything that does not depend on the voltage worked out.
struct Law {
  double amplitude, ratio, phase_slope, built_in, loss_0, loss_1, bias, offset, first, second;

  Law(const MachZehnder& part, double light_power) {
    ratio = arm_ratio(part.static_extinction);
    amplitude = std::sqrt(light_power / part.insertion_loss) / (1.0 + ratio);
    built_in = part.built_in_voltage;
    bias = part.bias_voltage;
    // dφ/dV at the bias is π·L/VpiL.
    phase_slope = pi * part.length / part.v_pi_l * std::sqrt(1.0 + bias / built_in);
    loss_0 = 0.5 * part.phase_shifter_loss * part.length;
    loss_1 = 0.5 * part.loss_change * part.length;
    offset = part.bias_phase - 0.5 * pi;
    first = part.drive == Drive::push_pull ? 0.5 : 1.0;
    second = part.drive == Drive::push_pull ? -0.5 : 0.0;
  }

  Complex arm(double voltage, double phase) const {
    const double d = depletion(voltage, built_in);
    const double loss = std::max(loss_0 - loss_1 * d, 0.0);
    return std::polar(std::exp(-loss), phase_slope * 2.0 * built_in * d + phase);
  }
  Complex operator()(double v) const {
    // Half of the bias phase on either arm, and the phase of the bias voltage taken out of both: a constant
    // common phase would only turn the field.
    const double common = phase_slope * 2.0 * built_in * depletion(bias, built_in);
    return amplitude * (arm(bias + first * v, 0.5 * offset - common) +
                        ratio * arm(bias + second * v, -0.5 * offset - common));
  }
};

}  // namespace

Complex travelling_wave(const MachZehnder& part, double f) {
  return response(TravellingWave{part.length, part.rf_loss, part.rf_loss_frequency, part.rf_index_mismatch},
                  f);
}

Response input_response(const MachZehnder& part, const Conditions&) {
  return [part](double f) { return travelling_wave(part, f) / Complex(1.0, f / part.rc_bandwidth); };
}

FieldLaw law(const MachZehnder& part, const Conditions& conditions, std::span<const float>) {
  return Law(part, conditions.light.power);
}

void slope(const MachZehnder& part, const Conditions& conditions, std::span<const float> in,
           std::span<float> slope) {
  const Law law(part, conditions.light.power);
  const double step = 1e-4 * part.v_pi_l / part.length;  // small against V_π
  apply_law(in, slope,
            [&](double v) { return (std::norm(law(v + step)) - std::norm(law(v - step))) / (2.0 * step); });
}

double power(const MachZehnder& part, const Conditions&) { return part.bias_power; }

double reflectance(const MachZehnder& part) { return 1.0 / part.return_loss; }

double optical_loss(const MachZehnder& part) {
  const double loss =
      part.phase_shifter_loss - part.loss_change * depletion(part.bias_voltage, part.built_in_voltage);
  return part.insertion_loss * std::exp(std::max(loss, 0.0) * part.length);
}

}  // namespace waverack::parts
