// The bias of a Mach-Zehnder modulator as a loop of the design.

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "waverack/base/units.hpp"
#include "waverack/module/quadrature_lock.hpp"
#include "waverack/study/calibrate_loops.hpp"
#include "waverack/study/lane_probe.hpp"

namespace waverack::study {
namespace {

constexpr double degree = std::numbers::pi / 180.0;

std::vector<double> in_degrees(std::vector<double> angles) {
  for (double& angle : angles) angle /= degree;
  return angles;
}

double mean(const std::vector<float>& values) {
  double sum = 0.0;
  for (const float value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

// The design's modulator with its bias elsewhere, drift left to the loop.
double light_at(const LoadedDesign& loaded, double bias) {
  link::Lane lane = loaded.design.lane;
  for (parts::Instance& instance : lane.chain) {
    if (auto* silicon = std::get_if<parts::MachZehnder>(&instance.part)) {
      silicon->bias_phase = bias;
      silicon->bias_locked = true;
    } else if (auto* niobate = std::get_if<parts::LithiumNiobate>(&instance.part)) {
      niobate->bias_phase = bias;
      niobate->bias_drift = 0.0;
    } else {
      continue;
    }
    break;
  }
  return mean(modulator_of(lane).light);
}

double bias_of(const parts::Instance& instance) {
  if (const auto* silicon = parts::as<parts::MachZehnder>(instance)) return silicon->bias_phase;
  return parts::as<parts::LithiumNiobate>(instance)->bias_phase;
}

}  // namespace

module::CalibrationLoop quadrature_loop(const LoopInput& input) {
  const LoadedDesign& loaded = input.loaded;
  const module::Calibration& calibration = loaded.design.module.calibration;
  const module::QuadratureSettings& settings = calibration.quadrature;
  const ModulatorAt modulator = modulator_of(loaded.design.lane);
  constexpr double quarter = 0.5 * std::numbers::pi;
  module::QuadraturePlant plant;
  plant.law = module::bias_law(light_at(loaded, -quarter), light_at(loaded, 0.0), light_at(loaded, quarter));
  plant.target = bias_of(*modulator.instance);
  plant.rin = modulator.conditions.light.rin;
  if (const auto* silicon = parts::as<parts::MachZehnder>(*modulator.instance)) {
    plant.drift = silicon->phase_drift * settings.ambient_rate;
    plant.heater_power_per_pi = silicon->heater_power_per_pi;
  } else {
    // Its mean is that of phases up to π either way.
    plant.heater_power_per_pi = 2.0 * parts::as<parts::LithiumNiobate>(*modulator.instance)->bias_power;
  }
  const module::QuadratureLock lock =
      module::lock_quadrature(plant, settings, calibration.monitor, input.stream);

  module::CalibrationLoop loop;
  loop.label = "Bias of " + modulator.instance->name;
  loop.method = plant.target == 0.0
                    ? "sine dither on the heater; the second harmonic of the monitor's light is nulled"
                    : "sine dither on the heater; the ratio of second harmonic to fundamental is held";
  loop.converged = lock.converged;
  loop.residual = lock.residual.total() / degree;
  loop.residual_unit = "deg";
  loop.time_to_converge = lock.time_to_converge;
  loop.energy_per_bit =
      (lock.heater_power + calibration.monitor.power) / loaded.design.module.mac_rate_per_lane;
  // The dither is an error too; taken on the worse side for good, it is an upper bound.
  const double off = std::hypot(lock.residual.total(), settings.dither / std::numbers::sqrt2);
  if (plant.target == 0.0) {
    loop.penalty_db = module::quadrature_penalty_db(lock.residual.total(), settings.dither);
    loop.penalty_basis = "OMA of a small drive, residual and dither";
  } else {
    const auto at = [&](double phase) {
      return std::vector<std::string>{modulator.path + ".bias_phase=" + format_quantity_exact(phase, "deg")};
    };
    loop.penalty_db = LaneProbe(input.reload).penalty_db({}, at(plant.target + off), at(plant.target - off));
    loop.penalty_basis = "the lane solved with residual and rms dither on the worse side, an upper bound";
  }
  loop.measures = {
      {"residual_mean", "Mean error", lock.residual.mean / degree, "deg",
       fmt::format("expected {:.3f} deg from drift, distortion and offset", lock.expected_mean / degree)},
      {"residual_noise", "Noise of the phase, rms", lock.residual.rms / degree, "deg",
       fmt::format("expected {:.3f} deg from the noise bandwidth", lock.expected_rms / degree)},
      {"dither", "Dither, amplitude", settings.dither / degree, "deg", ""},
      {"target", "Phase that is held, from quadrature", plant.target / degree, "deg", ""},
      {"contrast", "Contrast of the mean light over the bias", plant.law.amplitude / plant.law.mean, "1",
       "what the data leave of it"},
      {"monitor_light", "Light at the monitor, mean over the bias", settings.tap * plant.law.mean, "W", ""},
      {"heater_power", "Heater", lock.heater_power, "W", "for the phase that the run began with"}};
  loop.curves = {{"quadrature.error",
                  "Phase error of the bias",
                  {{"time", "s", lock.time}, {"error", "deg", in_degrees(lock.error)}},
                  false,
                  false},
                 {"quadrature.heater",
                  "Heater of the bias",
                  {{"time", "s", lock.time}, {"heater", "W", lock.heater}},
                  false,
                  false}};
  if (!lock.converged)
    loop.warnings.push_back({modulator.path,
                             "the bias does not lock: more dither, more light at the monitor or "
                             "a smaller gain"});
  return loop;
}

}  // namespace waverack::study
