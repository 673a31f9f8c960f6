// Numbers for people. Expected values: the header's own words on digits and units, worked out by hand. The
// most common cases stand in text_test.cpp; here are the ends of their ranges.

#include "waverack/io/number_text.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace waverack::io {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(NumberText, HasThreeDigitsOrAsManyAsAsked) {
  EXPECT_EQ(number_text(0.0), "0");
  EXPECT_EQ(number_text(-0.0), "0");
  EXPECT_EQ(number_text(1.0), "1");
  EXPECT_EQ(number_text(1.1583), "1.16");
  EXPECT_EQ(number_text(-0.012345), "-0.0123");
  EXPECT_EQ(number_text(123.45), "123");
  EXPECT_EQ(number_text(1.23456, 5), "1.2346");
}

// Thousands are not rounded away.
TEST(NumberText, KeepsWholeThousands) {
  EXPECT_EQ(number_text(1048.0), "1048");
  EXPECT_EQ(number_text(104448.0), "104448");
  EXPECT_EQ(number_text(-5440.0), "-5440");
}

TEST(NumberText, HasShortExponentsBelowAThousandthAndFromAMillion) {
  EXPECT_EQ(number_text(1e-3), "0.001");
  EXPECT_EQ(number_text(9.1e-4), "9.1e-4");
  EXPECT_EQ(number_text(1e-5), "1.0e-5");
  EXPECT_EQ(number_text(-3.04e-12), "-3.0e-12");
  EXPECT_EQ(number_text(1.25e6, 4), "1.25e+6");
  EXPECT_EQ(number_text(1e-100), "1.0e-100");
}

TEST(NumberText, IsADashWhereNothingWasComputed) {
  for (const double value : {std::nan(""), infinity, -infinity}) {
    EXPECT_EQ(number_text(value), "–");
    EXPECT_EQ(decibel_text(value), "–");
    EXPECT_EQ(quantity_text(value, "W"), "–");
    EXPECT_EQ(count_text(value), "–");
    EXPECT_EQ(percent_text(value), "–");
    for (const char* unit : {"", "1", "dBm", "W", "pJ/bit"}) EXPECT_EQ(value_text(value, unit), "–") << unit;
  }
}

TEST(DecibelText, HasTwoDecimalsAndNoMinusZero) {
  EXPECT_EQ(decibel_text(3.0), "3.00 dB");
  EXPECT_EQ(decibel_text(-4.5, "dBm"), "-4.50 dBm");
  EXPECT_EQ(decibel_text(-0.0049), "0.00 dB");
  EXPECT_EQ(decibel_text(-0.0051), "-0.01 dB");
}

TEST(QuantityText, HasAPrefixAndKeepsTrailingZeros) {
  EXPECT_EQ(quantity_text(0.5, "W"), "500 mW");
  EXPECT_EQ(quantity_text(1.2e-3, "W"), "1.20 mW");
  EXPECT_EQ(quantity_text(53.125e9, "Hz"), "53.1 GHz");
  EXPECT_EQ(quantity_text(9.999e-12, "s"), "10.0 ps");
  EXPECT_EQ(quantity_text(2.0, "m"), "2.00 m");
  EXPECT_EQ(quantity_text(2.0, "m", 2), "2.0 m");
  EXPECT_EQ(quantity_text(-0.25, "V"), "-250 mV");
}

TEST(CountText, GroupsFromFiveDigitsOn) {
  EXPECT_EQ(count_text(0), "0");
  EXPECT_EQ(count_text(1024), "1024");
  EXPECT_EQ(count_text(10000), "10 000");
  EXPECT_EQ(count_text(123456), "123 456");
  EXPECT_EQ(count_text(1234567), "1 234 567");
  EXPECT_EQ(count_text(-123456), "-123 456");
  EXPECT_EQ(count_text(-1234567), "-1 234 567");
  EXPECT_EQ(count_text(99999.6), "100 000");
}

TEST(PercentText, HasTwoDigitsOrTwoDecimals) {
  EXPECT_EQ(percent_text(-0.045), "-4.5 %");
  EXPECT_EQ(percent_text(0.5), "50 %");
  EXPECT_EQ(percent_text(1.0), "100 %");
  EXPECT_EQ(percent_text(0.0), "0.00 %");
  EXPECT_EQ(percent_text(0.00994), "0.99 %");
  EXPECT_EQ(percent_text(0.12345, 4), "12.35 %");
}

TEST(ValueText, FollowsTheUnit) {
  EXPECT_EQ(value_text(0.0123, ""), "0.0123");
  EXPECT_EQ(value_text(0.0123, "1"), "0.0123");
  EXPECT_EQ(value_text(-2.6345, "dBm"), "-2.63 dBm");
  EXPECT_EQ(value_text(2.31e6, "W"), "2.31 MW");
  EXPECT_EQ(value_text(4.1762, "pJ/bit"), "4.18 pJ/bit");
  EXPECT_EQ(value_text(17.26, "UI"), "17.3 UI");
  EXPECT_EQ(value_text(0.5, "UI"), "0.50 UI");
}

}  // namespace
}  // namespace waverack::io
