// The receiver's equaliser against what any other taps would give.

#include "waverack/compliance/com_mmse.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>

namespace waverack::compliance {
namespace {

const std::vector<double> pulse = {0.02, -0.05, 0.15, 1.0, 0.35, 0.12, -0.04, 0.01};  // cursor at index 3
constexpr int first = -3;
const std::vector<int> places_of_all = {-2, -1, 0, 1, 2, 3};

std::vector<double> correlation(double noise) {
  std::vector<double> r(6);
  for (std::size_t lag = 0; lag < r.size(); ++lag)
    for (std::size_t k = 0; k + lag < pulse.size(); ++k) r[lag] += pulse[k] * pulse[k + lag];
  r[0] += noise;
  return r;
}

// The mean square error by its definition: residual cursors behind taps and feedback, and noise.
double error_of(const std::vector<double>& w, const std::vector<double>& b, double noise,
                const std::vector<int>& places = places_of_all) {
  double error = 0.0;
  for (int n = -20; n <= 20; ++n) {
    double h = 0.0;
    for (std::size_t j = 0; j < w.size(); ++j) {
      const int index = n - places[j] - first;
      if (index >= 0 && index < static_cast<int>(pulse.size()))
        h += w[j] * pulse[static_cast<std::size_t>(index)];
    }
    if (n == 0) h -= 1.0;
    if (n >= 1 && n <= static_cast<int>(b.size())) h -= b[static_cast<std::size_t>(n - 1)];
    error += h * h;
  }
  for (const double tap : w) error += noise * tap * tap;
  return error;
}

MmseSolution solve(double noise, const std::vector<double>& lower, const std::vector<double>& upper,
                   double largest) {
  const std::vector<double> r = correlation(noise);
  MmseSolver solver;
  MmseSolution solution;
  EXPECT_TRUE(solver.solve({places_of_all, r, pulse, first, lower, upper, largest}, solution));
  return solution;
}

double gain_of(const std::vector<double>& w) {
  double gain = 0.0;
  for (std::size_t j = 0; j < w.size(); ++j)
    gain += w[j] * pulse[static_cast<std::size_t>(-places_of_all[j] - first)];
  return gain;
}

// The error is what its definition says, the cursor is 1, and no taps near by with the same cursor do better.
void expect_best(double noise, const MmseSolution& found, bool free_feedback) {
  EXPECT_NEAR(found.error, error_of(found.taps, found.feedback, noise), 1e-12);
  EXPECT_NEAR(gain_of(found.taps), 1.0, 1e-12);
  std::mt19937 draw(5);
  std::normal_distribution<double> normal(0.0, 1e-3);
  for (int trial = 0; trial < 200; ++trial) {
    std::vector<double> w = found.taps, b = found.feedback;
    for (double& tap : w) tap += normal(draw);
    if (free_feedback)
      for (double& tap : b) tap += normal(draw);
    const double gain = gain_of(w);
    for (double& tap : w) tap /= gain;
    EXPECT_GT(error_of(w, b, noise), found.error);
  }
}

TEST(MmseSolver, FindsTheLeastErrorWithoutLimits) {
  const MmseSolution found = solve(0.01, {-10.0}, {10.0}, 10.0);
  expect_best(0.01, found, true);
  EXPECT_GT(found.feedback.front(), 0.1);
}

TEST(MmseSolver, FindsTheLeastErrorWithSeveralFeedbackTaps) {
  expect_best(0.02, solve(0.02, {-10.0, -10.0}, {10.0, 10.0}, 10.0), true);
}

TEST(MmseSolver, SolvesTheTapsAgainWhereFeedbackIsLimited) {
  const MmseSolution found = solve(0.01, {0.0}, {0.05}, 10.0);
  EXPECT_EQ(found.feedback.front(), 0.05);
  expect_best(0.01, found, false);
}

// Brute force over all three numbers of a small receiver, with and without an active limit on the feedback:
// the error is a parabola in each, so with steps of 0.01 the best point of the grid is at most a few 1e-4
// above the solution, and never below it.
TEST(MmseSolver, AgreesWithBruteForceOnAGrid) {
  const std::vector<int> few = {-1, 0, 1};
  const double noise = 0.02;
  const std::vector<double> r = [&] {
    std::vector<double> all = correlation(noise);
    all.resize(3);
    return all;
  }();
  for (const double limit : {0.9, 0.1}) {
    MmseSolver solver;
    MmseSolution found;
    const std::vector<double> lower = {0.0}, upper = {limit};
    ASSERT_TRUE(solver.solve({few, r, pulse, first, lower, upper, 10.0}, found));
    double best = 1e9;
    for (double before = -0.5; before <= 0.5; before += 0.01)
      for (double after = -0.5; after <= 0.5; after += 0.01) {
        // h(0) of the taps is 1: w(−1) sees the pulse at +1, w(1) at −1.
        const double main = 1.0 - before * 0.35 - after * 0.15;
        for (double tap = 0.0; tap <= limit + 1e-9; tap += 0.01)
          best = std::min(best, error_of({before, main, after}, {tap}, noise, few));
      }
    EXPECT_LE(found.error, best + 1e-12);
    EXPECT_NEAR(found.error, best, 5e-4);
  }
}

TEST(MmseSolver, KeepsTapsWithinTheirLimitAndTheCursorAtOne) {
  const MmseSolution found = solve(0.001, {0.0}, {0.0}, 0.1);
  EXPECT_NEAR(gain_of(found.taps), 1.0, 1e-12);
  for (std::size_t j = 0; j < places_of_all.size(); ++j) {
    if (places_of_all[j] == 0) continue;
    EXPECT_LE(std::abs(found.taps[j]), 0.1 * found.taps[2] * (1.0 + 1e-12));
  }
  EXPECT_NEAR(found.error, error_of(found.taps, found.feedback, 0.001), 1e-12);
}

TEST(MmseSolver, RefusesAChannelWithoutSignal) {
  const std::vector<double> nothing(8), r(6);
  const std::vector<double> none;
  MmseSolver solver;
  MmseSolution solution;
  EXPECT_FALSE(solver.solve({places_of_all, r, nothing, first, none, none, 1.0}, solution));
}

}  // namespace
}  // namespace waverack::compliance
