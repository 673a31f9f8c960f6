#include "waverack/study/variation.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "lanes.hpp"
#include "unit/base/message_of.hpp"

namespace waverack::study {
namespace {

using testing::HasSubstr;

LoadedDesign design() {
  LoadedDesign loaded;
  loaded.design.lane = lanes::complete_lane();
  loaded.design.module.production.laser_trim = 1.0;
  return loaded;
}

parts::Instance& part(LoadedDesign& loaded, std::string_view name) {
  for (auto* list : {&loaded.design.lane.light, &loaded.design.lane.chain})
    for (parts::Instance& instance : *list)
      if (instance.name == name) return instance;
  throw std::logic_error("no such part");
}

TEST(Variation, NumbersOfNestedTablesAreFoundAndSet) {
  LoadedDesign loaded = design();
  part(loaded, "retimer").spread = {
      {.key = "input.noise_density", .scale = parts::SpreadScale::share, .sigma = 0.1}};
  const std::vector<Variation> list = variations_of(loaded, 8);
  ASSERT_EQ(list.size(), 1u);
  EXPECT_EQ(list[0].path, "lane.chain.retimer.input.noise_density");
  const double before = std::get<parts::Retimer>(part(loaded, "retimer").part).input.noise_density;
  EXPECT_TRUE(set_number(loaded.design.lane, list[0], 0.2));
  EXPECT_DOUBLE_EQ(std::get<parts::Retimer>(part(loaded, "retimer").part).input.noise_density, 1.2 * before);
  EXPECT_TRUE(set_number(loaded.design.lane, list[0], 0.0));
  EXPECT_DOUBLE_EQ(std::get<parts::Retimer>(part(loaded, "retimer").part).input.noise_density, before);
}

TEST(Variation, ARangeHoldsANumberAtItsEnd) {
  LoadedDesign loaded = design();
  part(loaded, "near").spread = {
      {.key = "insertion_loss", .scale = parts::SpreadScale::decibel, .sigma = 0.2}};
  const std::vector<Variation> list = variations_of(loaded, 8);
  EXPECT_FALSE(set_number(loaded.design.lane, list[0], -1.0));  // of 0.25 dB
  EXPECT_DOUBLE_EQ(std::get<parts::Connector>(part(loaded, "near").part).insertion_loss, 1.0);
}

TEST(Variation, WhatStandsInFrontOfTheSplitIsOfTheLaser) {
  LoadedDesign loaded = design();
  part(loaded, "cw_laser").spread = {{.key = "rin", .scale = parts::SpreadScale::decibel, .sigma = 1.0}};
  part(loaded, "laser_path").spread = {
      {.key = "coupling_loss", .scale = parts::SpreadScale::decibel, .sigma = 0.3}};
  const std::vector<Variation> list = variations_of(loaded, 8);
  ASSERT_EQ(list.size(), 2u);
  EXPECT_TRUE(list[0].of_laser);
  EXPECT_FALSE(list[1].of_laser);
  EXPECT_EQ(lanes_of_laser(loaded.design.lane), 4);
}

TEST(Variation, TrimmedLasersVaryInAnyCase) {
  LoadedDesign loaded = design();
  loaded.design.module.production.laser_trim = from_db(2.0);
  const std::vector<Variation> list = variations_of(loaded, 8);
  ASSERT_EQ(list.size(), 1u);
  EXPECT_EQ(list[0].path, "lane.light.cw_laser.output_power");
  EXPECT_EQ(list[0].spread.sigma, 0.0);
  EXPECT_NEAR(list[0].deviation, 1.0, 1e-12);
}

// Over eight lanes 250 µm apart a walk of 1 nm/√cm is off by √(0.175 cm/2) nm in the middle.
TEST(Variation, AWalkCountsAmongTheDeviations) {
  LoadedDesign loaded;
  loaded.design.lane = lanes::complete_lane(parts::MicroRing{});
  loaded.design.module.production.laser_trim = 1.0;
  part(loaded, "micro_ring").spread = {{.key = "resonance_offset", .walk = 1e-8}};
  EXPECT_NEAR(variations_of(loaded, 8)[0].deviation, 1e-9 * std::sqrt(0.0875), 1e-15);
}

TEST(Variation, ANumberThatDoesNotVaryIsAMistake) {
  LoadedDesign loaded = design();
  part(loaded, "near").spread = {{.key = "insertion_loss", .scale = parts::SpreadScale::decibel}};
  EXPECT_THAT(message_of([&] { variations_of(loaded, 8); }), HasSubstr("does not vary"));
}

}  // namespace
}  // namespace waverack::study
