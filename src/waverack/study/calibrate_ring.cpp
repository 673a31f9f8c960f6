// Rings as loops of the design: their locks, and which of them takes which wavelength.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/units.hpp"
#include "waverack/module/ring_assignment.hpp"
#include "waverack/module/ring_error_lock.hpp"
#include "waverack/signal/pam.hpp"
#include "waverack/study/calibrate_loops.hpp"
#include "waverack/study/lane_probe.hpp"

namespace waverack::study {
namespace {

struct RingAt {
  ModulatorAt modulator;
  const parts::MicroRing* ring = nullptr;
  module::RingPlant plant;
};

RingAt ring_of(const LoadedDesign& loaded) {
  RingAt at{modulator_of(loaded.design.lane), nullptr, {}};
  at.ring = parts::as<parts::MicroRing>(*at.modulator.instance);
  at.plant = module::ring_plant(*at.ring, at.modulator.conditions, at.modulator.voltages);
  return at;
}

std::vector<std::string> detuned(const RingAt& at, double half_widths) {
  return {fmt::format("{}.detuning={:.6g}", at.modulator.path, half_widths),
          at.modulator.path + ".locked=true"};
}

double penalty_of(const LoopInput& input, const RingAt& at, double from, double error) {
  return LaneProbe(input.reload)
      .penalty_db(detuned(at, from), detuned(at, from + error), detuned(at, from - error));
}

std::string picometres(const RingAt& at, double half_widths) {
  return fmt::format("{:.3g} pm", half_widths * at.plant.half_width() / at.plant.per_metre * 1e12);
}

std::string rate_note(double rate) {
  return rate >= 1e7 ? "none was too fast" : rate == 0.0 ? "none was followed" : "";
}

std::string ramp_note(const module::RampRun& run) {
  std::string text = run.followed ? "followed" : "not followed";
  if (!std::isnan(run.ended)) text += fmt::format(": the heater's range ends after {:.3g} K", run.ended);
  return text + fmt::format("; largest {:.3f} half-widths{}", run.worst, run.kept ? "" : ", lock lost");
}

// Of the fastest ramp within the heater's range.
std::string fastest_note(double rate, double rise, double asked) {
  std::string text = rate_note(rate);
  if (rise < asked)
    text += fmt::format("{}over {:.3g} K, which the heater's range allows", text.empty() ? "" : "; ", rise);
  return text;
}

module::LoopMeasure no_measure(const char* key, const char* label, double value, const char* unit) {
  return {key, label, value, unit, ""};
}

// Through equally spaced values, smooth at all of them: cubic pieces whose slopes are those of the
// neighbours.
double between(const std::vector<double>& value, double position) {
  const auto last = static_cast<double>(value.size() - 1);
  const auto i = static_cast<std::size_t>(std::clamp(std::floor(position), 0.0, last - 1.0));
  const double t = position - static_cast<double>(i);
  const double p1 = value[i], p2 = value[i + 1];
  const double p0 = i > 0 ? value[i - 1] : 2.0 * p1 - p2,
               p3 = i + 2 < value.size() ? value[i + 2] : 2.0 * p2 - p1;
  const double m1 = 0.5 * (p2 - p0), m2 = 0.5 * (p3 - p1);
  return p1 + t * (m1 + t * (3.0 * (p2 - p1) - 2.0 * m1 - m2 + t * (2.0 * (p1 - p2) + m1 + m2)));
}

// The error ratio of the lane over the detuning, from the unstable side to where little light is left to
// modulate.
module::ErrorLaw error_law(const LoopInput& input, const RingAt& at) {
  constexpr double below = -0.25, above = 0.65, step = 0.075;
  const double low = at.ring->detuning + below, high = at.ring->detuning + above;
  const LaneProbe probe(input.reload);
  std::vector<double> value;
  for (double detuning = low; detuning < high + 0.5 * step; detuning += step)
    value.push_back(std::log(std::max(probe.error_ratio(detuned(at, detuning)), 1e-30)));
  const link::Lane& lane = input.loaded.design.lane;
  return {[value, low](double detuning) { return std::exp(between(value, (detuning - low) / step)); }, low,
          high, lane.symbol_rate * signal::bits_per_symbol(link::level_count(lane.modulation))};
}

}  // namespace

module::CalibrationLoop ring_loop(const LoopInput& input) {
  const module::Calibration& calibration = input.loaded.design.module.calibration;
  const module::RingSettings& settings = calibration.ring;
  const RingAt at = ring_of(input.loaded);
  const module::RingLock lock = module::lock_ring(at.plant, settings, calibration.monitor, input.stream);

  module::CalibrationLoop loop;
  loop.label = "Resonance of " + at.modulator.instance->name;
  loop.method = "level of the light at the drop port, held by the heater; found from the warm side";
  loop.converged = lock.locked;
  loop.residual = lock.residual.total();
  loop.residual_unit = "half-widths";
  loop.time_to_converge = lock.time_to_lock;
  loop.energy_per_bit =
      (lock.heater_power + calibration.monitor.power) / input.loaded.design.module.mac_rate_per_lane;
  loop.penalty_basis = "the lane solved with the residual on the worse side";
  const double worst = std::max(lock.warming.worst, lock.cooling.worst);
  double on_ramp = link::not_a_number;
  if (lock.locked) {
    loop.penalty_db = penalty_of(input, at, at.ring->detuning, lock.residual.total());
    // A lost lock is no penalty: the ring is somewhere else.
    if (lock.warming.kept && lock.cooling.kept) on_ramp = penalty_of(input, at, at.ring->detuning, worst);
  }
  const std::string rate = fmt::format("{:.4g} K/s", settings.ramp);
  loop.measures = {
      {"residual_mean", "Mean error", lock.residual.mean, "half-widths",
       fmt::format("{}; expected {:.3f} from a level that is off by {:.2g} %",
                   picometres(at, lock.residual.mean), lock.expected_mean, 100.0 * settings.level_error)},
      {"residual_noise", "Noise of the detuning, rms", lock.residual.rms, "half-widths",
       fmt::format("{}; expected {:.2g} from the noise bandwidth", picometres(at, lock.residual.rms),
                   lock.expected_rms)},
      {"ramp_warming_error", "Error while it warms by " + rate, lock.warming.settled, "half-widths",
       ramp_note(lock.warming) + fmt::format("; expected {:.3f}", lock.expected_mean + lock.expected_ramp)},
      {"ramp_cooling_error", "Error while it cools by " + rate, lock.cooling.settled, "half-widths",
       ramp_note(lock.cooling) + fmt::format("; expected {:.3f}", lock.expected_mean - lock.expected_ramp)},
      {"ramp_penalty_db", "Penalty on the ramp", on_ramp, "dB", "at its largest error, on the worse side"},
      {"fastest_warming", "Fastest warming that is followed", lock.fastest_warming, "K/s",
       fastest_note(lock.fastest_warming, lock.warming_rise, settings.ramp_rise)},
      {"fastest_cooling", "Fastest cooling that is followed", lock.fastest_cooling, "K/s",
       fastest_note(lock.fastest_cooling, lock.cooling_rise, settings.ramp_rise)},
      {"self_heating", "Shift by its own light",
       at.plant.heating * at.plant.absorbed(at.plant.target) / at.plant.per_metre, "m",
       "from the part's card; ramps are of the ambient beside it"},
      {"feedback", "Weakening of slow disturbances by it", 1.0 + at.plant.feedback(at.plant.target), "1", ""},
      {"peak", "Largest level, where a lock is lost, at a detuning of", lock.peak, "half-widths",
       fmt::format("{:.2f} is held", at.ring->detuning)},
      {"heater_power", "Heater", lock.heater_power, "W", ""}};
  loop.curves = {{"ring.detuning",
                  "Detuning of the ring: search, hold, ramps",
                  {{"time", "s", lock.time}, {"detuning", "half-widths", lock.detuning}},
                  false,
                  false},
                 {"ring.level",
                  "Light at the drop port",
                  {{"time", "s", lock.time}, {"level over the wanted one", "1", lock.level}},
                  false,
                  false},
                 {"ring.heater",
                  "Heater of the ring",
                  {{"time", "s", lock.time}, {"heater", "W", lock.heater}},
                  false,
                  false},
                 {"ring.ambient",
                  "Ambient of the ring",
                  {{"time", "s", lock.time}, {"change", "K", lock.ambient}},
                  false,
                  false}};
  if (lock.locked && !(lock.warming.followed && lock.cooling.followed))
    loop.missed = fmt::format("does not follow {}", lock.cooling.followed   ? "warming by " + rate
                                                    : lock.warming.followed ? "cooling by " + rate
                                                                            : "ramps of " + rate);
  if (!lock.locked)
    loop.warnings.push_back({at.modulator.path,
                             "the ring does not lock: the level that its detuning gives is not "
                             "held on the warm side of the resonance"});
  else if (const double head_room = module::heater_room(at.plant, 1.0); head_room < settings.ramp_rise)
    loop.warnings.push_back(
        {at.modulator.path,
         fmt::format("the heater gives {:.3g} nm, which is off after {:.3g} K of warming; the ramp goes "
                     "{:.3g} K: the ring would have to take its next resonance",
                     at.plant.held * 1e9, head_room, settings.ramp_rise)});
  else if (!lock.warming.followed || !lock.cooling.followed)
    loop.warnings.push_back(
        {at.modulator.path,
         fmt::format("a ramp of {} {}", rate,
                     lock.warming.kept && lock.cooling.kept ? "moves the detuning farther than ramp_tolerance"
                                                            : "makes the ring lose its lock")});
  return loop;
}

module::CalibrationLoop ring_error_loop(const LoopInput& input) {
  const module::Calibration& calibration = input.loaded.design.module.calibration;
  const module::RingSettings& settings = calibration.ring;
  const RingAt at = ring_of(input.loaded);
  const module::ErrorLaw law = error_law(input, at);
  const module::RingErrorLock lock = module::lock_ring_by_errors(at.plant, settings, law, input.stream);

  module::CalibrationLoop loop;
  loop.label = "Resonance of " + at.modulator.instance->name;
  loop.method = "errors counted on either side of the detuning; their ratio moves the heater";
  loop.converged = lock.converged;
  loop.residual = lock.residual.total();
  loop.residual_unit = "half-widths";
  loop.time_to_converge = lock.time_to_converge;
  // The receiver counts corrected symbols anyway.
  loop.energy_per_bit = at.plant.held / at.plant.efficiency / input.loaded.design.module.mac_rate_per_lane;
  loop.penalty_basis = "the lane solved with residual and probe on the worse side";
  if (lock.converged)
    loop.penalty_db = penalty_of(input, at, lock.best, std::hypot(lock.residual.total(), settings.probe));
  loop.measures = {{"best", "Detuning of the least error ratio", lock.best, "half-widths",
                    fmt::format("the design states {:.2f}", at.ring->detuning)},
                   no_measure("best_ber", "Error ratio there", law.ratio(lock.best), "1"),
                   {"errors_counted", "Errors counted on one side", lock.errors_counted, "1",
                    fmt::format("in {:.3g} ms", settings.error_window * 1e3)},
                   {"residual_noise", "Noise of the detuning, rms", lock.residual.rms, "half-widths",
                    fmt::format("expected {:.3g} from the counts", lock.expected_rms)},
                   {"fastest_warming", "Fastest warming that is followed", lock.fastest_warming, "K/s",
                    rate_note(lock.fastest_warming)},
                   {"fastest_cooling", "Fastest cooling that is followed", lock.fastest_cooling, "K/s",
                    rate_note(lock.fastest_cooling)}};
  std::vector<double> place, ratio;
  for (int i = 0; i <= 60; ++i) {
    place.push_back(law.low + (law.high - law.low) * i / 60.0);
    ratio.push_back(law.ratio(place.back()));
  }
  loop.curves = {{"ring_errors.detuning",
                  "Detuning of the ring, led by errors",
                  {{"time", "s", lock.time}, {"detuning", "half-widths", lock.detuning}},
                  false,
                  false},
                 {"ring_errors.law",
                  "Error ratio over the detuning",
                  {{"detuning", "half-widths", place}, {"BER before FEC", "1", ratio}},
                  false,
                  true}};
  if (!lock.converged)
    loop.warnings.push_back(
        {at.modulator.path,
         fmt::format("errors do not lead the ring: {:.3g} of them are counted in a window at the "
                     "best detuning, {:.2f}",
                     lock.errors_counted, lock.best)});
  return loop;
}

module::CalibrationLoop assignment_loop(const LoopInput& input) {
  const LoadedDesign& loaded = input.loaded;
  const module::AssignmentSettings& settings = loaded.design.module.calibration.assignment;
  const link::Neighbours& neighbours = loaded.design.lane.neighbours;
  const RingAt at = ring_of(loaded);
  module::RingBank bank;
  bank.channels = neighbours.shorter + 1 + neighbours.longer;
  bank.spacing = neighbours.spacing;
  bank.free_spectral_range = at.ring->free_spectral_range;
  bank.heater_efficiency = at.ring->heater_efficiency;
  const std::vector<module::HeaterPower> powers = module::compare_assignments(bank, settings, input.stream);
  const module::HeaterPower& best = powers.back();
  const double rate = loaded.design.module.mac_rate_per_lane;

  module::CalibrationLoop loop;
  loop.label = fmt::format("{} rings, {} wavelengths", bank.channels, bank.channels);
  loop.method = "heaters are swept for peaks; the permutation of least power";
  loop.converged = true;
  // A peak lies anywhere in its step.
  const double per_half_width = at.plant.half_width() / at.plant.per_metre;
  loop.residual = settings.sweep_step / std::sqrt(12.0) / per_half_width;
  loop.residual_unit = "half-widths";
  loop.penalty_db = penalty_of(input, at, at.ring->detuning, loop.residual);
  loop.penalty_basis =
      "the lane solved with the residual on the worse side, before the ring's lock takes over";
  loop.energy_per_bit = best.mean / rate;
  loop.time_to_converge =
      bank.channels * std::ceil(bank.free_spectral_range / settings.sweep_step) * settings.step_time;
  for (const module::HeaterPower& power : powers) {
    std::string key(module::strategy_name(power.strategy));
    std::replace(key.begin(), key.end(), ' ', '_');
    loop.measures.push_back(
        {key, fmt::format("Heater of a ring, {}", module::strategy_name(power.strategy)), power.mean, "W",
         fmt::format("mean of {} banks; 95 % below {:.3g} mW; {:.3g} pJ/bit", settings.banks,
                     power.percentile_95 * 1e3, power.mean / rate * 1e12)});
  }
  loop.measures.push_back({"uniform", "Heater of a ring whose resonance is anywhere",
                           0.5 * bank.free_spectral_range / bank.heater_efficiency, "W",
                           "half of a free spectral range"});
  link::Curve curve{
      "assignment.power", "Heater of a ring, mean over a bank", {{"share of banks", "1", {}}}, false, false};
  constexpr int points = 101;
  for (const module::HeaterPower& power : powers) {
    link::Column column{std::string(module::strategy_name(power.strategy)), "W", {}};
    for (int i = 0; i < points; ++i) {
      const double share = static_cast<double>(i) / (points - 1);
      if (&power == &powers.front()) curve.columns[0].values.push_back(share);
      column.values.push_back(
          power.of_banks[static_cast<std::size_t>(share * static_cast<double>(power.of_banks.size() - 1))]);
    }
    curve.columns.push_back(std::move(column));
  }
  loop.curves.push_back(std::move(curve));
  if (bank.channels * bank.spacing > bank.free_spectral_range * (1.0 + 1e-9))
    loop.warnings.push_back(
        {"lane.neighbours",
         fmt::format("{} channels of {:.3g} nm do not fit into a free spectral range of {:.3g} nm",
                     bank.channels, bank.spacing * 1e9, bank.free_spectral_range * 1e9)});
  return loop;
}

}  // namespace waverack::study
