#include "waverack/link/gaussian_sum.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "closed_forms.hpp"

namespace waverack::link {
namespace {

double phi(double z) { return std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::numbers::pi); }

// The recurrence against the sum of closed forms, from the middle of the mixture to far beyond it, with fine
// and coarse steps, and with as many masses as fill vectors or not. The quadrature errs by about (zh)^8/2.5e7
// of a step.
TEST(GaussianSum, AgreesWithTheClosedForms) {
  for (const double h : {0.001, 0.02, 0.12, 0.5})
    for (const int count : {1, 2, 9, 196, 200}) {
      std::vector<double> mass;
      for (int i = 0; i < count; ++i) mass.push_back(i % 7 == 3 ? 0.0 : 1.0 + std::sin(i));
      const MassRow row(mass);
      for (double nearest = -6.0; nearest < 25.0; nearest += 0.37) {
        const double z = nearest + (count - 1) * h;
        double density = 0.0, tail = 0.0;
        for (std::size_t i = 0; i < mass.size(); ++i) {
          const double at = z - static_cast<double>(i) * h;
          if (at > 37.0) continue;
          density += mass[i] * phi(at);
          tail += mass[i] * q(at);
        }
        const GaussianSum sum = gaussian_sum(row, z, h);
        const double tolerance = nearest < 8.0 ? 1e-6 : 1e-3;
        EXPECT_NEAR(sum.density, density, tolerance * density) << h << " " << count << " " << nearest;
        EXPECT_NEAR(sum.tail, tail, tolerance * tail) << h << " " << count << " " << nearest;
      }
    }
}

TEST(GaussianSum, IsNothingBeyond37Sigma) {
  const MassRow one({1.0});
  EXPECT_EQ(gaussian_sum(one, 38.0, 0.01).tail, 0.0);
  EXPECT_GT(gaussian_sum(one, 36.0, 0.01).tail, 0.0);
}

}  // namespace
}  // namespace waverack::link
