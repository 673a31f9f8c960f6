#include "waverack/signal/monotone_curve.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "waverack/base/error.hpp"

namespace waverack::signal {
namespace {

// The data of Fritsch and Carlson's table 1 (RPN 14): a cubic spline overshoots between the flat points.
const std::array x{7.99, 8.09, 8.19, 8.7, 9.2, 10.0, 12.0, 15.0, 20.0};
const std::array y{0.0, 2.76429e-5, 4.37498e-2, 0.169183, 0.469428, 0.943740, 0.998636, 0.999919, 0.999994};

TEST(MonotoneCurve, PassesThroughThePointsAndNeverTurns) {
  const MonotoneCurve curve(x, y);
  for (std::size_t i = 0; i < x.size(); ++i) EXPECT_NEAR(curve(x[i]), y[i], 1e-15);
  double last = curve(7.0);
  EXPECT_EQ(last, 0.0);
  for (double at = 7.0; at < 22.0; at += 0.01) {
    EXPECT_GE(curve(at), last - 1e-15) << at;
    last = curve(at);
  }
  EXPECT_EQ(last, y.back());
}

TEST(MonotoneCurve, SlopeIsTheDerivativeAndContinuous) {
  const MonotoneCurve curve(x, y);
  for (double at = 8.0; at < 19.9; at += 0.0371)
    EXPECT_NEAR(curve.slope(at), (curve(at + 1e-6) - curve(at - 1e-6)) / 2e-6, 1e-5) << at;
  EXPECT_EQ(curve.slope(7.0), 0.0);
  EXPECT_EQ(curve.slope(21.0), 0.0);
}

// A straight line comes out exactly.
TEST(MonotoneCurve, KeepsAStraightLine) {
  const std::vector<double> a{-1.0, 0.5, 2.0, 4.0}, b{3.0, 0.0, -3.0, -7.0};
  const MonotoneCurve curve(a, b);
  for (double at = -1.0; at <= 4.0; at += 0.1) {
    EXPECT_NEAR(curve(at), 1.0 - 2.0 * at, 1e-12);
    EXPECT_NEAR(curve.slope(at), -2.0, 1e-12);
  }
  const MonotoneCurve pair(std::array{0.0, 2.0}, std::array{1.0, 5.0});
  EXPECT_NEAR(pair(0.5), 2.0, 1e-15);
}

TEST(MonotoneCurve, RefusesWhatIsNoCurve) {
  EXPECT_THROW(MonotoneCurve(std::array{0.0, 0.0}, std::array{1.0, 2.0}), Error);
  EXPECT_THROW(MonotoneCurve(std::array{0.0, 1.0}, std::array{1.0, std::nan("")}), Error);
  EXPECT_THROW(MonotoneCurve(std::vector<double>{}, std::vector<double>{}), Error);
  EXPECT_EQ(MonotoneCurve(std::array{2.0}, std::array{7.0})(-3.0), 7.0);
}

}  // namespace
}  // namespace waverack::signal
