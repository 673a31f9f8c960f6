#include "waverack/study/lane_judge.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "waverack/base/decibel.hpp"

namespace waverack::study {

LaneJudge::LaneJudge(const LoadedDesign& loaded, const std::vector<Variation>& variations,
                     const LaneMeasures& measures, const std::vector<ResponseSurface>& surfaces)
    : variations_(variations),
      measures_(measures),
      surfaces_(surfaces),
      trim_db_(to_db(loaded.design.module.production.laser_trim)),
      lanes_of_laser_(lanes_of_laser(loaded.design.lane)) {
  laser_power_ = static_cast<std::size_t>(
      std::find_if(variations.begin(), variations.end(),
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

double LaneJudge::launched(std::span<const double> deviations, bool full) const {
  return full ? measures_.solve_launched(deviations) : measure(measures_.launched(), deviations);
}

void LaneJudge::calibrate(std::span<double> deviations, bool full) const {
  if (trim_db_ <= 0.0 || measures_.launched() == measures_.list().size()) return;
  const std::size_t width = variations_.size(), lanes = deviations.size() / width;
  const double wanted = measures_.list()[measures_.launched()].nominal;
  for (std::size_t first = 0; first < lanes; first += static_cast<std::size_t>(lanes_of_laser_)) {
    const std::size_t end = std::min(lanes, first + static_cast<std::size_t>(lanes_of_laser_));
    double missing = -std::numeric_limits<double>::infinity();
    for (std::size_t lane = first; lane < end; ++lane)
      missing = std::fmax(missing, wanted - launched(deviations.subspan(lane * width, width), full));
    if (!std::isfinite(missing)) continue;
    for (std::size_t lane = first; lane < end; ++lane)
      deviations[lane * width + laser_power_] += std::clamp(missing, -trim_db_, trim_db_);
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

JudgedLane LaneJudge::judge(std::span<const double> deviations, bool full) const {
  if (full) return judged(measures_.solve(deviations));
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
