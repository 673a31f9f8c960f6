#include "waverack/cluster/clos.hpp"

#include <gtest/gtest.h>

#include "waverack/base/error.hpp"

// Published counts: facts, cluster 4.2 (test vectors V1 to V6) and 4.3 (sizing table).

namespace waverack::cluster {
namespace {

struct Sizing {
  std::int64_t endpoints;
  int radix, tiers;
  std::int64_t switches;
};

class SizingTable : public testing::TestWithParam<Sizing> {};

TEST_P(SizingTable, TiersAndSwitches) {
  const Sizing row = GetParam();
  const Clos clos = count_clos(row.endpoints, row.radix);
  EXPECT_EQ(clos.tiers, row.tiers);
  EXPECT_EQ(clos.switches, row.switches);
}

INSTANTIATE_TEST_SUITE_P(
    Facts, SizingTable,
    testing::Values(Sizing{10368, 64, 3, 810}, Sizing{10368, 128, 3, 405}, Sizing{10368, 144, 2, 216},
                    Sizing{10368, 288, 2, 108}, Sizing{10368, 512, 2, 61}, Sizing{32768, 64, 3, 2560},
                    Sizing{32768, 128, 3, 1280}, Sizing{32768, 144, 3, 1138}, Sizing{32768, 288, 2, 342},
                    Sizing{32768, 512, 2, 192}, Sizing{100000, 64, 4, 10938}, Sizing{100000, 128, 3, 3907},
                    Sizing{100000, 144, 3, 3473}, Sizing{100000, 288, 3, 1737}, Sizing{100000, 512, 2, 586}));

TEST(Clos, V1SwitchesOfLambdaClusters) {
  EXPECT_EQ(count_clos(576, 144).switches, 12);
  EXPECT_EQ(count_clos(10368, 144).switches, 216);
  EXPECT_EQ(count_clos(41472, 144).switches, 1440);
}

TEST(Clos, V2TransceiversOfATwoLayerCluster) {
  const Clos clos = count_clos(18432, 512, 2);
  EXPECT_EQ(clos.nic_ends, 18432);         // 800G DR4, one per network card
  EXPECT_EQ(clos.switch_ends / 2, 27648);  // 1.6T DR8, two ends each
}

TEST(Clos, V3PowerOfThoseTransceivers) {
  const Clos clos = count_clos(18432, 512, 2);
  const double watts =
      static_cast<double>(clos.nic_ends) * 6.5 + static_cast<double>(clos.switch_ends) / 2 * 13.0;
  EXPECT_NEAR(watts, 479e3, 0.5e3);             // computed in the facts; published 480 kW
  EXPECT_NEAR(watts / 256.0, 1.87e3, 0.005e3);  // per rack; published 1.8 kW
}

TEST(Clos, V4SwitchSidePluggables) { EXPECT_EQ(count_clos(131072, 512, 3).switch_ends, 655360); }

TEST(Clos, V5LargestEndpoints) {
  EXPECT_EQ(largest_endpoints(128, 2), 8192);
  EXPECT_EQ(largest_endpoints(512, 2), 131072);
  EXPECT_EQ(largest_endpoints(64, 3), 65536);
}

TEST(Clos, V6NicTransceivers) { EXPECT_EQ(count_clos(4 * 24576, 128).nic_ends, 98304); }

TEST(Clos, EndsAndLinksPerEndpoint) {
  // "2 transceivers per GPU now, 6 at larger scale" is 2L with L = 1 and 3 (facts: cluster 4.2).
  for (const auto& [tiers, per_endpoint] : {std::pair{1, 2}, std::pair{2, 4}, std::pair{3, 6}}) {
    const Clos clos = count_clos(64, 64, tiers);
    EXPECT_EQ(clos.nic_ends + clos.switch_ends, per_endpoint * 64);
    EXPECT_EQ(2 * clos.links, clos.nic_ends + clos.switch_ends);
  }
}

// 100 endpoints on switches of 64: 300 ports are 5 switches. By hand: a leaf has 32 ports down, so that 4 of
// them are needed, and 100 links up take two spines of 64.
TEST(Clos, WholeSwitchesOfEveryTier) {
  const Clos clos = count_clos(100, 64, 2);
  EXPECT_EQ(clos.switches, 5);
  EXPECT_EQ(clos.levels[0].switches, 4);
  EXPECT_EQ(clos.levels[1].switches, 1);
  EXPECT_EQ(clos.levels[0].whole, 4);
  EXPECT_EQ(clos.levels[1].whole, 2);
  // Full networks have nothing to round: (2L − 1)·N/k = 5·65536/64.
  std::int64_t whole = 0;
  for (const ClosTier& tier : count_clos(65536, 64, 3).levels) whole += tier.whole;
  EXPECT_EQ(whole, 5120);
}

// Down to up of 2 leaves a port of ten without use: 6 down and 3 up. 60 endpoints are 90 ports, which nine
// switches have, and need ten leaves.
TEST(Clos, WholeSwitchesOfPartlyUsedOnes) {
  const Clos clos = count_clos(60, 10, 2, {2.0});
  EXPECT_EQ(clos.levels[0].switches, 9);
  EXPECT_EQ(clos.levels[0].whole, 10);
}

TEST(Clos, AnOddRadixWastesItsLastPort) {
  EXPECT_EQ(largest_endpoints(7, 1), 6);
  EXPECT_EQ(largest_endpoints(7, 2), 18);
}

TEST(Clos, TooManyEndpointsIsAnError) {
  try {
    count_clos(100000, 64, 3);
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "cluster.switch_radix: 3 tiers of switches of radix 64 carry 65536 endpoints, not 100000 "
                 "(allowed: a larger radix, more tiers or fewer endpoints)");
  }
}

}  // namespace
}  // namespace waverack::cluster
