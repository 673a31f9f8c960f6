#include "waverack/study/lane_probe.hpp"

#include <algorithm>
#include <stdexcept>

#include "waverack/link/lane_pattern.hpp"
#include "waverack/link/propagate.hpp"
#include "waverack/link/solve.hpp"
#include "waverack/study/tunables.hpp"

namespace waverack::study {
namespace {

bool is_modulator(const parts::Instance& instance) {
  return parts::as<parts::MachZehnder>(instance) || parts::as<parts::LithiumNiobate>(instance) ||
         parts::as<parts::MicroRing>(instance);
}

}  // namespace

ModulatorAt modulator_of(const link::Lane& lane) {
  const auto found = std::find_if(lane.chain.begin(), lane.chain.end(), is_modulator);
  if (found == lane.chain.end()) throw std::logic_error("the lane has no such modulator");
  const link::Plan plan = link::make_plan(lane);
  ModulatorAt result{
      &*found, "lane.chain." + found->name, parts::conditions_of(*found, plan.conditions), {}, {}};
  for (const link::Segment& segment : plan.segments)
    for (std::size_t e = 0; e < segment.elements.size(); ++e) {
      if (segment.elements[e].part != &found->part) continue;
      // A test point in front of it sees what drives it.
      link::Segment tapped = segment;
      link::Element point;
      point.kind = link::Element::Kind::test_point;
      point.name = "drive";
      tapped.elements.insert(tapped.elements.begin() + static_cast<std::ptrdiff_t>(e), point);
      for (link::PlacedNoise& noise : tapped.noises)
        if (noise.element >= e) ++noise.element;
      for (link::Crosstalk& crosstalk : tapped.crosstalk)
        if (crosstalk.element >= e) ++crosstalk.element;
      link::PropagateOptions options;
      options.samples_per_symbol = lane.samples_per_symbol;
      options.taps = true;
      link::Propagation run = link::propagate(
          tapped, plan.conditions,
          link::symbols_of(link::short_pattern(lane.pattern), plan.conditions.levels), {}, options);
      for (link::Tap& tap : run.taps)
        if (tap.element == e) result.voltages = std::move(tap.samples);
      for (const auto& trajectory : run.trajectories)
        if (trajectory->element == e + 1) result.light = trajectory->output;
    }
  return result;
}

link::Lane LaneProbe::lane(const std::vector<std::string>& settings) const {
  std::vector<std::string> all = always_;
  all.insert(all.end(), settings.begin(), settings.end());
  link::Lane lane = reload_(all).design.lane;
  lane.pattern = link::short_pattern(lane.pattern);
  return lane;
}

double LaneProbe::error_ratio(const std::vector<std::string>& settings) const {
  return study::error_ratio(lane(settings));
}

double LaneProbe::margin_db(const std::vector<std::string>& settings) const {
  link::SolveOptions options;
  options.penalties = options.charts = false;
  return link::solve(lane(settings), options).margin_db;
}

double LaneProbe::penalty_db(const std::vector<std::string>& settings, const std::vector<std::string>& one,
                             const std::vector<std::string>& other) const {
  return std::max(0.0, margin_db(settings) - std::min(margin_db(one), margin_db(other)));
}

}  // namespace waverack::study
