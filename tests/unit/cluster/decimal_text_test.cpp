#include "waverack/cluster/decimal_text.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace waverack::cluster {
namespace {

TEST(DecimalText, ScalesWithOneRounding) {
  EXPECT_EQ(scaled_decimal("0.000025", -3), 25e-9);
  EXPECT_EQ(scaled_decimal("25", -9), 25e-9);
  EXPECT_EQ(scaled_decimal("2.5e1", -9), 25e-9);
  EXPECT_EQ(scaled_decimal("2.5E+1", -9), 25e-9);
  EXPECT_EQ(scaled_decimal("-1", 0), -1.0);
  for (const char* text : {"", "x", "1x", "inf", "nan", "1e", "1e99999999", "1e400", "--1"})
    EXPECT_TRUE(std::isnan(scaled_decimal(text, 0))) << text;
}

TEST(DecimalText, WritesWithoutExponent) {
  EXPECT_EQ(plain_decimal(25e-9, -9), "25");
  EXPECT_EQ(plain_decimal(500e-9, -3), "0.0005");
  EXPECT_EQ(plain_decimal(400e9, 9), "400");
  EXPECT_EQ(plain_decimal(1.74e-12, 0), "0.00000000000174");
  EXPECT_EQ(plain_decimal(12.5e9, 9), "12.5");
  EXPECT_EQ(plain_decimal(-1500.0, 3), "-1.5");
  EXPECT_EQ(plain_decimal(0.0, -9), "0");
}

TEST(DecimalText, IsReadBackToTheLastBit) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> exponent(-20.0, 20.0);
  for (int i = 0; i < 10000; ++i) {
    const double value = std::pow(10.0, exponent(random));
    const int power = static_cast<int>(random() % 25) - 12;
    const std::string text = plain_decimal(value, power);
    ASSERT_EQ(text.find_first_not_of("0123456789."), std::string::npos) << text;
    ASSERT_EQ(scaled_decimal(text, power), value) << text;
  }
}

}  // namespace
}  // namespace waverack::cluster
