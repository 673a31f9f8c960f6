#include "waverack/parts/micro_ring.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "waverack/base/physical_constants.hpp"
#include "waverack/base/text.hpp"
#include "waverack/parts/depletion.hpp"
#include "waverack/parts/memoryless.hpp"
#include "waverack/parts/self_heating.hpp"

namespace waverack::parts {
namespace {

using std::numbers::pi;

JunctionDrive junction(const MicroRing& part) { return {part.bias_voltage, part.built_in_voltage}; }

// The resonator at the bias voltage with `detuning` in half-widths.
CoupledMode resonator(const MicroRing& part, const Conditions& conditions) {
  const double per_metre = frequency_per_metre(conditions);
  CoupledMode mode;
  if (part.coupling > 0.0) {
    const double half_range = 0.5 * part.free_spectral_range * per_metre / (2.0 * pi);
    mode.external = part.coupling * half_range;
    mode.internal = (1.0 - 1.0 / part.round_trip_loss) * half_range;
  } else {
    // At the bottom of the resonance |t| = |1/τ_l − 1/τ_e|·τ.
    const double rate = pi * speed_of_light / (conditions.light.wavelength * part.loaded_q);
    const double bottom = 1.0 / std::sqrt(part.resonance_extinction);
    const double more = 0.5 * rate * (1.0 + bottom), less = 0.5 * rate * (1.0 - bottom);
    mode.external = part.coupled == Coupling::under ? less : more;
    mode.internal = part.coupled == Coupling::under ? more : less;
  }
  mode.detuning = part.detuning * mode.half_width();
  mode.tuning = part.tuning * per_metre;
  mode.loss_slope = -part.loss_change * mode.internal;
  return mode;
}

// Detuning that the ring would have without light at the heater power it has [rad/s]. `mode` is as resonator
// gives it.
double cold_detuning(const MicroRing& part, const Conditions& conditions, const CoupledMode& mode) {
  if (part.locked) return mode.detuning - heating(part, conditions) * mode.absorbed(0.0);
  return mode.detuning + part.thermal_drift * (conditions.temperature - part.reference_temperature) *
                             frequency_per_metre(conditions);
}

// The drive of the junction under the voltages `in` [V].
std::vector<float> drive_of(const MicroRing& part, std::span<const float> in) {
  std::vector<float> drive(in.size());
  apply_law(in, std::span<float>(drive), junction(part));
  return drive;
}

// A free ring takes the heat of the data that `drive` writes.
CoupledMode operating_point(const MicroRing& part, const Conditions& conditions,
                            std::span<const float> drive) {
  CoupledMode mode = resonator(part, conditions);
  if (!part.locked)
    mode.detuning =
        thermal_states(mode, cold_detuning(part, conditions, mode), heating(part, conditions), drive).back();
  return mode;
}

}  // namespace

void resolve(MicroRing& part, ReadContext&, const Node& node, const std::string& path) {
  const auto place = [&](std::string_view key) -> const Node& {
    const Node* given = node.table() ? node.table()->find(key) : nullptr;
    return given ? *given : node;
  };
  if (part.coupling > 0.0 && part.round_trip_loss <= 1.0)
    fail(place("coupling"), join_path(path, "coupling"), "a coupling counts only with a loss",
         "round_trip_loss above 0 dB beside it");
  if (part.coupling <= 0.0 && part.round_trip_loss > 1.0)
    fail(place("round_trip_loss"), join_path(path, "round_trip_loss"), "a loss counts only with a coupling",
         "coupling above 0 beside it, or loaded_q and resonance_extinction instead");
}

double frequency_per_metre(const Conditions& conditions) {
  const double wavelength = conditions.light.wavelength;
  return 2.0 * pi * speed_of_light / (wavelength * wavelength);
}

double heating(const MicroRing& part, const Conditions& conditions) {
  return part.heater_efficiency * part.absorbed_heat * conditions.light.power *
         frequency_per_metre(conditions);
}

CoupledMode coupled_mode(const MicroRing& part, const Conditions& conditions) {
  return operating_point(part, conditions, {});
}

std::vector<double> thermal_states(const MicroRing& part, const Conditions& conditions) {
  const CoupledMode mode = resonator(part, conditions);
  std::vector<double> states =
      thermal_states(mode, cold_detuning(part, conditions, mode), heating(part, conditions), {});
  for (double& state : states) state /= mode.half_width();
  return states;
}

double heater_tuning(const MicroRing& part, const Conditions& conditions) {
  const double range = part.free_spectral_range, cold = part.heater_share * range - part.resonance_offset;
  if (!part.locked) return std::max(cold, 0.0);
  double needed = cold - part.thermal_drift * (conditions.temperature - part.reference_temperature);
  if (conditions.light.power > 0.0)
    needed -= heating(part, conditions) * resonator(part, conditions).absorbed(0.0) /
              frequency_per_metre(conditions);
  // A full range is no more than none: the next resonance is there.
  return needed - range * (needed < 0.0 || needed > range ? std::floor(needed / range) : 0.0);
}

Response input_response(const MicroRing& part, const Conditions&) {
  return [pole = part.rc_bandwidth](double f) { return 1.0 / std::complex<double>(1.0, f / pole); };
}

Response dynamics(const MicroRing& part, const Conditions& conditions) {
  return [mode = coupled_mode(part, conditions)](double f) { return mode.small_signal(f); };
}

void apply(const MicroRing& part, const Conditions& conditions, std::span<const float> in,
           std::span<std::complex<float>> out) {
  const std::vector<float> drive = drive_of(part, in);
  const CoupledMode mode = operating_point(part, conditions, drive);
  const double amplitude = std::sqrt(conditions.light.power / part.insertion_loss);
  if (conditions.sample_rate > 0.0)
    follow(mode, drive, conditions.sample_rate, amplitude, out);
  else
    apply_law(std::span<const float>(drive), out, [&](double g) { return amplitude * mode.transmission(g); });
}

void slope(const MicroRing& part, const Conditions& conditions, std::span<const float> in,
           std::span<float> slope) {
  const CoupledMode mode =
      operating_point(part, conditions, part.locked ? std::vector<float>{} : drive_of(part, in));
  const JunctionDrive drive = junction(part);
  const double power = conditions.light.power / part.insertion_loss;
  apply_law(in, slope, [&](double v) { return power * mode.transmission_slope(drive(v)) * drive.slope(v); });
}

double power(const MicroRing& part, const Conditions& conditions) {
  return heater_tuning(part, conditions) / part.heater_efficiency;
}

double reflectance(const MicroRing& part) { return 1.0 / part.return_loss; }

double optical_loss(const MicroRing& part) { return part.insertion_loss; }

std::vector<std::string> remarks(const MicroRing& part, const Conditions& conditions) {
  std::vector<std::string> list;
  if (conditions.light.wavelength <= 0.0) return list;
  const CoupledMode mode = coupled_mode(part, conditions);
  const double width = mode.half_width(), here = mode.detuning / width;
  const double finesse = part.free_spectral_range * frequency_per_metre(conditions) / (2.0 * width);
  if (finesse < 5.0)
    list.emplace_back(fmt::format(
        "coupled-mode theory knows one resonance; with a finesse of {:.1f} the next one is near", finesse));
  if (std::abs(here - part.detuning) > 0.1)
    list.emplace_back(fmt::format("not locked: heat moves the detuning from {:.2f} to {:.2f} half-widths",
                                  part.detuning, here));
  const std::vector<double> states = thermal_states(part, conditions);
  if (states.size() > 1) {
    std::string text;
    for (const double state : states) text += fmt::format("{}{:.2f}", text.empty() ? "" : ", ", state);
    list.emplace_back(fmt::format(
        "bistable: absorbed light allows detunings of {} half-widths; the ring is at {:.2f}, where it "
        "arrives from warmer",
        text, here));
  }
  const double feedback = thermal_feedback(mode, heating(part, conditions));
  if (feedback <= -1.0) {
    list.emplace_back(
        "thermally unstable: only a lock that is faster than the thermal time constant holds this detuning");
  } else if (conditions.symbol_rate > 0.0) {
    // Random symbols through the slow part of the response, a low-pass of height feedback/(1 + feedback).
    const double memory = (1.0 + feedback) / (2.0 * part.thermal_time_constant * conditions.symbol_rate);
    const double wander = std::abs(feedback) / (1.0 + feedback) * std::sqrt(memory);
    if (wander > 0.01)
      list.emplace_back(
          fmt::format("self-heating follows the data: the baseline wanders by {:.1f} % of the signal, rms, "
                      "below {:.3g} kHz",
                      100.0 * wander, (1.0 + feedback) / (2e3 * pi * part.thermal_time_constant)));
  }
  return list;
}

}  // namespace waverack::parts
