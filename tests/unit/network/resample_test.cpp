#include "waverack/network/resample.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "unit/base/message_of.hpp"
#include "unit/network/lines.hpp"

namespace waverack::network {
namespace {

using testing::HasSubstr;

double worst(const Network& a, const Network& b) {
  EXPECT_EQ(a.s.size(), b.s.size());
  double largest = 0.0;
  for (std::size_t i = 0; i < a.s.size(); ++i) largest = std::max(largest, std::abs(a.s[i] - b.s[i]));
  return largest;
}

// lines() on another grid.
Network on(const Network& network, const std::vector<double>& frequencies) {
  return resample(network, frequencies);
}

TEST(Resample, OwnGridIsKept) {
  const Network network = lines({{1, 2}, {3, 4}}, 0.01);
  EXPECT_EQ(on(network, network.frequencies).s, network.s);
}

// Every second point of a network gives back the points between. The worst component turns least slowly:
// reflections and coupling are pure delays, and what is left of √f near the first point is 1e-4 of it.
TEST(Resample, PointsBetweenThePoints) {
  const Network fine = lines({{1, 2}, {3, 4}}, 0.01);
  const Network coarse = on(fine, grid(10e6, 4.99e9, 20e6));
  EXPECT_EQ(coarse.points(), 250u);
  EXPECT_LT(std::abs(coarse.at(100, 2, 1) - fine.at(200, 2, 1)), 1e-14);
  const Network back = on(coarse, grid(110e6, 4.89e9, 10e6));
  const Network expected = on(fine, grid(110e6, 4.89e9, 10e6));
  EXPECT_LT(worst(back, expected), 1e-5);
}

TEST(Resample, EvenGrid) {
  const Network network = lines({{1, 2}}, 0.0);  // 10 MHz to 5 GHz
  const std::vector<double> all = even_grid(network, 25e6, std::nullopt);
  EXPECT_EQ(all.front(), 25e6);
  EXPECT_EQ(all.back(), 5e9);
  EXPECT_EQ(all.size(), 200u);
  EXPECT_EQ(even_grid(network, 0.1e9, 1e9).back(), 1e9);
  EXPECT_EQ(even_grid(network, 0.3e9, 1e9).back(), 0.3e9 * 3);
  EXPECT_EQ(message_of([&] { even_grid(network, 1e6, 6e9); }),
            "lines.s2p: the data stop at 5 GHz, below 6 GHz (allowed: data up to the end of the grid)");
  EXPECT_EQ(message_of([&] { even_grid(network, 0.0, 1e9); }),
            "lines.s2p: the step is 0 Hz (allowed: a step above 0 Hz)");
  EXPECT_EQ(message_of([&] { even_grid(network, 4e9, 5e9); }),
            "lines.s2p: the grid has 1 points (allowed: 2 to 1000000)");
  EXPECT_THAT(message_of([&] { even_grid(network, 1.0, 5e9); }), HasSubstr("(allowed: 2 to 1000000)"));
}

TEST(Resample, OutsideOfTheData) {
  EXPECT_THAT(message_of([] {
                on(lines({{1, 2}}, 0.0), {0.0, 1e9});
              }),
              HasSubstr("the data reach from 10 MHz to 5 GHz, not from 0 Hz to 1 GHz"));
  EXPECT_THAT(message_of([] { on(line({1e9}, 1.0, 0.0), {1e9, 2e9}); }), HasSubstr("at one frequency only"));
}

// lines() goes to 0 Hz by its own formula: lines transmit 0.85, reflections are 0.1 and the coupling 0.01.
// Three points are missing.
TEST(ExtendToDc, FollowsTheFormula) {
  const Network full = lines({{1, 2}, {3, 4}}, 0.01);
  std::vector<double> rest(full.frequencies.begin() + 2, full.frequencies.end());
  const Network extended = extend_to_dc(on(full, rest));
  ASSERT_EQ(extended.points(), full.points() + 1);
  EXPECT_EQ(extended.frequencies[0], 0.0);
  EXPECT_DOUBLE_EQ(extended.frequencies[1], 10e6);
  EXPECT_DOUBLE_EQ(extended.frequencies[2], 20e6);
  EXPECT_LT(std::abs(extended.at(0, 2, 1) - 0.85), 1e-3);
  EXPECT_LT(std::abs(extended.at(1, 4, 3) - full.at(0, 4, 3)), 1e-3);
  EXPECT_LT(std::abs(extended.at(0, 1, 1) - 0.1), 1e-9);
  EXPECT_LT(std::abs(extended.at(0, 3, 1) - 0.01), 1e-9);
  EXPECT_LT(std::abs(extended.at(1, 2, 2) - full.at(0, 2, 2)), 1e-9);
  for (int i = 1; i <= 4; ++i)
    for (int j = 1; j <= 4; ++j) EXPECT_EQ(extended.at(0, i, j).imag(), 0.0);
  EXPECT_THAT(extended.remarks, testing::ElementsAre("the data start at 30 MHz: they are continued to 0 Hz"));
  EXPECT_EQ(extend_to_dc(extended).s, extended.s);
}

TEST(ExtendToDc, TooFarAway) {
  EXPECT_THAT(message_of([] { extend_to_dc(line(grid(10e9, 11e9, 10e6), 1.0, 0.0)); }),
              HasSubstr("the data start at 10 GHz, too far from 0 Hz for steps of 10 MHz"));
}

}  // namespace
}  // namespace waverack::network
