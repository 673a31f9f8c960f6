// Channel density under each definition. Expected values: divisions by hand.

#include "waverack/module/density.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace waverack::module {
namespace {

Outline outline(double width, double length, double height, double pitch = 0.0, int rows = 1) {
  return {width * 1e-3, length * 1e-3, height * 1e-3, pitch * 1e-3, rows, 0.25e-3};
}

double of(const std::vector<Density>& list, std::string_view name) {
  return lane_density(list, name) * density_scale(name);
}

// The 3.2T module of the OIF: about 20 × 20 mm, 32 lanes (facts: standards 9.1): 1.6 lanes and 160 Gb/s per
// mm of its own width, 0.08 lanes per mm². At a height of 5 mm 0.32 per mm² of its front and 0.016 per mm³.
TEST(Density, OfAnEngine) {
  const auto list = densities(outline(20, 20, 5), 32, 3.2e12);
  EXPECT_NEAR(of(list, "edge"), 1.6, 1e-12);
  EXPECT_NEAR(of(list, "edge_pitch"), 1.6, 1e-12);
  EXPECT_NEAR(of(list, "edge_rows"), 1.6, 1e-12);
  EXPECT_NEAR(of(list, "footprint"), 0.08, 1e-12);
  EXPECT_NEAR(of(list, "face"), 0.32, 1e-12);
  EXPECT_NEAR(of(list, "volume"), 0.016, 1e-12);
  EXPECT_NEAR(rate_density(list, "edge") * 1e-3 * 1e-9, 160.0, 1e-9);
  EXPECT_NEAR(rate_density(list, "footprint") * 1e-6 * 1e-9, 8.0, 1e-9);
  EXPECT_EQ(density_unit("edge"), "mm");
  EXPECT_EQ(density_unit("face"), "mm²");
  EXPECT_EQ(density_unit("volume"), "mm³");
}

// 36 modules of 8 lanes at the front of 440 mm, in two rows: 36·8/440 mm.
TEST(Density, CountsRowsAtThePitch) {
  const auto list = densities(outline(22.58, 107.8, 13, 440.0 / 18, 2), 8, 800e9);
  EXPECT_NEAR(of(list, "edge_rows"), 36 * 8 / 440.0, 1e-12);
  EXPECT_NEAR(of(list, "edge_pitch"), 18 * 8 / 440.0, 1e-12);
  EXPECT_NEAR(of(list, "edge"), 8 / 22.58, 1e-12);
}

// What is not stated has no density.
TEST(Density, NeedsTheSidesThatItDividesBy) {
  EXPECT_THAT(densities(outline(0, 20, 5), 32, 3.2e12), testing::IsEmpty());
  const auto list = densities(outline(20, 20, 0), 32, 3.2e12);
  EXPECT_TRUE(std::isfinite(of(list, "footprint")));
  EXPECT_TRUE(std::isnan(of(list, "face")));
  EXPECT_TRUE(std::isnan(of(list, "volume")));
}

}  // namespace
}  // namespace waverack::module
