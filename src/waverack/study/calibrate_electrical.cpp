// Driver, host and receiver as loops of the design.

#include <fmt/format.h>

#include <cmath>

#include "waverack/study/calibrate_loops.hpp"
#include "waverack/study/lane_probe.hpp"
#include "waverack/study/line_tuning.hpp"
#include "waverack/study/tap_training.hpp"

namespace waverack::study {
namespace {

std::string search_name(module::LineSearch search) {
  switch (search) {
    case module::LineSearch::coordinate:
      return "one setting after the other";
    case module::LineSearch::nelder_mead:
      return "a simplex";
    case module::LineSearch::quadratic:
      break;
  }
  return "a parabola through what was measured";
}

}  // namespace

module::CalibrationLoop tuning_loop(const LoopInput& input) {
  const module::TuningSettings& settings = input.loaded.design.module.calibration.tuning;
  const LineTuning tuning = tune_on_line(input.loaded, input.reload, settings, input.stream);

  module::CalibrationLoop loop;
  loop.label = "Driver and host taps";
  loop.method =
      fmt::format("{} noisy measurements of one unit, {}", tuning.measurements, search_name(settings.search));
  loop.residual = tuning.figure_best - tuning.figure_after;
  loop.residual_unit = "dB";
  loop.converged = std::isfinite(loop.residual);
  loop.time_to_converge = tuning.seconds;
  loop.energy_per_bit = 0.0;
  loop.penalty_db = loop.residual;
  loop.penalty_basis = "noise margin of this unit at the exact operating point, less that of the line's";
  // Light is another thing: the least error ratio need not have the largest optical margin.
  const LaneProbe probe(input.reload, tuning.unit);
  const double line = probe.margin_db(tuning.settings), best = probe.margin_db(tuning.best.settings),
               before = probe.margin_db({});
  const bool for_tecq = input.loaded.design.tune_for == TuneGoal::tecq && !input.loaded.design.tune.empty();
  const std::string figure = for_tecq ? "TECQ" : "20 log10 Q";
  const auto shown = [&](double value) { return for_tecq ? -value : value; };
  loop.measures = {
      {"figure_before", figure + " of the unit as the design states it", shown(tuning.figure_before), "dB",
       fmt::format("BER {:.2g}, margin {:.2f} dB", tuning.ber_before, before)},
      {"figure_after", figure + " as the line leaves it", shown(tuning.figure_after), "dB",
       fmt::format("BER {:.2g}, margin {:.2f} dB", tuning.ber_after, line)},
      {"figure_best", figure + " at the exact operating point", shown(tuning.figure_best), "dB",
       fmt::format("BER {:.2g}, margin {:.2f} dB; {} solves", tuning.ber_best, best, tuning.best.solves)},
      {"measurements", "Measurements", static_cast<double>(tuning.measurements), "1",
       fmt::format("{:.2g} s and {:.2g} dB rms each", settings.measurement_time, settings.measurement_noise)},
      {"variables", "Numbers that are tuned", static_cast<double>(tuning.paths.size()), "1", ""}};
  for (const std::string& setting : tuning.unit)
    if (!setting.starts_with("lane.pattern"))
      loop.measures.push_back({"unit", "This unit", link::not_a_number, "", setting});
  for (const std::string& setting : tuning.settings)
    loop.measures.push_back({"setting", "The line's setting", link::not_a_number, "", setting});
  std::vector<double> number, seen, believed;
  for (std::size_t i = 0; i < tuning.measured.size(); ++i) {
    number.push_back(static_cast<double>(i + 1));
    const bool exists = std::isfinite(tuning.measured[i]);
    seen.push_back(exists ? shown(tuning.measured[i]) : link::not_a_number);
    believed.push_back(std::isfinite(tuning.believed[i]) ? shown(tuning.believed[i]) : link::not_a_number);
  }
  const std::vector<double> exact(number.size(), shown(tuning.figure_best));
  loop.curves = {{"tuning.figure",
                  figure + " over the measurements",
                  {{"measurement", "1", number},
                   {"measured", "dB", seen},
                   {"of the settings held best", "dB", believed},
                   {"exact operating point", "dB", exact}},
                  false,
                  false}};
  return loop;
}

module::CalibrationLoop training_loop(const LoopInput& input) {
  const link::Lane& lane = input.loaded.design.lane;
  const TapTraining training =
      train_taps(lane, input.loaded.design.module.calibration.training, input.stream);
  module::CalibrationLoop loop;
  const parts::Instance& receiver = lane.chain.back();
  loop.label = "Equaliser of " + receiver.name;
  loop.method = fmt::format("least-mean-square rule, {} taps from the cursor alone", training.taps);
  loop.converged = training.converged;
  loop.residual = training.misadjustment;
  loop.residual_unit = "1";
  loop.time_to_converge = training.symbols_to_converge / lane.symbol_rate;
  const std::string path = "lane.chain." + receiver.name + ".adaptation_step=";
  const LaneProbe probe(input.reload);
  loop.penalty_db = std::max(
      0.0, probe.margin_db({path + "0"}) - probe.margin_db({path + fmt::format("{:g}", training.step)}));
  loop.penalty_basis = "the lane solved with taps that wander and with the best ones";
  loop.measures = {
      {"misadjustment", "Excess of the mean square error", training.misadjustment, "1",
       fmt::format("expected {:.4f}; {:.3f} dB of SNR", training.expected_misadjustment,
                   10.0 * std::log10(1.0 + training.expected_misadjustment))},
      {"least_error_db", "Least mean square error", 10.0 * std::log10(training.least_error), "dB",
       "of levels from -1 to 1, at the best taps"},
      {"symbols", "Symbols until the error stays within 10 %", training.symbols_to_converge, "1", ""},
      {"slowest", "Slowest mode", training.slowest / lane.symbol_rate, "s",
       fmt::format("{:.3g} symbols", training.slowest)},
      {"fastest", "Fastest mode", training.fastest / lane.symbol_rate, "s",
       fmt::format("{:.3g} symbols", training.fastest)},
      {"step", "Step over the power of the inputs", training.step, "1", ""}};
  loop.curves = {{"training.error",
                  "Mean square error of the equaliser",
                  {{"symbol", "1", training.symbol},
                   {"seen", "1", training.error},
                   {"by the rule's equations", "1", training.expected}},
                  false,
                  true}};
  if (!training.converged)
    loop.warnings.push_back(
        {"lane.chain." + receiver.name,
         fmt::format("{} symbols are too few for the slowest mode of {:.3g} symbols",
                     input.loaded.design.module.calibration.training.symbols, training.slowest)});
  return loop;
}

}  // namespace waverack::study
