#include "waverack/link/gaussian_sum.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

namespace waverack::link {
namespace {

double q(double z) { return 0.5 * std::erfc(z / std::numbers::sqrt2); }
double phi(double z) { return std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::numbers::pi); }

// The recurrence against the sum of closed forms, from the middle of the mixture to far beyond it, with fine
// and coarse steps. Boole's rule errs by about (zh)^6/2e6 of a step.
TEST(GaussianSum, AgreesWithTheClosedForms) {
  for (const double step : {0.001, 0.02, 0.12, 0.5}) {
    const double sigma = 0.7, origin = -0.3;
    std::vector<double> mass;
    for (int i = 0; i < 200; ++i) mass.push_back(i % 7 == 3 ? 0.0 : 1.0 + std::sin(i));
    for (const bool below : {false, true})
      for (double threshold = -6.0; threshold < 20.0; threshold += 0.37) {
        double density = 0.0, tail = 0.0;
        for (std::size_t i = 0; i < mass.size(); ++i) {
          const double z =
              (below ? -1.0 : 1.0) * (threshold - origin - static_cast<double>(i) * step * sigma) / sigma;
          if (z > 37.0) continue;
          density += mass[i] * phi(z) / sigma;
          tail += mass[i] * q(z);
        }
        const GaussianSum sum = gaussian_sum(mass, origin, step * sigma, threshold, sigma, below);
        const double nearest = below ? -threshold / sigma : threshold / sigma - 200.0 * step;
        const double tolerance = nearest < 8.0 ? 1e-6 : 1e-3;
        EXPECT_NEAR(sum.density, density, tolerance * density) << step << " " << threshold << " " << below;
        EXPECT_NEAR(sum.tail, tail, tolerance * tail) << step << " " << threshold << " " << below;
      }
  }
}

TEST(GaussianSum, IsNothingBeyond37Sigma) {
  const std::vector<double> one{1.0};
  EXPECT_EQ(gaussian_sum(one, 0.0, 0.01, 38.0, 1.0, false).tail, 0.0);
  EXPECT_GT(gaussian_sum(one, 0.0, 0.01, 36.0, 1.0, false).tail, 0.0);
  EXPECT_EQ(gaussian_sum(one, 0.0, 0.01, -38.0, 1.0, true).tail, 0.0);
}

}  // namespace
}  // namespace waverack::link
