#include "waverack/study/lane_measures.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/base/decibel.hpp"
#include "waverack/base/source_text.hpp"
#include "waverack/design/quantities.hpp"
#include "waverack/design/solve.hpp"

namespace waverack::study {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

// Whether something that varies is a part of the segment.
bool touches(const Variation& variation, const link::Lane& lane, const link::Segment& segment) {
  if (variation.in_light) return segment.optical;
  const std::string& name = lane.chain[variation.part].name;
  const std::string path = "lane.chain." + name;
  const auto within = [&](const std::string& other) {
    return other == path || other.starts_with(path + '.');
  };
  return within(segment.transmitter_path) || within(segment.receiver_path) ||
         std::any_of(segment.elements.begin(), segment.elements.end(),
                     [&](const link::Element& element) { return element.name == name; }) ||
         std::any_of(segment.noises.begin(), segment.noises.end(),
                     [&](const link::PlacedNoise& noise) { return within(noise.path); });
}

std::string light_name(const std::string& point, std::string_view key) {
  return "lane.test_points." + point + '.' + std::string(key);
}

}  // namespace

LaneMeasures::LaneMeasures(const LoadedDesign& loaded, const std::vector<Variation>& variations)
    : loaded_(loaded), variations_(variations) {
  const link::Lane& lane = loaded.design.lane;
  const link::Plan plan = link::make_plan(lane);
  questions_.margins.assign(plan.segments.size(), true);
  const link::LaneOutcome nominal = link::solve_outcome(lane, questions_);
  const bool several = plan.segments.size() > 1;
  for (std::size_t s = 0; s < plan.segments.size(); ++s) {
    const link::Segment& segment = plan.segments[s];
    Measure measure{!several || segment.optical ? "lane.margin_db" : "lane.snr_margin_db, " + segment.name,
                    "dB", nominal.margins_db[s]};
    measure.varies = std::any_of(variations.begin(), variations.end(), [&](const Variation& variation) {
      return touches(variation, lane, segment);
    });
    questions_.margins[s] = measure.varies;
    measures_.push_back(std::move(measure));
    const Measure& chosen = measures_[margin_];
    if (segment.optical || (!plan.optical && !(chosen.nominal <= measures_[s].nominal))) margin_ = s;
  }
  optical_ = plan.optical;
  for (const link::LaunchedLight& light : nominal.light) {
    launched_ = measures_.size();
    measures_.push_back({light_name(light.test_point, "oma_outer_dbm"), "dBm", to_dbm(light.oma_outer)});
    measures_.push_back(
        {light_name(light.test_point, "extinction_ratio_db"), "dB", to_db(light.extinction_ratio)});
    measures_.push_back(
        {light_name(light.test_point, "average_power_dbm"), "dBm", to_dbm(light.average_power)});
  }
  if (nominal.light.empty()) launched_ = measures_.size();
  find_requirements();
  // A margin can be judged by one solve if one limit is all that it has to hold.
  verdict_questions_ = questions_;
  for (std::size_t s = 0; s < questions_.margins.size(); ++s) {
    std::vector<double> limits;
    for (const Requirement& requirement : requirements_)
      if (requirement.measure == s) limits.push_back(requirement.limit);
    verdict_questions_.judge_at_db.push_back(limits.size() == 1 ? limits.front() : none);
  }
}

std::vector<double> LaneMeasures::values(const link::LaneOutcome& outcome) const {
  std::vector<double> list;
  for (std::size_t s = 0; s < outcome.margins_db.size(); ++s)
    list.push_back(measures_[s].varies ? outcome.margins_db[s] : measures_[s].nominal);
  for (const link::LaunchedLight& light : outcome.light) {
    list.push_back(to_dbm(light.oma_outer));
    list.push_back(to_db(light.extinction_ratio));
    list.push_back(to_dbm(light.average_power));
  }
  return list;
}

link::Lane LaneMeasures::deviated_lane(std::span<const double> deviations) const {
  link::Lane lane = loaded_.design.lane;
  for (std::size_t v = 0; v < variations_.size(); ++v) set_number(lane, variations_[v], deviations[v]);
  return lane;
}

std::vector<double> LaneMeasures::solve(std::span<const double> deviations) const {
  return solve(deviations, questions_);
}

std::vector<double> LaneMeasures::solve_for_verdict(std::span<const double> deviations) const {
  return solve(deviations, verdict_questions_);
}

std::vector<double> LaneMeasures::solve(std::span<const double> deviations,
                                        const link::OutcomeQuestions& questions) const {
  try {
    return values(link::solve_outcome(deviated_lane(deviations), questions));
  } catch (const Error&) {
    return std::vector<double>(measures_.size(), none);  // a laser that cannot give its power
  }
}

std::vector<double> LaneMeasures::solve_launched(std::span<const double> deviations) const {
  std::vector<double> list(measures_.size(), none);
  try {
    const std::vector<link::LaunchedLight> light = link::solve_outcome(deviated_lane(deviations), {}).light;
    if (light.empty()) return list;
    list[launched_] = to_dbm(light.back().oma_outer);
    list[launched_ + 1] = to_db(light.back().extinction_ratio);
    list[launched_ + 2] = to_dbm(light.back().average_power);
  } catch (const Error&) {
    // It launches nothing.
  }
  return list;
}

std::size_t LaneMeasures::find(const std::string& name) const {
  const auto found = std::find_if(measures_.begin(), measures_.end(),
                                  [&](const Measure& measure) { return measure.name == name; });
  return static_cast<std::size_t>(found - measures_.begin());
}

void LaneMeasures::require(std::size_t measure, double limit, bool at_least, std::string source) {
  if (!std::isfinite(limit)) return;
  const Measure& of = measures_[measure];
  for (Requirement& known : requirements_)
    if (known.measure == measure && known.at_least == at_least) {
      if (at_least ? limit > known.limit : limit < known.limit) {
        known.limit = limit;
        known.source = std::move(source);
      }
      return;
    }
  requirements_.push_back({of.name, limit, at_least, of.unit, std::move(source), measure, of.nominal});
}

void LaneMeasures::find_requirements() {
  const module::Production& production = loaded_.design.module.production;
  const std::size_t segments = questions_.margins.size();
  for (std::size_t s = 0; s < segments; ++s)
    require(s, s == margin_ ? to_db(production.margin_limit) : 0.0, true,
            s == margin_ ? "module.production.margin_limit" : "lane.ber_limit");

  for (const Limit& limit : loaded_.design.limits) {
    const std::size_t measure = find(limit.quantity);
    if (!optical_ && (limit.quantity == "lane.margin_db" || limit.quantity == "lane.snr_margin_db")) {
      for (std::size_t s = 0; s < segments; ++s) require(s, limit.at_least, true, limit.source);
    } else if (measure < measures_.size()) {
      require(measure, limit.at_least, true, limit.source);
      require(measure, limit.at_most, false, limit.source);
    } else if (limit.quantity == "module.power_w.module" || limit.quantity == "module.power_w.with_laser") {
      const cluster::Baseline itself = baseline_of(loaded_);
      const double nominal = limit.quantity.ends_with("with_laser") ? itself.module.power_w.with_laser
                                                                    : itself.module.power_w.module;
      for (const bool at_least : {false, true})
        if (const double bound = at_least ? limit.at_least : limit.at_most; std::isfinite(bound))
          module_requirements_.push_back({limit.quantity, bound, at_least, "W", limit.source, 0, nominal});
    } else if (limit.quantity != "lane.ber_pre_fec") {  // that is the margin
      not_judged_.push_back(limit.quantity);
    }
  }

  const compliance::Pmd* pmd = loaded_.design.lane.pmd.value.get();
  if (!pmd || launched_ == measures_.size()) return;
  const compliance::PmdTransmitter& demands = pmd->transmitter;
  const std::size_t oma = launched_, extinction = launched_ + 1, average = launched_ + 2;
  const auto source = [&](const char* key) {
    const auto origin = loaded_.provenance.find(std::string("lane.pmd.transmitter.") + key);
    return origin == loaded_.provenance.end() ? std::string() : origin->second.source;
  };
  require(average, to_dbm(demands.average_power_low), true, source("average_power_low"));
  require(average, to_dbm(demands.average_power_high), false, source("average_power_high"));
  require(oma, to_dbm(demands.oma_high), false, source("oma_high"));
  require(oma, to_dbm(demands.oma_floor), true, source("oma_floor"));
  if (demands.extinction_low > 1.0)
    require(extinction, to_db(demands.extinction_low), true, source("extinction_low"));
  not_judged_.push_back("TECQ, TDECQ and what " + loaded_.design.lane.pmd.name + " makes of them");
}

}  // namespace waverack::study
