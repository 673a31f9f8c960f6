#pragma once
// Complex numbers near each other.

#include <gtest/gtest.h>

#include <complex>

namespace waverack::network {

inline void expect_near(std::complex<double> value, std::complex<double> expected, double tolerance = 1e-12) {
  EXPECT_LT(std::abs(value - expected), tolerance) << value << " instead of " << expected;
}

}  // namespace waverack::network
