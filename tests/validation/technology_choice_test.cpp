#include <gtest/gtest.h>

#include "clusters.hpp"

// Published counts and watts (facts: cluster 4.2 V2 and V3, 5.4), with technologies of those watts.

namespace waverack::cluster {
namespace {

using example::clos;
using example::input;
using example::optics;

std::int64_t modules(const ChoiceResult& result, std::string_view item) {
  std::int64_t count = 0;
  for (const BillLine& line : result.lines)
    if (line.kind == ItemKind::module && line.item == item) count += line.quantity;
  return count;
}

// SemiAnalysis CPO book: 18,432 GB300 in two layers take 18,432 × 800G DR4 and 27,648 × 1.6T DR8, 480 kW at 6
// to 7 and 12 to 14 W; the facts compute 479 kW and 1.87 kW in each of 256 racks at 6.5 and 13 W.
TEST(TechnologyChoice, V2AndV3TransceiversAndWattsOfATwoLayerCluster) {
  const example::Clos network = clos(18432, 512, 2, 256);  // 512 ports of 800G in 256 cages of 1.6T
  const std::vector<Technology> technologies{optics("800g-dr4", 6.5),
                                             optics("1.6t-dr8", 13.0, Form::pluggable, 1.6e12)};
  const ChoiceResult result = choose({}, input(network, technologies));
  EXPECT_EQ(modules(result, "800g-dr4"), 18432);
  EXPECT_EQ(modules(result, "1.6t-dr8"), 27648);
  EXPECT_NEAR(result.total.watts, 479e3, 0.5e3);
  EXPECT_NEAR(result.total.watts / 256.0, 1.87e3, 0.005e3);
}

struct Row {
  int tiers;
  double dsp, lro, lpo, cpo_low, cpo_high;
};

class WattsPerGpu : public testing::TestWithParam<Row> {};

double watts_per_gpu(int tiers, const std::vector<Technology>& technologies) {
  const std::int64_t endpoints = 1 << 15;
  const example::Clos network = clos(endpoints, 512, tiers, 512);
  return choose({}, input(network, technologies)).total.watts / static_cast<double>(endpoints);
}

// As printed, to the watt.
TEST_P(WattsPerGpu, OfTheTable) {
  const Row row = GetParam();
  EXPECT_NEAR(watts_per_gpu(row.tiers, {optics("dsp", 16.5)}), row.dsp, 0.5);
  EXPECT_NEAR(watts_per_gpu(row.tiers, {optics("lro", 11.0)}), row.lro, 0.5);
  EXPECT_NEAR(watts_per_gpu(row.tiers, {optics("lpo", 8.0)}), row.lpo, 0.5);
  EXPECT_NEAR(watts_per_gpu(row.tiers, {optics("dsp", 16.5), optics("cpo", 3.5, Form::co_packaged)}),
              row.cpo_low, 0.5);
  EXPECT_NEAR(watts_per_gpu(row.tiers, {optics("dsp", 16.5), optics("cpo", 5.5, Form::co_packaged)}),
              row.cpo_high, 0.5);
}

INSTANTIATE_TEST_SUITE_P(Facts, WattsPerGpu,
                         testing::Values(Row{3, 99, 66, 48, 34, 44}, Row{2, 66, 44, 32, 27, 33}));

}  // namespace
}  // namespace waverack::cluster
