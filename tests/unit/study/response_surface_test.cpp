#include "waverack/study/response_surface.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

#include "waverack/base/random.hpp"

namespace waverack::study {
namespace {

template <class Function>
std::vector<double> values_at(const std::vector<double>& places, int variables, const Function& f) {
  std::vector<double> values;
  for (std::size_t i = 0; i + static_cast<std::size_t>(variables) <= places.size();
       i += static_cast<std::size_t>(variables))
    values.push_back(f(std::span(places).subspan(i, static_cast<std::size_t>(variables))));
  return values;
}

TEST(ResponseSurface, FindsASparsePolynomialExactly) {
  constexpr int variables = 20;
  const auto f = [](std::span<const double> x) {
    return 8.0 - 1.5 * x[3] + 0.25 * x[7] * x[7] - 0.1 * x[2] * x[11] + 0.02 * x[5] * x[5] * x[5];
  };
  const std::vector<double> places = surface_places(120, variables, 1.6, 1);
  const ResponseSurface surface = fit_surface(places, variables, 1.6, values_at(places, variables, f));
  // Eight terms: x² and x³ have a constant and a linear part beside those that are there.
  EXPECT_LE(surface.terms().size(), 12u);
  EXPECT_LT(surface.leave_one_out_rms, 1e-9);
  std::vector<double> x(variables);
  for (std::uint32_t i = 0; i < 50; ++i) {
    fill_normal({3, 1, 0, i}, x);
    EXPECT_NEAR(surface(x), f(x), 1e-9);
  }
}

// A law that no polynomial is: what leaving one out promises is what other places show.
TEST(ResponseSurface, TellsItsOwnError) {
  constexpr int variables = 6;
  const auto f = [](std::span<const double> x) {
    return 10.0 * std::log10(1.0 + 0.3 * std::exp(0.25 * (x[0] + x[1] - x[2]))) + 0.05 * x[4];
  };
  const std::vector<double> places = surface_places(200, variables, 1.6, 1);
  const ResponseSurface surface = fit_surface(places, variables, 1.6, values_at(places, variables, f));
  const std::vector<double> others = surface_places(400, variables, 1.6, 2);
  const std::vector<double> truth = values_at(others, variables, f);
  double square = 0.0;
  for (std::size_t i = 0; i < truth.size(); ++i)
    square += std::pow(surface(std::span(others).subspan(i * variables, variables)) - truth[i], 2) /
              static_cast<double>(truth.size());
  EXPECT_GT(surface.leave_one_out_rms, 0.5 * std::sqrt(square));
  EXPECT_LT(surface.leave_one_out_rms, 2.0 * std::sqrt(square));
  EXPECT_LT(std::sqrt(square), 0.05);
}

TEST(ResponseSurface, NoiseDoesNotBecomeTerms) {
  constexpr int variables = 15;
  const std::vector<double> places = surface_places(200, variables, 1.6, 1);
  std::vector<double> noise(200);
  fill_normal({5, 1, 0, 0}, noise);
  std::vector<double> values = values_at(places, variables, [](std::span<const double> x) { return x[0]; });
  for (std::size_t i = 0; i < values.size(); ++i) values[i] += 0.01 * noise[i];
  const ResponseSurface surface = fit_surface(places, variables, 1.6, values);
  EXPECT_LT(surface.terms().size(), 20u);
  EXPECT_NEAR(surface.leave_one_out_rms, 0.01, 0.002);
}

TEST(ResponseSurface, PlacesWithoutAValueAreLeftOut) {
  const std::vector<double> places = surface_places(60, 2, 1.6, 1);
  std::vector<double> values =
      values_at(places, 2, [](std::span<const double> x) { return 1.0 + x[0] - 2.0 * x[1]; });
  values[7] = std::numeric_limits<double>::quiet_NaN();
  values[9] = -std::numeric_limits<double>::infinity();
  const ResponseSurface surface = fit_surface(places, 2, 1.6, values);
  EXPECT_NEAR(surface(std::vector<double>{1.0, 1.0}), 0.0, 1e-9);
  std::fill(values.begin() + 2, values.end(), std::numeric_limits<double>::quiet_NaN());
  EXPECT_THROW(fit_surface(places, 2, 1.6, values), std::logic_error);
}

}  // namespace
}  // namespace waverack::study
