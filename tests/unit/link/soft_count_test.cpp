// Expected values: the rate-1/2 limit of binary input over white Gaussian noise, the information of 16QAM by
// Gauss-Hermite quadrature, and what a log-likelihood ratio means.

#include "waverack/link/soft_count.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "waverack/signal/pam.hpp"
#include "waverack/signal/special.hpp"

namespace waverack::link {
namespace {

constexpr int points = 10000;

// The i-th of `points` equally likely values of a normal number.
double normal(int i) {
  static const std::vector<double> values = [] {
    std::vector<double> list;
    for (int j = 0; j < points; ++j) list.push_back(-signal::inverse_q((j + 0.5) / points));
    return list;
  }();
  return values[static_cast<std::size_t>(i)];
}

// ±1 in noise of the variance σ²: L = 2y/σ².
SoftCounts binary(double variance, double stated = 1.0) {
  SoftCounts counts;
  for (int i = 0; i < points; ++i)
    counts.add(static_cast<float>(stated * 2.0 / variance * (1.0 + std::sqrt(variance) * normal(i))));
  return counts;
}

// Half a bit takes E_b/N_0 = 0.187 dB (T. J. Richardson, R. Urbanke, Modern Coding Theory, 2008, section 4.1:
// threshold of rate 1/2 on the BAWGNC, σ = 0.97869), printed to four digits of σ: 2e-4 bits; the histogram
// costs less than 1e-5.
TEST(SoftCounts, HalfABitAtTheLimitOfRateOneHalf) {
  EXPECT_NEAR(10.0 * std::log10(1.0 / (0.97869 * 0.97869)), 0.187, 5e-4);
  const SoftResult result = soft_result(binary(0.97869 * 0.97869));
  EXPECT_NEAR(result.information, 0.5, 2e-4);
  EXPECT_NEAR(result.scale, 1.0, 2e-3);
}

// What a decoder gets does not depend on a common factor, and the best scale undoes it.
TEST(SoftCounts, ACommonFactorIsFoundAgain) {
  const SoftResult result = soft_result(binary(0.5)), halved = soft_result(binary(0.5, 0.5));
  EXPECT_NEAR(halved.scale / result.scale, 2.0, 1e-3);
  // Ratios half as large are twice as wide bins of the same histogram.
  EXPECT_NEAR(halved.information, result.information, 1e-4);
}

// GMI of 16QAM with Gray labels at E_s/N_0 = 10, 12, 14 dB: 3.16358, 3.57940, 3.85303 bits (Gauss-Hermite
// quadrature, facts: coherent, A3: ±0.002). Half of it is that of PAM4 in real noise at the same ratio. Here
// with exact ratios.
TEST(SoftCounts, InformationOfPam4) {
  const std::vector<double> levels = signal::pam_levels(4);
  for (const auto& [snr_db, information] : {std::pair{10.0, 3.16358}, {12.0, 3.57940}, {14.0, 3.85303}}) {
    const double variance = 5.0 / 9.0 / std::pow(10.0, snr_db / 10.0);
    SoftCounts counts;
    for (unsigned sent = 0; sent < 4; ++sent)
      for (int i = 0; i < points; ++i) {
        const double y = levels[sent] + std::sqrt(variance) * normal(i);
        for (const unsigned bit : {2U, 1U}) {
          double likelihood[2] = {0.0, 0.0};
          for (unsigned a = 0; a < 4; ++a)
            likelihood[((a ^ a >> 1) & bit) != 0] += std::exp(-std::pow(y - levels[a], 2) / (2.0 * variance));
          const double ratio = std::log(likelihood[0] / likelihood[1]);
          counts.add(static_cast<float>(((sent ^ sent >> 1) & bit) != 0 ? -ratio : ratio));
        }
      }
    EXPECT_NEAR(4.0 * soft_result(counts).information, information, 0.002) << snr_db;
  }
}

// A bit of reliability |L| is wrong with the probability 1/(1 + e^|L|).
TEST(SoftCounts, TrueReliabilitiesAreWrongAsOftenAsTheySay) {
  const SoftResult result = soft_result(binary(0.8));
  ASSERT_GT(result.reliability.size(), 4U);
  std::uint64_t bits = 0, wrong = 0;
  for (const ReliabilityBin& bin : result.reliability) {
    bits += bin.bits;
    wrong += bin.wrong_bits;
    // `points` equally likely values: the count of a range is right to one at either end; the bins of ℓ are
    // narrow.
    EXPECT_NEAR(static_cast<double>(bin.wrong_bits), bin.stated_ratio * static_cast<double>(bin.bits),
                2.0 + 0.01 * static_cast<double>(bin.wrong_bits))
        << bin.from;
  }
  EXPECT_EQ(bits, static_cast<std::uint64_t>(points));
  EXPECT_NEAR(static_cast<double>(wrong) / points, signal::q_function(std::sqrt(1.0 / 0.8)), 1.0 / points);
}

TEST(SoftCounts, AddUp) {
  SoftCounts sum, parts;
  for (const float favour : {-3.0f, 0.5f, 12.0f, 200.0f, -200.0f}) {
    sum.add(favour);
    SoftCounts one;
    one.add(favour);
    parts += one;
    parts += SoftCounts{};
  }
  EXPECT_EQ(sum.bits, parts.bits);
  const SoftResult result = soft_result(sum);
  EXPECT_EQ(result.reliability.back().from, 63.0);
  EXPECT_EQ(result.reliability.back().bits, 2U);
  EXPECT_EQ(result.reliability.back().wrong_bits, 1U);
}

TEST(SoftCounts, WithoutAWrongBitAllIsKnown) {
  SoftCounts counts;
  for (int i = 1; i < 100; ++i) counts.add(0.5f * static_cast<float>(i));
  EXPECT_EQ(soft_result(counts).information, 1.0);
  EXPECT_TRUE(std::isinf(soft_result(counts).scale));
}

}  // namespace
}  // namespace waverack::link
