// Expected boundaries: closed forms of the laws, and the crossings that cluster/crossover.hpp finds by
// bisection.

#include "waverack/cluster/technology_map.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace waverack::cluster {
namespace {

constexpr double far = std::numeric_limits<double>::infinity();

double crossing(const CrossoverInputs& inputs, std::string_view id) {
  for (const Crossover& c : crossovers(inputs))
    if (c.id == id) return c.value;
  throw std::logic_error("no such crossover");
}

// 2 m and 5.5 m at 100 Gb/s a lane; at 200 Gb/s by 2^-0.75 = 0.5946 of them: 1.19 m and 3.27 m.
TEST(TechnologyMap, CopperEndsAtItsReach) {
  const CrossoverInputs inputs;
  const double rate = 8 * 200e9;
  EXPECT_EQ(first_that_serves(inputs, rate, 1.18), LinkKind::passive_copper);
  EXPECT_EQ(first_that_serves(inputs, rate, 1.20), LinkKind::active_copper);
  EXPECT_EQ(first_that_serves(inputs, rate, 3.26), LinkKind::active_copper);
  EXPECT_EQ(first_that_serves(inputs, rate, 3.28), LinkKind::linear_module);
}

// Two hosts of 12 dB at 200 Gb/s a lane are 36 dB at (36/24)^(1/0.75) of that.
TEST(TechnologyMap, LinearModulesEndWithTheSerDes) {
  const CrossoverInputs inputs;
  const double rate = crossing(inputs, "lpo-lane-rate") * inputs.lanes_per_cage;
  EXPECT_NEAR(rate, 8 * 200e9 * std::pow(1.5, 1.0 / 0.75), 1e4);
  CrossoverInputs cooled = inputs;
  cooled.cage_power = exactly(1000.0);
  EXPECT_EQ(first_that_serves(cooled, 0.999 * rate, far), LinkKind::linear_module);
  EXPECT_EQ(first_that_serves(cooled, 1.001 * rate, far), LinkKind::retimed_module);
}

TEST(TechnologyMap, EnginesBeginWhereThePluggablesEnd) {
  CrossoverInputs inputs;
  // Linear modules out of the way.
  inputs.linear_host_loss = inputs.serdes_reach;
  const double rate = crossing(inputs, "cpo-rate");
  EXPECT_NEAR(rate, 35.0 / 15.6e-12, 1e3);
  EXPECT_EQ(first_that_serves(inputs, 0.999 * rate, far), LinkKind::retimed_module);
  EXPECT_EQ(first_that_serves(inputs, 1.001 * rate, far), LinkKind::co_packaged);
  // 4 dB at 200 Gb/s a lane grow to 36 dB at 9^(1/0.75) of it; beyond, nothing serves.
  const double last = 8 * 200e9 * std::pow(9.0, 1.0 / 0.75);
  EXPECT_EQ(first_that_serves(inputs, 0.999 * last, far), LinkKind::co_packaged);
  EXPECT_EQ(first_that_serves(inputs, 1.001 * last, far), LinkKind::none);
}

TEST(TechnologyMap, CellsAreTheAnswersAtTheirPlaces) {
  const CrossoverInputs inputs;
  const std::vector<TechnologyMap> maps = technology_maps(inputs);
  ASSERT_EQ(maps.size(), 2u);
  for (const TechnologyMap& map : maps) {
    ASSERT_EQ(map.first.size(), map.x.values.size() * map.y.values.size());
    EXPECT_TRUE(std::is_sorted(map.x.values.begin(), map.x.values.end()));
    EXPECT_TRUE(std::is_sorted(map.y.values.begin(), map.y.values.end()));
  }
  for (const std::size_t row : {0u, 13u, 48u})
    for (const std::size_t column : {0u, 20u, 31u, 48u}) {
      const double rate = maps[0].x.values[column];
      EXPECT_EQ(maps[0].at(column, row), first_that_serves(inputs, rate, maps[0].y.values[row]));
      CrossoverInputs cooled = inputs;
      cooled.cage_power = exactly(maps[1].y.values[row]);
      EXPECT_EQ(maps[1].at(column, row), first_that_serves(cooled, rate, far));
    }
}

// What serves a link changes only to what is harder to build, as links get faster or longer, and back as
// cages carry more.
TEST(TechnologyMap, HarderLinksNeverGetEasierTechnology) {
  const std::vector<TechnologyMap> maps = technology_maps({});
  const std::size_t n = maps[0].x.values.size();
  for (std::size_t j = 0; j < n; ++j)
    for (std::size_t i = 0; i + 1 < n; ++i) {
      EXPECT_LE(maps[0].at(i, j), maps[0].at(i + 1, j));
      EXPECT_LE(maps[0].at(j, i), maps[0].at(j, i + 1));
      EXPECT_LE(maps[1].at(i, j), maps[1].at(i + 1, j));
      EXPECT_GE(maps[1].at(j, i), maps[1].at(j, i + 1));
    }
}

}  // namespace
}  // namespace waverack::cluster
