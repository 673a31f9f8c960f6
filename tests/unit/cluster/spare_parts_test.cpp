#include "waverack/cluster/spare_parts.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace waverack::cluster {
namespace {

double poisson_up_to(double mean, std::int64_t s) {
  double term = std::exp(-mean), sum = term;
  for (std::int64_t k = 1; k <= s; ++k) sum += term *= mean / static_cast<double>(k);
  return sum;
}

TEST(Spares, SmallestNumberOfTheServiceLevel) {
  for (const double mean : {1e-4, 0.3, 1.0, 7.5, 40.0, 300.0})
    for (const double level : {0.5, 0.9, 0.99, 0.9999}) {
      const std::int64_t spares = spares_for(mean, level);
      EXPECT_GE(poisson_up_to(mean, spares), level) << mean << " " << level;
      if (spares > 0) {
        EXPECT_LT(poisson_up_to(mean, spares - 1), level) << mean << " " << level;
      }
    }
  EXPECT_EQ(spares_for(0.0, 0.99), 0);
  // Table of the Poisson law: mean 10, 95 % at 15, 99 % at 18.
  EXPECT_EQ(spares_for(10.0, 0.95), 15);
  EXPECT_EQ(spares_for(10.0, 0.99), 18);
}

TEST(Spares, Shortage) {
  for (const double mean : {0.2, 3.0, 20.0}) {
    EXPECT_DOUBLE_EQ(expected_shortage(mean, 0), mean);
    double before = mean;
    for (std::int64_t s = 1; s < 40; ++s) {
      double expected = 0.0, term = std::exp(-mean);
      for (std::int64_t k = 1; k < 200; ++k) {
        term *= mean / static_cast<double>(k);
        if (k > s) expected += static_cast<double>(k - s) * term;
      }
      const double shortage = expected_shortage(mean, s);
      EXPECT_NEAR(shortage, expected, 1e-12 * mean) << mean << " " << s;
      EXPECT_LE(shortage, before + 1e-12);  // more spares are never worse
      before = shortage;
    }
  }
}

TEST(Spares, OfABill) {
  std::vector<BillLine> bill(3);
  for (BillLine& line : bill) {
    line.kind = ItemKind::module;
    line.item = "dr8";
    line.failures = exactly(1000.0 * fit);
  }
  bill[0].quantity = 60000;
  bill[1].quantity = 40000;
  bill[2].kind = ItemKind::fibre;  // never fails
  bill[2].failures = exactly(0.0);
  bill[2].quantity = 100;
  Failures failures;
  failures.restock_time = exactly(73.0 * 3600.0 * 10.0);  // a twelfth of a year
  failures.spare_level = 0.99;
  const auto needs = spare_needs(bill, failures);
  ASSERT_EQ(needs.size(), 1u);
  EXPECT_NEAR(needs[0].failures_per_year, 876.0, 1e-6);
  EXPECT_NEAR(needs[0].pulled_per_year, 876.0 / 0.2, 1e-6);  // four of five show no fault
  EXPECT_NEAR(needs[0].demand, 365.0, 1e-6);
  EXPECT_EQ(needs[0].spares, spares_for(365.0, 0.99));
  EXPECT_GE(needs[0].level, 0.99);
  assign_spares(bill, needs);
  EXPECT_EQ(bill[0].spares + bill[1].spares, needs[0].spares);
  EXPECT_NEAR(static_cast<double>(bill[0].spares), 0.6 * static_cast<double>(needs[0].spares), 0.5);
  EXPECT_EQ(bill[2].spares, 0);
}

}  // namespace
}  // namespace waverack::cluster
