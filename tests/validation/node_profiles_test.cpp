#include <gtest/gtest.h>

#include "hall_bills.hpp"
#include "waverack/cluster/node.hpp"
#include "waverack/cluster/racks.hpp"
#include "waverack/io/profile.hpp"

namespace waverack::cluster {
namespace {

TEST(NodeProfiles, AreReadWithTheirSources) {
  for (const char* name : {"gb300-nvl72", "gb200-nvl72", "hgx-h100", "vr-nvl72", "driving-2000-tops"}) {
    const io::Profile<ComputeNode> profile = io::load_profile<ComputeNode>("node", name);
    EXPECT_GT(profile.value.power_per_gpu.value, 0.0) << name;
    EXPECT_LT(profile.value.power_per_gpu.low, profile.value.power_per_gpu.high) << name;
    for (const char* key : {"gpus", "height_units", "power_per_gpu", "liquid_share", "peak_flops"})
      EXPECT_FALSE(profile.provenance.at(key).source.empty()) << name << " " << key;
  }
  // 132 to 140 kW (facts: cluster 5.3).
  const auto gb300 = io::load_profile<ComputeNode>("node", "gb300-nvl72").value;
  EXPECT_NEAR(gb300.power_per_gpu.low * gb300.gpus, 132e3, 100.0);
  EXPECT_NEAR(gb300.power_per_gpu.high * gb300.gpus, 140e3, 100.0);
}

// How a rack of each kind comes out with the limits of RackLimits. Facts: cluster 5.3: racks of 120, 132 to
// 140 and 190 to 230 kW, each one node of 72 GPUs. Servers cooled by air: about 40 kW (facts: cluster 3.3).
TEST(NodeProfiles, FillRacksAsPublished) {
  struct Row {
    const char* name;
    RackLimit limit;
    double gpus, low_kw, high_kw;
  };
  for (const Row& row :
       {Row{"gb200-nvl72", RackLimit::height, 72, 115, 130},
        Row{"gb300-nvl72", RackLimit::height, 72, 132, 145}, Row{"vr-nvl72", RackLimit::height, 72, 190, 230},
        Row{"hgx-h100", RackLimit::air_cooling, 32, 28, 40}}) {
    const ComputeNode node = io::load_profile<ComputeNode>("node", row.name).value;
    BillLine line = nodes(720, node.gpus * node.power_per_gpu.value, node.liquid_share);
    line.fans_inside_at = node.fans_inside_at;
    const RackResult racks = fill_racks({}, rack_boxes({line}, {}, {}, node, {}));
    EXPECT_EQ(racks.limit, row.limit) << row.name;
    EXPECT_EQ(racks.gpus_per_rack, row.gpus) << row.name;
    EXPECT_GT(racks.rack_power_w, 1e3 * row.low_kw) << row.name;
    EXPECT_LT(racks.rack_power_w, 1e3 * row.high_kw) << row.name;
  }
}

// What is published of a rack is what it draws, fans and all (facts: cluster 5.3): a hall full of them has
// that as its IT.
TEST(NodeProfiles, AHallOfThemDrawsWhatIsPublished) {
  const Hall hall;
  const HallYear year = hall_year(hall, "hall");
  for (const auto& [name, kilowatts] :
       {std::pair{"gb200-nvl72", 120.0}, std::pair{"gb300-nvl72", 136.0}, std::pair{"vr-nvl72", 210.0}}) {
    const ComputeNode node = io::load_profile<ComputeNode>("node", name).value;
    BillLine line = nodes(100, node.gpus * node.power_per_gpu.value, node.liquid_share);
    line.fans_inside_at = node.fans_inside_at;
    const HallResult result = solve_hall(hall, year, {line});
    EXPECT_NEAR(result.it_w / 100.0, 1e3 * kilowatts, 0.001 * 1e3 * kilowatts) << name;
    EXPECT_GT(result.itue, 1.02) << name;  // its fans are told all the same
  }
}

// The same server with cold plates for nine tenths of its heat: the class of cooling is what makes racks
// dense.
TEST(NodeProfiles, TheSameServerInLiquidIsDenser) {
  const ComputeNode node = io::load_profile<ComputeNode>("node", "hgx-h100").value;
  const auto racks = [&](double liquid_share) {
    BillLine line = nodes(600, node.gpus * node.maximum_power_per_gpu.value, liquid_share);
    line.fans_inside_at = node.fans_inside_at;
    return fill_racks({}, rack_boxes({line}, {}, {}, node, {}));
  };
  const RackResult air = racks(0.0), liquid = racks(0.9);
  EXPECT_EQ(liquid.limit, RackLimit::height);
  EXPECT_DOUBLE_EQ(density_over(liquid, air).whole, 2.0);  // 6 servers of 8 units in 48, against 3
}

}  // namespace
}  // namespace waverack::cluster
