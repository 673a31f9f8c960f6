#include "waverack/parts/self_heating.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace waverack::parts {
namespace {

// Critical coupling, half-width 1e11 rad/s: the absorbed share is 1/(1 + x²), x the detuning in half-widths.
constexpr double width = 1e11;
CoupledMode critical() {
  CoupledMode mode;
  mode.external = mode.internal = 0.5 * width;
  mode.tuning = width;
  return mode;
}

std::size_t states(double cold, double heating) {
  return thermal_states(critical(), cold * width, heating * width, {}).size();
}

// x = c + s/(1 + x²) has three roots only for s > 8/(3√3), around c = −√3 (the inflection x = −1/√3), as for
// any Lorentzian that shifts itself.
TEST(SelfHeating, BistableAboveTheCusp) {
  const double cusp = 8.0 / (3.0 * std::sqrt(3.0)), middle = -std::sqrt(3.0);
  for (double c = -6.0; c < 3.0; c += 0.003) EXPECT_EQ(states(c, 0.999 * cusp), 1u) << c;
  // 2 % above the cusp the three roots lie within about ±0.1 of the inflection.
  EXPECT_EQ(states(middle - 0.75 * 0.02 * cusp, 1.02 * cusp), 3u);
  EXPECT_EQ(states(-2.5, 3.0), 3u);
  EXPECT_EQ(states(0.0, 3.0), 1u);
}

// Every state solves the equation, and of three the middle one is unstable.
TEST(SelfHeating, StatesSolveTheEquation) {
  const std::vector<double> found = thermal_states(critical(), -2.5 * width, 3.0 * width, {});
  ASSERT_EQ(found.size(), 3u);
  for (const double state : found) {
    const double x = state / width;
    EXPECT_NEAR(x, -2.5 + 3.0 / (1.0 + x * x), 1e-9);
    CoupledMode mode = critical();
    mode.detuning = state;
    const double slope = 1.0 + 3.0 * 2.0 * x / ((1.0 + x * x) * (1.0 + x * x));  // d(x − c − s/(1 + x²))/dx
    EXPECT_NEAR(1.0 + thermal_feedback(mode, 3.0 * width), slope, 1e-9);
    EXPECT_EQ(slope < 0.0, state == found[1]);
  }
}

// The heat is the mean over the drive: half of the time ±1 half-width about x.
TEST(SelfHeating, FollowsTheMeanOfTheDrive) {
  const std::vector<float> drive{1.0f, -1.0f, -1.0f, 1.0f};
  const std::vector<double> found = thermal_states(critical(), 0.5 * width, 2.0 * width, drive);
  ASSERT_EQ(found.size(), 1u);
  const double x = found[0] / width;
  const auto share = [](double y) { return 1.0 / (1.0 + y * y); };
  EXPECT_NEAR(x, 0.5 + 2.0 * 0.5 * (share(x + 1.0) + share(x - 1.0)), 1e-6);
}

TEST(SelfHeating, WithoutHeatThereIsOneState) {
  EXPECT_EQ(thermal_states(critical(), -2.0 * width, 0.0, {}), std::vector<double>{-2.0 * width});
}

}  // namespace
}  // namespace waverack::parts
