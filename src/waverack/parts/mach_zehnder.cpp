#include "waverack/parts/mach_zehnder.hpp"

#include <cmath>
#include <numbers>

#include "waverack/parts/depletion.hpp"
#include "waverack/parts/interferometer.hpp"
#include "waverack/parts/memoryless.hpp"
#include "waverack/parts/travelling_wave.hpp"
#include "waverack/parts/voltage_table.hpp"
#include "waverack/parts/warming.hpp"
#include "waverack/signal/monotone_curve.hpp"

namespace waverack::parts {
namespace {

using Complex = std::complex<double>;
using std::numbers::pi;

// What one arm does to light at a voltage.
struct Arm {
  double phase = 0.0;  // [rad]
  double loss = 0.0;   // of the field [Np]
};

// The depletion law.
class Junction {
 public:
  explicit Junction(const MachZehnder& part)
      : built_in_(part.built_in_voltage),
        // dφ/dV at the bias is π·L/VpiL.
        phase_slope_(pi * part.length / part.v_pi_l * std::sqrt(1.0 + part.bias_voltage / built_in_)),
        loss_0_(0.5 * part.phase_shifter_loss * part.length),
        loss_1_(0.5 * part.loss_change * part.length) {}
  Arm operator()(double voltage) const {
    const double d = depletion(voltage, built_in_);
    return {phase_slope_ * 2.0 * built_in_ * d, std::max(loss_0_ - loss_1_ * d, 0.0)};
  }

 private:
  double built_in_, phase_slope_, loss_0_, loss_1_;
};

// The measured table.
class MeasuredArm {
 public:
  explicit MeasuredArm(const MachZehnder& part)
      : phase_(part.arm_voltage, part.arm_phase), loss_(part.arm_voltage, part.arm_loss) {}
  Arm operator()(double voltage) const { return {phase_(voltage), std::log(10.0) / 20.0 * loss_(voltage)}; }

 private:
  signal::MonotoneCurve phase_, loss_;
};

// The part with everything that does not depend on the voltage worked out.
template <class ArmLaw>
struct ArmsLaw {
  ArmLaw arm_law;
  double amplitude, ratio, bias, common, offset, first, second;

  ArmsLaw(const MachZehnder& part, const Conditions& conditions) : arm_law(part) {
    ratio = arm_ratio(part.static_extinction);
    amplitude = std::sqrt(conditions.light.power / part.insertion_loss) / (1.0 + ratio);
    bias = part.bias_voltage;
    // A constant common phase would only turn the field: that of the bias voltage is taken out of both arms.
    common = arm_law(bias).phase;
    offset = bias_phase(part, conditions) - 0.5 * pi;
    first = part.drive == Drive::push_pull ? 0.5 : 1.0;
    second = part.drive == Drive::push_pull ? -0.5 : 0.0;
  }

  Complex arm(double voltage, double phase) const {
    const Arm a = arm_law(voltage);
    return std::polar(std::exp(-a.loss), a.phase + phase);
  }
  Complex operator()(double v) const {
    // Half of the bias phase on either arm.
    return amplitude * (arm(bias + first * v, 0.5 * offset - common) +
                        ratio * arm(bias + second * v, -0.5 * offset - common));
  }
};

}  // namespace

void resolve(MachZehnder& part, ReadContext&, const Node& node, const std::string& path) {
  if (part.arm_voltage.empty() && part.arm_phase.empty() && part.arm_loss.empty()) return;
  require_table(node, path, {"arm_voltage", part.arm_voltage},
                {{"arm_phase", part.arm_phase}, {"arm_loss", part.arm_loss}});
}

Complex travelling_wave(const MachZehnder& part, double f) {
  return response(TravellingWave{part.length, part.rf_loss, part.rf_loss_frequency, part.rf_index_mismatch},
                  f);
}

Response input_response(const MachZehnder& part, const Conditions&) {
  if (part.response_file) return response(part.response_file);
  return [part](double f) { return travelling_wave(part, f) / Complex(1.0, f / part.rc_bandwidth); };
}

FieldLaw law(const MachZehnder& part, const Conditions& conditions, std::span<const float>) {
  if (part.arm_voltage.empty()) return ArmsLaw<Junction>(part, conditions);
  return ArmsLaw<MeasuredArm>(part, conditions);
}

void slope(const MachZehnder& part, const Conditions& conditions, std::span<const float> in,
           std::span<float> slope) {
  // Small against V_π, or against the table.
  const double step = 1e-4 * (part.arm_voltage.empty() ? part.v_pi_l / part.length
                                                       : part.arm_voltage.back() - part.arm_voltage.front());
  apply_law(in, slope, [&, field = law(part, conditions, in)](double v) {
    return (std::norm(field(v + step)) - std::norm(field(v - step))) / (2.0 * step);
  });
}

double bias_phase(const MachZehnder& part, const Conditions& conditions) {
  return part.bias_locked ? part.bias_phase : part.bias_phase + part.phase_drift * rise_of(conditions);
}

double power(const MachZehnder& part, const Conditions& conditions) {
  if (!part.bias_locked) return part.bias_power;
  const double period = 2.0 * part.heater_power_per_pi;
  const double needed =
      part.bias_power - part.phase_drift * rise_of(conditions) / pi * part.heater_power_per_pi;
  return needed - period * std::min(std::floor(needed / period), 0.0);
}

double reflectance(const MachZehnder& part) { return 1.0 / part.return_loss; }

double optical_loss(const MachZehnder& part) {
  const Arm arm =
      part.arm_voltage.empty() ? Junction(part)(part.bias_voltage) : MeasuredArm(part)(part.bias_voltage);
  return part.insertion_loss * std::exp(2.0 * arm.loss);
}

std::vector<std::string> remarks(const MachZehnder& part, const Conditions& conditions) {
  std::vector<std::string> list = remarks(part.response_file, conditions);
  if (!part.arm_voltage.empty())
    for (std::string& remark : outside_of_table(part.bias_voltage, part.arm_voltage))
      list.push_back(std::move(remark));
  return list;
}

std::vector<std::string_view> unused(const MachZehnder& part) {
  std::vector<std::string_view> keys;
  const bool table = !part.arm_voltage.empty(), file = static_cast<bool>(part.response_file);
  if (table) keys = {"v_pi_l", "built_in_voltage", "phase_shifter_loss", "loss_change"};
  if (file) keys.insert(keys.end(), {"rf_loss", "rf_loss_frequency", "rf_index_mismatch", "rc_bandwidth"});
  if (table && file) keys.push_back("length");
  return keys;
}

}  // namespace waverack::parts
