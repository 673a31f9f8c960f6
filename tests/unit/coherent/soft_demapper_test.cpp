#include "waverack/coherent/soft_demapper.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <vector>

#include "unit/coherent/formats.hpp"
#include "waverack/coherent/constellation.hpp"
#include "waverack/signal/fast_random.hpp"

namespace waverack::coherent {
namespace {

// The definition, in double.
double ratio_of(Format format, std::complex<double> y, double noise_variance, int bit, bool exact) {
  const auto& points = constellation(format).points;
  const int m = bits_per_symbol(format);
  double best[2] = {-1e300, -1e300}, sum[2] = {0.0, 0.0};
  const auto metric = [&](std::size_t k) { return -std::norm(y - points[k]) / noise_variance; };
  const auto value = [&](std::size_t k) { return k >> (m - 1 - bit) & 1; };
  for (std::size_t k = 0; k < points.size(); ++k) best[value(k)] = std::max(best[value(k)], metric(k));
  for (std::size_t k = 0; k < points.size(); ++k) sum[value(k)] += std::exp(metric(k) - best[value(k)]);
  return best[0] - best[1] + (exact ? std::log(sum[0] / sum[1]) : 0.0);
}

TEST(SoftDemapper, IsTheDefinition) {
  // 1003 symbols: whole vectors and a rest. Spread of 1.2 in each part.
  std::vector<float> normals(2 * 1003);
  signal::fill_normal_fast({.seed = 21}, normals);
  std::vector<std::complex<float>> symbols(1003);
  for (std::size_t i = 0; i < symbols.size(); ++i)
    symbols[i] = {1.2F * std::min(1.6F, std::max(-1.6F, normals[2 * i])),
                  1.2F * std::min(1.6F, std::max(-1.6F, normals[2 * i + 1]))};
  symbols[3] = {0.0F, 0.0F};
  for (const Format format : formats) {
    const int m = bits_per_symbol(format);
    std::vector<float> ratios(symbols.size() * static_cast<std::size_t>(m));
    for (const float variance : {2.0F, 0.2F, 0.05F, 0.01F, 1e-3F, 1e-4F})
      for (const Demapping demapping : {Demapping::exact, Demapping::max_log}) {
        demap(format, demapping, symbols, variance, ratios);
        for (std::size_t i = 0; i < symbols.size(); ++i)
          for (int bit = 0; bit < m; ++bit) {
            const double right = ratio_of(format, std::complex<double>(symbols[i]), variance, bit,
                                          demapping == Demapping::exact);
            // Of 8QAM's great ratios only the nearest points count: at most ln 4 is missing.
            const double rest = format == Format::qam8 && std::abs(right) > 58.0 ? std::log(4.0) : 0.0;
            ASSERT_NEAR(ratios[i * static_cast<std::size_t>(m) + static_cast<std::size_t>(bit)], right,
                        2e-6 * (1.0 + 10.0 / variance) + rest)
                << "symbol " << symbols[i] << " variance " << variance << " bit " << bit;
          }
      }
  }
}

// Signs agree with decisions where there is no doubt, and 0 is positive.
TEST(SoftDemapper, PointsHaveTheSignsOfTheirBits) {
  for (const Format format : formats) {
    const auto& points = constellation(format).points;
    const int m = bits_per_symbol(format);
    std::vector<std::complex<float>> symbols;
    for (const auto& point : points) symbols.emplace_back(point);
    std::vector<float> ratios(symbols.size() * static_cast<std::size_t>(m));
    demap(format, Demapping::exact, symbols, 0.02F, ratios);
    for (std::size_t label = 0; label < points.size(); ++label)
      for (int bit = 0; bit < m; ++bit)
        EXPECT_EQ(ratios[label * static_cast<std::size_t>(m) + static_cast<std::size_t>(bit)] < 0.0F,
                  (label >> (m - 1 - bit) & 1) == 1);
  }
}

TEST(SoftDemapper, InformationLossIsTheDefinition) {
  for (const std::size_t count :
       {std::size_t{1}, std::size_t{15}, std::size_t{16}, std::size_t{1000}, std::size_t{5003}}) {
    std::vector<float> ratios(count);
    std::vector<std::uint8_t> bits(count);
    signal::fill_normal_fast({.seed = 4}, ratios);
    signal::fill_symbols({.seed = 5}, 2, bits);
    double sum = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
      ratios[i] *= 12.0F;
      const double z = bits[i] == 0 ? ratios[i] : -ratios[i];
      sum += std::max(-z, 0.0) + std::log1p(std::exp(-std::abs(z)));
    }
    EXPECT_NEAR(information_loss(ratios, bits), sum, 1e-6 * sum + 1e-9);
  }
  // Small losses keep their digits: ln(1 + e^−20).
  const std::vector<float> sure(64, 20.0F);
  EXPECT_NEAR(information_loss(sure, std::vector<std::uint8_t>(64)) / (64.0 * std::log1p(std::exp(-20.0))),
              1.0, 1e-6);
}

}  // namespace
}  // namespace waverack::coherent
