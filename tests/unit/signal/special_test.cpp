#include "waverack/signal/special.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "waverack/base/error.hpp"

namespace waverack::signal {
namespace {

// 17 digits from arbitrary-precision arithmetic (mpmath, 60 digits).
TEST(Special, QFunctionToTheSmallestNumbers) {
  const struct {
    double x, q;
  } rows[] = {{0, 0.5},
              {1, 0.15865525393145705},
              {3, 0.0013498980316300945},
              {6, 9.8658764503769814e-10},
              {8, 6.2209605742717841e-16},
              {20, 2.7536241186062337e-89},
              {37, 5.7255712225245768e-300},
              {-2, 0.97724986805182079}};
  for (const auto& row : rows) EXPECT_NEAR(q_function(row.x) / row.q, 1.0, 1e-12) << row.x;
}

TEST(Special, LogQ) {  // same source
  const struct {
    double x, log_q;
  } rows[] = {{-10, -7.6198530241605261e-24}, {10, -53.231285150512471}, {24.9, -314.1404127616132},
              {25.1, -319.1483874058886},     {40, -804.60844201375379}, {100, -5005.5242086942051}};
  for (const auto& row : rows) EXPECT_NEAR(log_q(row.x) / row.log_q, 1.0, 1e-13) << row.x;
  EXPECT_TRUE(std::isfinite(log_q(1e150)));
}

TEST(Special, InverseQ) {
  const struct {
    double p, x;
  } rows[] = {{1e-12, 7.0344838253011319},  // mpmath
              {1e-15, 7.9413453261709968},
              {1e-30, 11.464024688443616},
              {1e-300, 37.047096299361199},
              {0.9, -1.2815515655446005}};
  for (const auto& row : rows) EXPECT_NEAR(inverse_q(row.p) / row.x, 1.0, 1e-13) << row.p;
  EXPECT_NEAR(inverse_q(0.5), 0.0, 1e-15);
  // TDECQ: Qt = Q⁻¹(2·SER/3) for four targets (facts: standards 3.3).
  EXPECT_NEAR(inverse_q(2.0 / 3.0 * 4.8e-4), 3.4141, 5e-5);
  EXPECT_NEAR(inverse_q(2.0 / 3.0 * 4.0e-4), 3.4634, 5e-5);
  EXPECT_NEAR(inverse_q(2.0 / 3.0 * 9.6e-3), 2.4893, 5e-5);
  EXPECT_NEAR(inverse_q(2.0 / 3.0 * 9.7e-3), 2.4856, 5e-5);
}

TEST(Special, InverseQRefusesWhatIsNoProbability) {
  EXPECT_THROW(inverse_q(0.0), Error);
  EXPECT_THROW(inverse_q(1.0), Error);
  EXPECT_THROW(inverse_q(std::nan("")), Error);
}

}  // namespace
}  // namespace waverack::signal
