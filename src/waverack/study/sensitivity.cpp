#include "waverack/study/sensitivity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "waverack/base/parallel.hpp"
#include "waverack/base/units.hpp"
#include "waverack/link/solve.hpp"

namespace waverack::study {
namespace {

constexpr double decibel_step = 1.0;
constexpr double relative_step = 0.1;

struct Outcome {
  double snr_margin_db = 0.0;
  double power_w = 0.0;
};

Outcome outcome_of(const LoadedDesign& loaded) {
  link::SolveOptions options;
  options.threads = 1;
  options.penalties = options.charts = options.margins = false;
  const link::LaneResult lane = link::solve(loaded.design.lane, options);
  const module::ModuleResult module =
      module::solve(loaded.design.module, loaded.design.lane, lane, loaded.provenance);
  double margin = lane.snr_margin_db;  // all there is of a coherent lane
  for (const link::SegmentResult& segment : lane.segments) margin = std::min(margin, segment.snr_margin_db);
  return {margin, module.power_w.with_laser};
}

struct Step {
  std::string setting;
  std::string text;
};

// The number one step up or down, or nothing where there is no step to take.
std::optional<Step> step_of(const Assumption& assumption, int direction) {
  NumberAndUnit quantity;
  try {
    quantity = split_quantity(assumption.value);
  } catch (const Error&) {
    return std::nullopt;  // a text or a list
  }
  const bool in_decibels = parse_unit(quantity.unit).scale != Unit::Scale::linear;
  if (!in_decibels && quantity.number == 0.0) return std::nullopt;
  const double moved = in_decibels ? quantity.number + direction * decibel_step
                                   : quantity.number * (1.0 + direction * relative_step);
  return Step{
      fmt::format("{}={:.12g}{}{}", assumption.path, moved, quantity.unit.empty() ? "" : " ", quantity.unit),
      fmt::format(
          "{}{}", direction > 0 ? "+" : "−",
          in_decibels ? fmt::format("{:g} dB", decibel_step) : fmt::format("{:g} %", 100.0 * relative_step))};
}

// What moves neither the margin of a lane nor the watts: profiles that judge a lane, the light that the years
// take, lasers that fail, the room on the board.
bool moves_nothing(std::string_view path) {
  for (const std::string_view start : {"lane.pmd.", "lane.electrical.", "module.light.", "module.outline."})
    if (path.starts_with(start)) return true;
  return path.ends_with("end_of_life_loss") || path.ends_with(".ageing") || path.ends_with(".stated_power");
}

}  // namespace

std::vector<Sensitivity> sensitivities(const Reload& reload, const std::vector<Assumption>& assumptions,
                                       int threads) {
  const std::string pattern = "lane.pattern=PRBS13Q";
  const Outcome base = outcome_of(reload({pattern}));
  std::vector<std::optional<Sensitivity>> found(assumptions.size());
  parallel_for(static_cast<int>(assumptions.size()), threads, [&](int i) {
    const Assumption& assumption = assumptions[static_cast<std::size_t>(i)];
    if (!assumption.path.starts_with("lane.") && !assumption.path.starts_with("module.")) return;
    if (moves_nothing(assumption.path)) return;
    for (const int direction : {1, -1}) {
      const std::optional<Step> step = step_of(assumption, direction);
      if (!step) return;
      Outcome outcome;
      try {
        outcome = outcome_of(reload({pattern, step->setting}));
      } catch (const Error&) {
        continue;  // out of its range, not a number that can be moved by a fraction, more than a laser gives
      }
      found[static_cast<std::size_t>(i)] = Sensitivity{assumption.path,
                                                       assumption.value,
                                                       assumption.kind,
                                                       step->text,
                                                       outcome.snr_margin_db - base.snr_margin_db,
                                                       outcome.power_w - base.power_w};
      return;
    }
  });

  std::vector<Sensitivity> list;
  for (std::optional<Sensitivity>& item : found)
    if (item) list.push_back(std::move(*item));
  const auto size = [](double change) { return std::isfinite(change) ? std::abs(change) : 1e9; };
  std::stable_sort(list.begin(), list.end(), [&](const Sensitivity& a, const Sensitivity& b) {
    const double margin_a = size(a.snr_margin_change_db), margin_b = size(b.snr_margin_change_db);
    return std::abs(margin_a - margin_b) > 0.005 ? margin_a > margin_b
                                                 : size(a.power_change_w) > size(b.power_change_w);
  });
  return list;
}

}  // namespace waverack::study
