#include "waverack/cluster/blast_radius.hpp"

#include <gtest/gtest.h>

namespace waverack::cluster {
namespace {

Switch q3450() {
  Switch box;
  box.capacity = 115.2e12;
  return box;
}

Technology engine(double rate) {
  Technology technology;
  technology.form = Form::co_packaged;
  technology.mac_rate = rate;
  technology.lanes = static_cast<int>(rate / 200e9);
  technology.lanes_of_laser = 4;
  technology.laser_power = exactly(2.0);
  technology.failures = exactly(1000 * fit);
  technology.laser_failures = exactly(160 * fit);
  return technology;
}

// Facts, cluster 7.2: a laser module of 8 lasers at 1:4 is 32 lanes, eight ports of 800G; an engine of 1.6T
// two ports, of 3.2T four; the switch 144; 18 laser modules beside it.
TEST(BlastRadius, PublishedPorts) {
  const auto table = blast_radius(engine(1.6e12), q3450(), 800e9, {});
  ASSERT_EQ(table.size(), 4u);
  EXPECT_EQ(table[0].item, "laser");
  EXPECT_EQ(table[0].ports_best, 1.0);
  EXPECT_EQ(table[1].item, "laser module");
  EXPECT_EQ(table[1].lanes, 32.0);
  EXPECT_EQ(table[1].ports_best, 8.0);
  EXPECT_EQ(table[1].of_one_switch, 18.0);
  EXPECT_EQ(table[2].item, "engine");
  EXPECT_EQ(table[2].ports_worst, 2.0);
  EXPECT_EQ(table[2].of_one_switch, 72.0);
  EXPECT_FALSE(table[2].replaceable);
  EXPECT_EQ(table[3].item, "switch");
  EXPECT_EQ(table[3].ports_worst, 144.0);
  EXPECT_EQ(blast_radius(engine(3.2e12), q3450(), 800e9, {})[2].ports_worst, 4.0);
}

// Lanes on four-lane ports, every place of the first lane counted.
TEST(BlastRadius, LanesThatDoNotBeginWithAPort) {
  Technology technology = engine(3.2e12);
  for (const int lanes : {1, 2, 3, 4, 6, 8}) {
    technology.lanes_of_laser = lanes;
    int sum = 0, worst = 0;
    for (int first = 0; first < 4; ++first) {
      const int ports = (first + lanes - 1) / 4 + 1;
      sum += ports;
      worst = std::max(worst, ports);
    }
    const Blast laser = blast_radius(technology, q3450(), 800e9, {})[0];
    EXPECT_DOUBLE_EQ(laser.ports_expected, sum / 4.0) << lanes;
    EXPECT_DOUBLE_EQ(laser.ports_worst, worst) << lanes;
    EXPECT_DOUBLE_EQ(laser.ports_best, (lanes + 3) / 4) << lanes;
  }
}

TEST(BlastRadius, Rates) {
  const auto table = blast_radius(engine(3.2e12), q3450(), 800e9, {});
  EXPECT_NEAR(table[0].failures / fit, 40.0, 1e-9);  // four lasers feed the sixteen lanes: 160 FIT
  EXPECT_NEAR(table[2].failures / fit, 1000.0, 1e-9);
  EXPECT_NEAR(table[3].failures / fit, 698.0, 1e-9);
  EXPECT_NEAR(table[2].lost_ports(), 36 * 1000 * fit * 4, 1e-18);
  Technology pluggable;
  pluggable.mac_rate = 1.6e12;
  pluggable.lanes = 8;
  const auto plain = blast_radius(pluggable, q3450(), 800e9, {});
  ASSERT_EQ(plain.size(), 2u);  // no external lasers
  EXPECT_EQ(plain[0].item, "module");
  EXPECT_TRUE(plain[0].replaceable);
  EXPECT_NEAR(plain[0].failures / fit, 1818.0, 1e-9);
}

}  // namespace
}  // namespace waverack::cluster
