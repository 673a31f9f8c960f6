#pragma once
// The lanes of a module, calibrated, measured by polynomials or in full, and judged.

#include "waverack/study/lane_measures.hpp"
#include "waverack/study/response_surface.hpp"

namespace waverack::study {

// How lanes are measured: by the polynomials; in full; or in full as far as their verdicts go, margins then
// being estimates away from their limits.
enum class Measuring { polynomials, full, verdicts };

// One lane of a module.
struct JudgedLane {
  double margin = 0.0;          // the measure that LaneMeasures::margin names
  double slack = 0.0;           // of the requirement that it misses by most, or holds by least
  std::size_t requirement = 0;  // that one
  bool good() const { return slack >= 0.0; }
};

class LaneJudge {
 public:
  // `surfaces` describe the measures, in their order and in standard deviations of the variations. Everything
  // must outlive the judge.
  LaneJudge(const LoadedDesign&, const std::vector<Variation>&, const LaneMeasures&,
            const std::vector<ResponseSurface>& surfaces);

  // Sets the lasers: each so that the middle of its lanes' launched OMA is as designed, unless that takes one
  // of them beyond a limit of launched light, and as far as the trim goes (theory: yield, eq. 8).
  // `deviations` lane by lane, as ModuleDraws gives them.
  void calibrate(std::span<double> deviations, Measuring) const;

  JudgedLane judge(std::span<const double> deviations, Measuring) const;

  // What the polynomials say of one requirement of a lane.
  double slack(std::size_t requirement, std::span<const double> deviations) const;

 private:
  double measure(std::size_t measure, std::span<const double> deviations) const;
  double trim(std::span<const double> deviations, Measuring) const;
  JudgedLane judged(std::span<const double> values) const;

  const std::vector<Variation>& variations_;
  const LaneMeasures& measures_;
  const std::vector<ResponseSurface>& surfaces_;
  double trim_db_;
  int lanes_of_laser_;
  std::size_t laser_power_;  // the variation that is trimmed
};

}  // namespace waverack::study
