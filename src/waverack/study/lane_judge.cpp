#include "waverack/study/lane_judge.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "waverack/base/decibel.hpp"

namespace waverack::study {
namespace {

// Lasers are not set closer than this to a limit: what a test sees, the next one may not.
constexpr double guard_db = 0.1;

}  // namespace

LaneJudge::LaneJudge(const LoadedDesign& loaded, const std::vector<Variation>& variations,
                     const LaneMeasures& measures, const std::vector<ResponseSurface>& surfaces)
    : variations_(variations),
      measures_(measures),
      surfaces_(surfaces),
      trim_db_(to_db(loaded.design.module.production.laser_trim)),
      lanes_of_laser_(lanes_of_laser(loaded.design.lane)) {
  laser_power_ = static_cast<std::size_t>(std::find_if(variations.begin(), variations.end(),
                                                       [](const Variation& variation) {
                                                         return variation.in_light && variation.part == 0 &&
                                                                variation.spread.key == "output_power";
                                                       }) -
                                          variations.begin());
}

double LaneJudge::measure(std::size_t measure, std::span<const double> deviations) const {
  const Measure& of = measures_.list()[measure];
  if (!of.varies) return of.nominal;
  std::vector<double> at(deviations.size());
  for (std::size_t v = 0; v < at.size(); ++v) at[v] = deviations[v] / variations_[v].deviation;
  return surfaces_[measure](at);
}

// Of the lanes of one laser [dB].
double LaneJudge::trim(std::span<const double> deviations, Measuring measuring) const {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const std::size_t width = variations_.size(), oma = measures_.launched();
  const bool full = measuring != Measuring::polynomials;
  double lowest = infinity, highest = -infinity;  // launched OMA
  double least = -infinity, most = infinity;      // trim that the limits allow
  for (std::size_t at = 0; at < deviations.size(); at += width) {
    const std::span<const double> lane = deviations.subspan(at, width);
    const std::vector<double> solved = full ? measures_.solve_launched(lane) : std::vector<double>{};
    const auto value = [&](std::size_t m) { return full ? solved[m] : measure(m, lane); };
    if (std::isnan(value(oma))) continue;  // it launches nothing
    lowest = std::fmin(lowest, value(oma));
    highest = std::fmax(highest, value(oma));
    for (const Requirement& of : measures_.lane_requirements()) {
      if (!measures_.follows_laser(of.measure)) continue;
      const double room = of.slack(value(of.measure)) - guard_db;
      if (of.at_least)
        least = std::fmax(least, -room);
      else
        most = std::fmin(most, room);
    }
  }
  if (!(lowest <= highest)) return 0.0;
  const double centred = measures_.list()[oma].nominal - 0.5 * (lowest + highest);
  const double wanted = least <= most ? std::clamp(centred, least, most) : 0.5 * (least + most);
  return std::clamp(wanted, -trim_db_, trim_db_);
}

void LaneJudge::calibrate(std::span<double> deviations, Measuring measuring) const {
  if (trim_db_ <= 0.0 || measures_.launched() == measures_.list().size()) return;
  const std::size_t width = variations_.size(), group = static_cast<std::size_t>(lanes_of_laser_) * width;
  for (std::size_t first = 0; first < deviations.size(); first += group) {
    const std::span<double> lanes = deviations.subspan(first, std::min(group, deviations.size() - first));
    const double more = trim(lanes, measuring);
    for (std::size_t at = 0; at < lanes.size(); at += width) lanes[at + laser_power_] += more;
  }
}

JudgedLane LaneJudge::judged(std::span<const double> values) const {
  JudgedLane lane;
  lane.margin = values[measures_.margin()];
  lane.slack = std::numeric_limits<double>::infinity();
  const std::vector<Requirement>& requirements = measures_.lane_requirements();
  for (std::size_t r = 0; r < requirements.size(); ++r) {
    const double value = values[requirements[r].measure];
    const double slack =
        std::isnan(value) ? -std::numeric_limits<double>::infinity() : requirements[r].slack(value);
    if (slack < lane.slack) lane.slack = slack, lane.requirement = r;
  }
  if (std::isnan(lane.margin)) lane.margin = -std::numeric_limits<double>::infinity();
  return lane;
}

JudgedLane LaneJudge::judge(std::span<const double> deviations, Measuring measuring) const {
  if (measuring == Measuring::full) return judged(measures_.solve(deviations));
  if (measuring == Measuring::verdicts) return judged(measures_.solve_for_verdict(deviations));
  std::vector<double> values(measures_.list().size(), 0.0);
  values[measures_.margin()] = measure(measures_.margin(), deviations);
  for (const Requirement& requirement : measures_.lane_requirements())
    if (requirement.measure != measures_.margin())
      values[requirement.measure] = measure(requirement.measure, deviations);
  return judged(values);
}

double LaneJudge::slack(std::size_t requirement, std::span<const double> deviations) const {
  const Requirement& of = measures_.lane_requirements()[requirement];
  return of.slack(measure(of.measure, deviations));
}

}  // namespace waverack::study
