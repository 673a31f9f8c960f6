#pragma once
// By which numbers of a lane a module is accepted, and how they follow from what varies.

#include <string>
#include <vector>

#include "waverack/link/lane_outcome.hpp"
#include "waverack/study/variation.hpp"

namespace waverack::study {

// "lane.margin_db", "lane.test_points.TP2.oma_outer_dbm", or the margin of one of several segments.
struct Measure {
  std::string name, unit;
  double nominal = 0.0;  // of the lane as designed
  bool varies = true;    // false: nothing that varies touches it
};

struct Requirement {
  std::string name;  // of the measure, or "module.power_w.module"
  double limit = 0.0;
  bool at_least = true;
  std::string unit, source;
  std::size_t measure = 0;  // of a lane
  double nominal = 0.0;
  // How far a value is on the good side.
  double slack(double value) const { return at_least ? value - limit : limit - value; }
};

// The measures of a design's lane, and how they are solved in full. Holds references to what it is made of.
class LaneMeasures {
 public:
  // Solves the lane as designed. Throws Error where that cannot be solved.
  LaneMeasures(const LoadedDesign&, const std::vector<Variation>&);

  const std::vector<Measure>& list() const { return measures_; }
  // The margin that histograms are about: of the segment that carries light, else of the one with the least.
  std::size_t margin() const { return margin_; }
  // OMA at the last test point in front of the fibre; list().size() where there is none.
  std::size_t launched() const { return launched_; }

  // All measures of a lane whose numbers deviate by `deviations`; NaN, each, where the lane cannot be solved.
  std::vector<double> solve(std::span<const double> deviations) const;
  // The same as far as a verdict needs them: margins are on the right side of their limits, and near their
  // values only close to these. A third of the time.
  std::vector<double> solve_for_verdict(std::span<const double> deviations) const;
  // Those of the light launched at that test point alone, in their places; the others are NaN.
  std::vector<double> solve_launched(std::span<const double> deviations) const;
  // Whether a measure grows by one decibel for each decibel of laser power: OMA and average power there.
  bool follows_laser(std::size_t measure) const {
    return measure == launched_ || (measure == launched_ + 2 && launched_ < measures_.size());
  }

  // What the lanes of the design must hold: the margin limit of the module's production, the design's limits
  // on margins and launched light, and what its PMD says of average power, OMA and extinction.
  const std::vector<Requirement>& lane_requirements() const { return requirements_; }
  // Limits on the watts of the module, alone and with its lasers.
  const std::vector<Requirement>& module_requirements() const { return module_requirements_; }
  // Limits of the design that are not judged.
  const std::vector<std::string>& not_judged() const { return not_judged_; }

 private:
  std::vector<double> values(const link::LaneOutcome&) const;
  std::vector<double> solve(std::span<const double> deviations, const link::OutcomeQuestions&) const;
  link::Lane deviated_lane(std::span<const double> deviations) const;
  void find_requirements();
  void require(std::size_t measure, double limit, bool at_least, std::string source);
  std::size_t find(const std::string& name) const;

  const LoadedDesign& loaded_;
  const std::vector<Variation>& variations_;
  link::OutcomeQuestions questions_, verdict_questions_;
  std::vector<std::size_t> segment_measures_;  // of each segment
  std::vector<Measure> measures_;
  std::vector<Requirement> requirements_, module_requirements_;
  std::vector<std::string> not_judged_;
  std::size_t margin_ = 0, launched_ = 0;
  bool optical_ = false;
};

}  // namespace waverack::study
