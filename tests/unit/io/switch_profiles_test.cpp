#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "waverack/cluster/circuit_switch.hpp"
#include "waverack/cluster/switch.hpp"
#include "waverack/io/profile.hpp"

namespace waverack::io {
namespace {

TEST(SwitchProfiles, AreAllRead) {
  EXPECT_THAT(profile_names("switch"), testing::IsSupersetOf({"102.4t", "51.2t", "nvlink5", "q3400", "q3450",
                                                              "qm9700", "s9321-64e", "sn5600"}));
  for (const std::string& name : profile_names("switch")) {
    const auto profile = load_profile<cluster::Switch>("switch", name);
    const cluster::Switch& s = profile.value;
    EXPECT_FALSE(s.title.empty()) << name;
    EXPECT_GT(s.typical_power.low, 0.0) << name;
    EXPECT_LE(s.typical_power.value, s.maximum_power.value) << name;
    for (const char* key : {"capacity", "cages", "typical_power", "maximum_power", "latency", "liquid_share"})
      EXPECT_FALSE(profile.provenance.at(key).source.empty()) << name << " " << key;
  }
}

// Facts: cluster 5.3. Typical and maximum power of one box are far apart and must not be exchanged.
TEST(SwitchProfiles, StateTheWattsOfTheFacts) {
  const struct {
    const char* name;
    double capacity, typical, maximum;  // maximum 0: none is published
  } rows[] = {{"sn5600", 51.2e12, 940.0, 0.0},
              {"s9321-64e", 51.2e12, 913.0, 0.0},
              {"q3400", 115.2e12, 2900.0, 7000.0},
              {"qm9700", 25.6e12, 747.0, 1500.0}};
  for (const auto& row : rows) {
    const auto profile = load_profile<cluster::Switch>("switch", row.name);
    EXPECT_DOUBLE_EQ(profile.value.capacity, row.capacity) << row.name;
    EXPECT_DOUBLE_EQ(profile.value.typical_power.value, row.typical) << row.name;
    EXPECT_EQ(profile.provenance.at("typical_power").kind, Kind::claim) << row.name;
    if (row.maximum > 0.0) {
      EXPECT_DOUBLE_EQ(profile.value.maximum_power.value, row.maximum) << row.name;
      EXPECT_EQ(profile.provenance.at("maximum_power").kind, Kind::claim) << row.name;
    } else {
      EXPECT_EQ(profile.provenance.at("maximum_power").kind, Kind::derived) << row.name;
    }
  }
}

// "7.0 kW standard against 3.95 kW CPO, -44 %" mixes maximum and typical; with 25 W modules CPO saves 16 %
// (facts: cluster 5.3).
TEST(SwitchProfiles, TheMixedComparisonIsUndone) {
  const cluster::Switch pluggable = load_profile<cluster::Switch>("switch", "q3400").value;
  const cluster::Switch cpo = load_profile<cluster::Switch>("switch", "q3450").value;
  const double with_modules = pluggable.typical_power.value + pluggable.cages * 25.0;
  const double with_engines = cpo.typical_power.value + 72 * 9.0;
  EXPECT_NEAR(1.0 - with_engines / with_modules, 0.16, 0.005);
}

TEST(CircuitSwitchProfiles, AreAllRead) {
  EXPECT_THAT(profile_names("circuit_switch"), testing::ElementsAre("palomar"));
  const auto profile = load_profile<cluster::CircuitSwitch>("circuit_switch", "palomar");
  EXPECT_EQ(profile.value.ports, 136);
  EXPECT_EQ(usable_ports(profile.value), 128);  // 128 ports and 8 spares
  EXPECT_NEAR(profile.value.insertion_loss.value, 1.585, 1e-3);
  EXPECT_NEAR(profile.value.return_loss.value, 39811.0, 1.0);
}

}  // namespace
}  // namespace waverack::io
