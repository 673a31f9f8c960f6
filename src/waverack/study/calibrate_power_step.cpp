// A step of the neighbouring chip's power as a loop of the design: the lock of its modulators while they
// warm.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "waverack/base/physical_constants.hpp"
#include "waverack/module/power_step.hpp"
#include "waverack/module/quadrature_lock.hpp"
#include "waverack/module/ring_lock.hpp"
#include "waverack/study/calibrate_loops.hpp"
#include "waverack/study/lane_probe.hpp"

namespace waverack::study {
namespace {

struct Stepped {
  module::PowerStep step;
  int lane = 0;                // whose modulator warms the most, from 0
  std::vector<double> course;  // of its temperature [K]
  double rise = 0.0, steepest = 0.0;
  double spread_before = 0.0, widest_spread = 0.0;  // between the pieces [K]
};

double spread_of(const std::vector<double>& pieces) {
  const auto [low, high] = std::minmax_element(pieces.begin(), pieces.end());
  return *high - *low;
}

Stepped step_of(const LoopInput& input, const std::string& part) {
  const module::Module& module = input.loaded.design.module;
  Stepped stepped;
  stepped.step =
      module::step_neighbour(module, input.loaded.design.lane, module.calibration.power_step, part);
  const module::PowerStep& step = stepped.step;
  for (int lane = 0; lane < module.lanes; ++lane) {
    std::vector<double> course = module::course_of(step, lane);
    const double rise = course.back() - course.front();
    if (lane > 0 && rise <= stepped.rise) continue;
    stepped.lane = lane;
    stepped.rise = rise;
    stepped.course = std::move(course);
  }
  stepped.steepest = module::steepest(step.time, stepped.course);
  stepped.spread_before = spread_of(step.pieces.front());
  for (const std::vector<double>& pieces : step.pieces)
    stepped.widest_spread = std::max(stepped.widest_spread, spread_of(pieces));
  return stepped;
}

// When the temperature has gone the share of its way for good.
double reached_at(const Stepped& stepped, double share) {
  const double wanted = stepped.course.front() + share * stepped.rise;
  const std::vector<double>& time = stepped.step.time;
  for (std::size_t i = 1; i < time.size(); ++i)
    if ((stepped.course[i] - wanted) * stepped.rise >= 0.0) {
      const double part = (wanted - stepped.course[i - 1]) / (stepped.course[i] - stepped.course[i - 1]);
      return time[i - 1] + part * (time[i] - time[i - 1]);
    }
  return link::not_a_number;
}

std::vector<module::LoopMeasure> heat_measures(const Stepped& stepped) {
  const module::PowerStep& step = stepped.step;
  return {
      {"rise", "Modulators warm by", stepped.rise, "K",
       fmt::format("the neighbour goes from {:.0f} to {:.0f} W and warms by {:.1f} K; lane {} moves most",
                   step.power_before, step.power_after, step.neighbour.back() - step.neighbour.front(),
                   stepped.lane + 1)},
      {"steepest", "Fastest change", stepped.steepest, "K/s", ""},
      {"half_way", "Half of it after", reached_at(stepped, 0.5), "s", ""},
      {"nine_tenths", "Nine tenths of it after", reached_at(stepped, 0.9), "s", ""},
      {"spread_before", "Lanes differ before the step by", stepped.spread_before, "K", ""},
      {"widest_spread", "Lanes differ on the way by at most", stepped.widest_spread, "K", ""},
      {"energy_balance", "Energy balance of the run", step.energy_balance, "1", "of the heat that moved"}};
}

link::Curve heat_curve(const Stepped& stepped) {
  const module::PowerStep& step = stepped.step;
  std::vector<double> coolest, warmest, neighbour;
  for (std::size_t i = 0; i < step.time.size(); ++i) {
    const auto [low, high] = std::minmax_element(step.pieces[i].begin(), step.pieces[i].end());
    coolest.push_back(*low - zero_celsius);
    warmest.push_back(*high - zero_celsius);
    neighbour.push_back(step.neighbour[i] - zero_celsius);
  }
  return {"power_step.temperature",
          "Temperatures after the neighbour's step",
          {{"time", "s", step.time},
           {"coolest modulator", "degC", std::move(coolest)},
           {"warmest modulator", "degC", std::move(warmest)},
           {"neighbour", "degC", std::move(neighbour)}},
          false,
          false};
}

// The course with the ramp of the ring's lock on top: up by settings.ramp_rise, then down again.
struct Course {
  std::vector<double> time, rise;
};

Course with_ramp(const Stepped& stepped, const module::RingSettings& ring, double ramp_at) {
  const double length = ring.ramp_rise / ring.ramp;
  const double hold = 0.1;  // [s]
  const std::vector<double> corners{ramp_at, ramp_at + length, ramp_at + length + hold,
                                    ramp_at + 2.0 * length + hold};
  const auto ramp = [&](double t) {
    if (t <= corners[0] || t >= corners[3]) return 0.0;
    if (t < corners[1]) return ring.ramp * (t - corners[0]);
    if (t <= corners[2]) return ring.ramp_rise;
    return ring.ramp_rise - ring.ramp * (t - corners[2]);
  };
  const std::vector<double>& time = stepped.step.time;
  const auto slow = [&](double t) {
    const auto after = std::lower_bound(time.begin() + 1, time.end() - 1, t) - time.begin();
    const auto i = static_cast<std::size_t>(after);
    const double share = (t - time[i - 1]) / (time[i] - time[i - 1]);
    return std::lerp(stepped.course[i - 1], stepped.course[i], share) - stepped.course.front();
  };
  Course course{time, {}};
  course.time.insert(course.time.end(), corners.begin(), corners.end());
  std::sort(course.time.begin(), course.time.end());
  course.time.erase(std::unique(course.time.begin(), course.time.end()), course.time.end());
  for (const double t : course.time) course.rise.push_back(slow(t) + ramp(t));
  return course;
}

void follow_with_ring(const LoopInput& input, const Stepped& stepped, const ModulatorAt& at,
                      module::CalibrationLoop& loop) {
  const module::Module& module = input.loaded.design.module;
  const module::Calibration& calibration = module.calibration;
  const module::RingSettings& settings = calibration.ring;
  const auto& ring = *parts::as<parts::MicroRing>(*at.instance);
  // The ring as it holds its detuning where it is before the step.
  parts::Conditions conditions = at.conditions;
  conditions.temperature = stepped.course.front();
  const module::RingPlant plant = module::ring_plant(ring, conditions, at.voltages);
  const Course course = with_ramp(stepped, settings, calibration.power_step.ramp_at);
  const module::CourseRun run =
      module::follow_course(plant, settings, calibration.monitor, course.time, course.rise, input.stream);

  loop.method = fmt::format(
      "the neighbour's power steps, and on top the ambient goes {:.3g} K up and down again at {:.3g} K/s; "
      "the "
      "ring's lock follows both",
      settings.ramp_rise, settings.ramp);
  loop.converged = run.followed && run.kept;
  loop.residual = run.worst;
  loop.residual_unit = "half-widths";
  loop.energy_per_bit =
      (plant.held / plant.efficiency + calibration.monitor.power) / module.mac_rate_per_lane;
  loop.time_to_converge = reached_at(stepped, 0.9);
  loop.penalty_basis = "the lane solved with the largest error on the worse side";
  if (loop.converged) {
    const auto detuned = [&](double half_widths) {
      return std::vector<std::string>{fmt::format("{}.detuning={:.6g}", at.path, half_widths),
                                      at.path + ".locked=true"};
    };
    loop.penalty_db = LaneProbe(input.reload)
                          .penalty_db(detuned(ring.detuning), detuned(ring.detuning + run.worst),
                                      detuned(ring.detuning - run.worst));
  }
  const double unheld = stepped.rise * plant.drift * plant.per_metre / plant.half_width();
  loop.measures.push_back({"unlocked", "Detuning that a heater without a lock would gain", unheld,
                           "half-widths", "from the step alone"});
  loop.measures.push_back(
      {"heater_before", "Heater before the step", plant.held / plant.efficiency, "W", ""});
  loop.measures.push_back({"heater_least", "Heater at its least", run.least_heater, "W", ""});
  loop.measures.push_back(
      {"lost_at", "Heater at the end of its range after", run.lost_at, "s",
       std::isnan(run.lost_at) ? "never" : "the ring would have to take its next resonance"});
  loop.curves.push_back({"power_step.detuning",
                         "Detuning of the ring through step and ramp",
                         {{"time", "s", run.time}, {"detuning", "half-widths", run.detuning}},
                         false,
                         false});
  loop.curves.push_back({"power_step.heater",
                         "Heater of the ring through step and ramp",
                         {{"time", "s", run.time}, {"heater", "W", run.heater}},
                         false,
                         false});
  loop.curves.push_back({"power_step.ambient",
                         "Ambient of the ring through step and ramp",
                         {{"time", "s", run.time}, {"change", "K", run.ambient}},
                         false,
                         false});
  if (!loop.converged)
    loop.warnings.push_back(
        {at.path,
         std::isnan(run.lost_at)
             ? fmt::format("step and ramp move the detuning by {:.2g} half-widths", run.worst)
             : fmt::format("the heater is at the end of its range after {:.3g} s and the lock is lost: "
                           "it holds {:.3g} K of warming, step and ramp go {:.3g} K",
                           run.lost_at, plant.held / plant.drift,
                           *std::max_element(course.rise.begin(), course.rise.end()))});
}

void follow_with_bias(const LoopInput& input, const Stepped& stepped, const ModulatorAt& at,
                      module::CalibrationLoop& loop) {
  const module::Calibration& calibration = input.loaded.design.module.calibration;
  const module::QuadratureSettings& settings = calibration.quadrature;
  const auto* silicon = parts::as<parts::MachZehnder>(*at.instance);
  // To first order: what drifts between two corrections, over the share that one takes away.
  const double interval = settings.periods / settings.dither_frequency;
  const double drift = silicon ? silicon->phase_drift : 0.0;
  const double error = std::abs(drift) * stepped.steepest * interval / settings.gain;
  constexpr double degree = std::numbers::pi / 180.0;
  loop.method = "the neighbour's power steps; the bias lags behind by its fastest drift over the loop's gain";
  loop.converged = error <= settings.tolerance;
  loop.residual = error / degree;
  loop.residual_unit = "deg";
  loop.time_to_converge = reached_at(stepped, 0.9);
  loop.penalty_db = module::quadrature_penalty_db(error, settings.dither);
  loop.penalty_basis = "OMA of a small drive, the largest error and the dither";
  loop.energy_per_bit = calibration.monitor.power / input.loaded.design.module.mac_rate_per_lane;
  loop.measures.push_back({"unlocked", "Phase that a bias without a lock would gain",
                           drift * stepped.rise / degree, "deg", "from the step alone"});
  if (!loop.converged)
    loop.warnings.push_back(
        {at.path, fmt::format("the bias lags by {:.2g} deg behind the step", error / degree)});
}

}  // namespace

module::CalibrationLoop power_step_loop(const LoopInput& input) {
  const ModulatorAt at = modulator_of(input.loaded.design.lane);
  const Stepped stepped = step_of(input, at.instance->name);
  module::CalibrationLoop loop;
  loop.label = "Step of the neighbour's power, " + at.instance->name;
  loop.measures = heat_measures(stepped);
  loop.curves = {heat_curve(stepped)};
  if (parts::as<parts::MicroRing>(*at.instance))
    follow_with_ring(input, stepped, at, loop);
  else
    follow_with_bias(input, stepped, at, loop);
  return loop;
}

}  // namespace waverack::study
