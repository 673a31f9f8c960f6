#include "waverack/study/tecq_goal.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "waverack/compliance/same_rate.hpp"
#include "waverack/link/lane_pattern.hpp"
#include "waverack/link/light_points.hpp"

namespace waverack::study {
namespace {

constexpr double open_enough = 0.063;  // of 1/TECQ²: 6 dB
constexpr double easy_target = 0.5;    // symbol error ratio

[[noreturn]] void refuse(const LoadedDesign& loaded, std::string_view key, std::string message,
                         std::string allowed = {}, std::string nearest = {}) {
  const Node* node = loaded.document.find(key);
  throw Error(ErrorInfo{node ? node->mark : Mark{}, std::string(key), std::move(message), std::move(allowed),
                        std::move(nearest)});
}

// At a point that is there.
compliance::TdecqResult measured(const link::Lane& lane, const std::string& name,
                                 const compliance::TdecqSettings& settings) {
  const link::Plan plan = link::make_plan(lane);
  for (const link::LightPoint& point : link::light_points(plan))
    if (point.name == name)
      return link::measure_at(plan, point, link::symbols_of(lane.pattern, plan.conditions.levels), settings);
  throw std::logic_error("no test point of light " + name);
}

// Of the equalised signal in the windows about equally spaced levels from p0 to p3, over OMA_outer squared.
double mean_square_error(const compliance::TdecqResult& result) {
  double square = 0.0, product = 0.0, level_square = 0.0;
  for (const compliance::WindowHistogram* window : {&result.left, &result.right})
    for (std::size_t i = 0; i < window->share.size(); ++i) {
      const double y = window->start + window->step * static_cast<double>(i) - result.p0;
      square += 0.5 * window->share[i] * y * y;
    }
  for (std::size_t n = 0; n < 4; ++n) {
    const double level = static_cast<double>(n) / 3.0 * result.oma_outer;
    product += 0.25 * level * (result.level_means[n] - result.p0);
    level_square += 0.25 * level * level;
  }
  return (square - 2.0 * product + level_square) / (result.oma_outer * result.oma_outer);
}

}  // namespace

std::string tecq_point(const LoadedDesign& loaded) {
  const Design& design = loaded.design;
  if (!design.lane.pmd.value)
    refuse(loaded, "tune_for", "TECQ is that of a standard's reference receiver: the lane must name its PMD",
           "lane.pmd, such as 400gbase-dr4");
  const double pmd_rate = design.lane.pmd.value->symbol_rate;
  if (!compliance::same_rate(pmd_rate, design.lane.symbol_rate))
    refuse(loaded, "tune_for", fmt::format("'{}' is for {} GBd", design.lane.pmd.name, pmd_rate * 1e-9));
  if (design.lane.modulation != link::Modulation::pam4) refuse(loaded, "tune_for", "TECQ is that of PAM4");
  std::vector<std::string> names;
  std::string last;
  for (const link::LightPoint& point : link::light_points(link::make_plan(design.lane))) {
    names.push_back(point.name);
    if (point.before_fibre) last = point.name;
  }
  if (!design.tune_at.empty()) {
    if (std::find(names.begin(), names.end(), design.tune_at) == names.end())
      refuse(loaded, "tune_at", "there is no test point of light '" + design.tune_at + "'",
             fmt::format("{}", fmt::join(names, ", ")), nearest_name(design.tune_at, names));
    return design.tune_at;
  }
  if (last.empty())
    refuse(loaded, "tune_for", "the lane has no test point of light in front of its fibre",
           names.empty() ? std::string() : fmt::format("tune_at: {}", fmt::join(names, ", ")));
  return last;
}

double tecq_at(const link::Lane& lane, const std::string& point) {
  return measured(lane, point, lane.pmd.value->tdecq).tdecq;
}

double tecq_objective(const link::Lane& lane, const std::string& point) {
  compliance::TdecqSettings settings = lane.pmd.value->tdecq;
  settings.counting = compliance::ErrorCounting::data_aided;
  const compliance::TdecqResult at_target = measured(lane, point, settings);
  const double x = 1.0 / (at_target.tdecq * at_target.tdecq);
  if (x >= open_enough) return -x;
  settings.target_ser = easy_target;
  const compliance::TdecqResult easy = measured(lane, point, settings);
  const double allowed = 1.0 / (36.0 * at_target.qt * at_target.qt),
               excess = (mean_square_error(easy) / allowed - 1.0) / (easy.ceq * easy.ceq);
  return (1.0 - x / open_enough) * std::log1p(std::max(excess, 0.0)) - x;
}

}  // namespace waverack::study
