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

TEST(Special, LowerGamma) {  // mpmath, 30 digits
  const struct {
    double a, x, p;
  } rows[] = {{0.5, 0.3, 0.56142197391900014},   {1, 1, 0.63212055882855768},
              {10, 8, 0.2833757412729891},       {10, 30, 0.99999287824913718},
              {1000, 1050, 0.94132888862268192}, {1e5, 99500, 0.056741823212792263},
              {3.7, 0.01, 2.5596233842917164e-9}};
  for (const auto& row : rows) EXPECT_NEAR(lower_gamma(row.a, row.x) / row.p, 1.0, 1e-10) << row.a;
  EXPECT_EQ(lower_gamma(2.0, 0.0), 0.0);
}

TEST(Special, InverseLowerGamma) {
  for (const double a : {0.3, 1.0, 11.0, 500.0, 9e4})
    for (const double p : {0.025, 0.5, 0.975})
      EXPECT_NEAR(lower_gamma(a, inverse_lower_gamma(a, p)) / p, 1.0, 1e-9) << a << ' ' << p;
  // Beyond 1e5 the approximation takes over without a step.
  EXPECT_NEAR(inverse_lower_gamma(1.0001e5, 0.975) / inverse_lower_gamma(0.9999e5, 0.975), 1.0002, 2e-5);
  EXPECT_THROW(inverse_lower_gamma(1.0, 1.0), Error);
}

}  // namespace
}  // namespace waverack::signal
