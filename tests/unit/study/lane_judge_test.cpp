// Lasers set on the line, against theory: yield, eq. 8. The light launched grows by one decibel for each
// decibel of laser power and falls by one for each of the connector's loss, in the polynomials, which are
// straight lines here, as in full solutions.

#include "waverack/study/lane_judge.hpp"

#include <gtest/gtest.h>

#include "unit/study/yield_lane.hpp"

namespace waverack::study {
namespace {

constexpr double trim_range_db = 2.0, guard_db = 0.1;
constexpr int ways = 4;

// Four lanes of one laser; the loss of a connector in front of the test point varies.
LoadedDesign trimmed_design() {
  LoadedDesign loaded = yield_design({.lanes = ways});
  link::Lane& lane = loaded.design.lane;
  parts::LaserPath path;
  path.ways = ways;
  lane.light.push_back(lanes::instance(path));
  lane.chain.insert(lane.chain.begin() + 3,
                    {lanes::instance(parts::TestPoint{}, "TP2"), lanes::instance(parts::Fibre{})});
  loaded.design.module.production.laser_trim = from_db(trim_range_db);
  return loaded;
}

struct TrimOfALaser {
  std::vector<double> losses_db;  // of each lane's connector, above the designed one
  double most_db = 100.0;         // limit of the launched OMA, above the designed one
  double expected_db = 0.0;
};

class LaserTrims : public testing::TestWithParam<TrimOfALaser> {};

TEST_P(LaserTrims, FollowTheMiddleOfTheLanes) {
  const TrimOfALaser& given = GetParam();
  LoadedDesign loaded = trimmed_design();
  const std::vector<Variation> variations = variations_of(loaded, ways);
  ASSERT_EQ(variations.size(), 2u);
  const std::size_t laser = variations[0].in_light ? 0 : 1, connector = 1 - laser;
  {
    const LaneMeasures designed(loaded, variations);
    ASSERT_LT(designed.launched(), designed.list().size());
    const Measure& oma = designed.list()[designed.launched()];
    loaded.design.limits = {
        {.quantity = oma.name, .at_most = oma.nominal + given.most_db, .unit = "dBm", .source = ""}};
  }
  const LaneMeasures measures(loaded, variations);
  std::vector<ResponseSurface> surfaces;
  for (const Measure& measure : measures.list()) {
    std::vector<SurfaceTerm> line{{.weight = measure.nominal}};
    line.push_back(
        {.first = static_cast<int>(laser), .first_degree = 1, .weight = variations[laser].deviation});
    line.push_back({.first = static_cast<int>(connector),
                    .first_degree = 1,
                    .weight = -variations[connector].deviation});
    surfaces.emplace_back(std::move(line), 1.0);
  }
  const LaneJudge judge(loaded, variations, measures, surfaces);
  for (const Measuring measuring : {Measuring::polynomials, Measuring::full}) {
    std::vector<double> deviations(2 * ways);
    for (std::size_t lane = 0; lane < ways; ++lane) deviations[2 * lane + connector] = given.losses_db[lane];
    judge.calibrate(deviations, measuring);
    for (std::size_t lane = 0; lane < ways; ++lane) {
      // A full solution reads OMA from a waveform in single precision.
      EXPECT_NEAR(deviations[2 * lane + laser], given.expected_db,
                  measuring == Measuring::full ? 2e-3 : 1e-9);
      EXPECT_EQ(deviations[2 * lane + connector], given.losses_db[lane]);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Of, LaserTrims,
    testing::Values(TrimOfALaser{{0.2, -0.4, 1.0, 0.0}, 100.0, 0.3},           // ½(1.0 − 0.4)
                    TrimOfALaser{{3.0, 3.2, 2.8, 3.0}, 100.0, trim_range_db},  // as far as it goes, up
                    TrimOfALaser{{-3.0, -3.2, -2.8, -3.0}, 100.0, -trim_range_db},
                    // The strongest lane, 0.4 above, may rise to the guard before the limit.
                    TrimOfALaser{{0.2, -0.4, 1.0, 0.0}, 0.6, 0.6 - guard_db - 0.4}));

}  // namespace
}  // namespace waverack::study
