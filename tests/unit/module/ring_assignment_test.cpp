// Rings and wavelengths. Expected values: the reference numbers of facts: photonics 8.4 and 9, brute force
// over all permutations, and equations 13 to 15 of docs/theory/calibration.md by hand.

#include "waverack/module/ring_assignment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "waverack/module/optimal_assignment.hpp"

namespace waverack::module {
namespace {

const Stream assignment_stream{11, 3, 0, 0};

double cost_of(std::span<const double> cost, const std::vector<std::size_t>& column_of) {
  double sum = 0.0;
  for (std::size_t i = 0; i < column_of.size(); ++i) sum += cost[i * column_of.size() + column_of[i]];
  return sum;
}

TEST(OptimalAssignment, EqualsBruteForce) {
  for (std::uint32_t trial = 0; trial < 60; ++trial) {
    const std::size_t n = 1 + trial % 7;
    std::vector<double> cost(n * n);
    fill_uniform({1, 0, 0, trial}, cost);
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), 0);
    double least = 1e9;
    do least = std::min(least, cost_of(cost, order));
    while (std::next_permutation(order.begin(), order.end()));
    std::vector<std::size_t> found = optimal_assignment(cost, n);
    EXPECT_NEAR(cost_of(cost, found), least, 1e-12);
    std::sort(found.begin(), found.end());
    for (std::size_t i = 0; i < n; ++i) EXPECT_EQ(found[i], i);
  }
}

// Facts: photonics 8.4: resonance anywhere in 9 nm, 0.12 nm/mW: mean 37.5 mW, at most 75 mW; barrel shift
// over eight channels 4.7 mW.
TEST(RingAssignment, ReferenceNumbers) {
  RingBank bank;
  bank.channels = 8;
  bank.free_spectral_range = 9e-9;
  bank.spacing = 9e-9 / 8.0;
  bank.heater_efficiency = 0.12e-9 / 1e-3;
  AssignmentSettings settings;
  settings.common_spread = 1e-6;  // anywhere
  settings.difference_spread = 0.0;
  settings.banks = 4000;
  const std::vector<HeaterPower> powers = compare_assignments(bank, settings, assignment_stream);
  // Uniform over 75 mW and over 9.4 mW: the mean of 4000 draws is good to 0.9 % (2 σ: 1.8 %).
  EXPECT_NEAR(powers[0].mean, 37.5e-3, 0.025 * 37.5e-3);
  EXPECT_NEAR(powers[1].mean, 4.6875e-3, 0.025 * 4.6875e-3);
  EXPECT_NEAR(powers[2].mean, powers[1].mean, 1e-9);
  EXPECT_LE(powers[0].largest, 75e-3);
  EXPECT_GT(powers[0].largest, 73e-3);
  // 0.19 pJ/bit at 200G.
  EXPECT_NEAR(powers[0].mean / 200e9, 0.19e-12, 0.006e-12);
}

TEST(RingAssignment, OptimalIsNeverWorse) {
  RingBank bank;
  bank.channels = 6;
  bank.spacing = 1e-9;
  bank.free_spectral_range = 7e-9;
  AssignmentSettings settings;
  settings.difference_spread = 20e-9;  // rings change places
  double gained = 0.0;
  for (std::uint32_t b = 0; b < 40; ++b) {
    const std::vector<double> at = draw_resonances(bank, settings, {2, 0, 0, b});
    const auto power = [&](Strategy strategy) {
      const std::vector<double> shifts = heater_shifts(bank, at, assign(strategy, bank, at));
      return std::accumulate(shifts.begin(), shifts.end(), 0.0);
    };
    // Brute force.
    std::vector<std::size_t> order(6);
    std::iota(order.begin(), order.end(), 0);
    double least = 1.0;
    do {
      const std::vector<double> shifts = heater_shifts(bank, at, order);
      least = std::min(least, std::accumulate(shifts.begin(), shifts.end(), 0.0));
    } while (std::next_permutation(order.begin(), order.end()));
    EXPECT_NEAR(power(Strategy::optimal), least, 1e-18);
    EXPECT_LE(power(Strategy::barrel), power(Strategy::fixed) + 1e-18);
    gained += power(Strategy::barrel) - power(Strategy::optimal);
  }
  EXPECT_GT(gained, 1e-9);
}

TEST(RingAssignment, HeatersOnlyWarm) {
  RingBank bank;
  bank.channels = 2;
  bank.spacing = 1e-9;
  bank.free_spectral_range = 5e-9;
  const std::vector<double> at{0.3e-9, 0.9e-9};
  // Ring 0 is beyond channel 0: it goes round. Ring 1 has 0.1 nm to go.
  EXPECT_THAT(heater_shifts(bank, at, std::vector<std::size_t>{0, 1}),
              testing::ElementsAre(testing::DoubleNear(4.7e-9, 1e-21), testing::DoubleNear(0.1e-9, 1e-21)));
}

// Two rings: h = X⁻¹·d by hand, and the next resonance where that asks for cooling.
TEST(RingAssignment, NeighboursWarm) {
  RingBank bank;
  bank.channels = 2;
  bank.spacing = 1e-9;
  bank.free_spectral_range = 5e-9;
  const std::vector<double> crosstalk = crosstalk_matrix(std::vector<double>{0.1}, 2);
  EXPECT_THAT(crosstalk, testing::ElementsAre(1.0, 0.1, 0.1, 1.0));
  const std::vector<std::size_t> order{0, 1};
  const std::vector<double> shifts = heater_shifts(bank, std::vector<double>{-1e-9, 0.0}, order, crosstalk);
  EXPECT_NEAR(shifts[0], 0.9e-9 / 0.99, 1e-20);
  EXPECT_NEAR(shifts[1], 0.9e-9 / 0.99, 1e-20);
  // 2 nm and 0.1 nm: the first warms the second by 0.2 nm, so the second goes to 5.1 nm.
  const std::vector<double> round = heater_shifts(bank, std::vector<double>{-2e-9, 0.9e-9}, order, crosstalk);
  EXPECT_NEAR(round[0] + 0.1 * round[1], 2e-9, 1e-20);
  EXPECT_NEAR(0.1 * round[0] + round[1], 5.1e-9, 1e-20);
}

// Facts: photonics 9: the variance of a difference grows by 1 nm² a centimetre; σ 0.10 nm at 100 µm, 0.32 nm
// at 1 mm.
TEST(RingAssignment, DifferencesAreARandomWalk) {
  RingBank bank;
  bank.channels = 11;
  AssignmentSettings settings;
  settings.pitch = 100e-6;
  const int draws = 4000;
  double next = 0.0, far = 0.0, common = 0.0;
  for (int b = 0; b < draws; ++b) {
    const std::vector<double> at = draw_resonances(bank, settings, {3, 0, 0, static_cast<std::uint32_t>(b)});
    next += std::pow(at[1] - at[0] - bank.spacing, 2) / draws;
    far += std::pow(at[10] - at[0] - 10.0 * bank.spacing, 2) / draws;
    common += at[0] * at[0] / draws;
  }
  // The variance of 4000 draws is good to 2.2 %.
  EXPECT_NEAR(std::sqrt(next), 0.10e-9, 0.04 * 0.10e-9);
  EXPECT_NEAR(std::sqrt(far), 0.316e-9, 0.04 * 0.316e-9);
  EXPECT_NEAR(std::sqrt(common), 2.5e-9, 0.04 * 2.5e-9);
}

}  // namespace
}  // namespace waverack::module
