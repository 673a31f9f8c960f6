#include "waverack/coherent/constellation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <complex>
#include <vector>

#include "unit/coherent/formats.hpp"
#include "waverack/signal/fast_random.hpp"

namespace waverack::coherent {
namespace {

TEST(Constellation, UnitMeanPowerAndNoMean) {
  for (const Format format : formats) {
    const Constellation& all = constellation(format);
    ASSERT_EQ(all.points.size(), std::size_t{1} << bits_per_symbol(format));
    double power = 0.0;
    std::complex<double> mean{};
    for (const auto& point : all.points) {
      power += std::norm(point);
      mean += point;
    }
    EXPECT_NEAR(power / static_cast<double>(all.points.size()), 1.0, 1e-14);
    EXPECT_NEAR(std::abs(mean), 0.0, 1e-14);
  }
  EXPECT_TRUE(constellation(Format::qam8).assumed);
  EXPECT_FALSE(constellation(Format::qam16).assumed);
}

// OIF-400ZR map of (b0, b1): 00 → −3, 01 → −1, 11 → +1, 10 → +3 (facts: coherent 4.1); (b2, b3) alike. Rings
// of 16QAM: 0.2, 1.0, 1.8 (facts: coherent 6, item 9).
TEST(Constellation, Map16Qam) {
  const Constellation& all = constellation(Format::qam16);
  const double scale = std::sqrt(10.0);
  const double level[] = {-3.0, -1.0, 3.0, 1.0};
  for (unsigned label = 0; label < 16; ++label) {
    EXPECT_NEAR(all.points[label].real() * scale, level[label >> 2], 1e-14);
    EXPECT_NEAR(all.points[label].imag() * scale, level[label & 3], 1e-14);
  }
  ASSERT_EQ(all.radii.size(), 3U);
  EXPECT_NEAR(all.radii[0] * all.radii[0], 0.2, 1e-14);
  EXPECT_NEAR(all.radii[1] * all.radii[1], 1.0, 1e-14);
  EXPECT_NEAR(all.radii[2] * all.radii[2], 1.8, 1e-14);
}

// Neighbours of a Gray map differ in one bit. Three points of the star are mutual neighbours, so one of their
// three differences has at least two bits: 4 of its 12 pairs of neighbours, no more.
TEST(Constellation, NeighboursDifferLittle) {
  for (const Format format : formats) {
    const auto& points = constellation(format).points;
    double nearest = 1e9;
    for (std::size_t i = 1; i < points.size(); ++i)
      nearest = std::min(nearest, std::abs(points[0] - points[i]));
    int pairs = 0, bits = 0;
    for (std::size_t i = 0; i < points.size(); ++i)
      for (std::size_t j = 0; j < i; ++j) {
        ASSERT_GE(std::abs(points[i] - points[j]), nearest * (1.0 - 1e-12));
        if (std::abs(points[i] - points[j]) > nearest * (1.0 + 1e-9)) continue;
        ++pairs;
        bits += std::popcount(i ^ j);
      }
    EXPECT_EQ(pairs, format == Format::qpsk ? 4 : format == Format::qam8 ? 12 : 24);
    EXPECT_EQ(bits, format == Format::qam8 ? 16 : pairs);
  }
}

TEST(Constellation, BitsToSymbolsAndBack) {
  for (const Format format : formats) {
    const auto m = static_cast<std::size_t>(bits_per_symbol(format));
    std::vector<std::uint8_t> bits(1013 * m), back(bits.size()), labels(1013), decided(1013);
    signal::fill_symbols({.seed = 5}, 2, bits);
    std::vector<std::complex<float>> symbols(1013), of_labels(1013);
    map_bits(format, bits, symbols);
    labels_of_bits(format, bits, labels);
    map_labels(format, labels, of_labels);
    EXPECT_EQ(symbols, of_labels);
    for (std::size_t i = 0; i < 3; ++i) {  // the first bit is the most significant
      unsigned label = 0;
      for (std::size_t b = 0; b < m; ++b) label = 2 * label + bits[i * m + b];
      EXPECT_EQ(labels[i], label);
      EXPECT_NEAR(std::abs(std::complex<double>(symbols[i]) - constellation(format).points[label]), 0.0,
                  1e-7);
    }
    decide(format, symbols, decided);
    EXPECT_EQ(decided, labels);
    bits_of_labels(format, decided, back);
    EXPECT_EQ(back, bits);
  }
}

// Decisions by thresholds are those for the nearest point, found by looking at all.
TEST(Constellation, DecidesForTheNearestPoint) {
  std::vector<float> normals(2 * 4000);
  signal::fill_normal_fast({.seed = 7}, normals);
  std::vector<std::complex<float>> symbols(4000);
  for (std::size_t i = 0; i < symbols.size(); ++i) symbols[i] = {normals[2 * i], normals[2 * i + 1]};
  std::vector<std::uint8_t> decided(symbols.size());
  for (const Format format : formats) {
    const auto& points = constellation(format).points;
    decide(format, symbols, decided);
    for (std::size_t i = 0; i < symbols.size(); ++i) {
      const std::complex<double> y(symbols[i]);
      double nearest = 1e9;
      for (const auto& point : points) nearest = std::min(nearest, std::abs(y - point));
      EXPECT_NEAR(std::abs(y - points[decided[i]]), nearest, 1e-6);
    }
  }
}

// Against a search over all points, over a grid that covers the plane and random places between.
TEST(Constellation, NearestPointsAreTheNearest) {
  std::vector<float> re, im;
  for (int i = -40; i <= 40; ++i)
    for (int j = -40; j <= 40; ++j) {
      re.push_back(0.05f * static_cast<float>(i) + 0.0137f);
      im.push_back(0.05f * static_cast<float>(j) - 0.0091f);
    }
  for (const Format format : formats) {
    std::vector<float> point_re(re.size()), point_im(re.size());
    nearest_points(format, re, im, point_re, point_im);
    for (std::size_t k = 0; k < re.size(); ++k) {
      const std::complex<double> z(re[k], im[k]);
      double least = 1e9;
      for (const std::complex<double>& point : constellation(format).points)
        least = std::min(least, std::abs(z - point));
      EXPECT_NEAR(std::abs(z - std::complex<double>(point_re[k], point_im[k])), least, 1e-6) << z;
      EXPECT_NEAR(std::abs(z - nearest_point(format, z)), least, 1e-12) << z;
      // It is a point of the constellation, too.
      double off = 1e9;
      for (const std::complex<double>& point : constellation(format).points)
        off = std::min(off, std::abs(nearest_point(format, z) - point));
      EXPECT_LT(off, 1e-12);
    }
  }
}

}  // namespace
}  // namespace waverack::coherent
