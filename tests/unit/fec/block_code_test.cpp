#include "waverack/fec/block_code.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace waverack::fec {
namespace {

double cer_of_ber(const BlockCode& code, double ber) {
  return codeword_error_ratio(code, symbol_error_distribution(code, symbol_error_ratio(code, ber)));
}

// Standards facts, section 8.1: independent bit errors, four digits printed.
TEST(BlockCode, PublishedCodewordErrorRatios) {
  EXPECT_NEAR(symbol_error_ratio(kp4, 2.4e-4), 2.3974e-3, 1e-7);
  const struct {
    double ber, kp4, kr4;
  } rows[] = {{1.0e-4, 1.360e-18, 8.93e-8},  {1.5e-4, 6.945e-16, 1.82e-6}, {2.0e-4, 5.390e-14, 1.44e-5},
              {2.28e-4, 3.811e-13, 3.61e-5}, {2.4e-4, 8.152e-13, 5.15e-5}, {2.92e-4, 1.448e-11, 1.95e-4},
              {3.2e-4, 5.445e-11, 3.57e-4},  {5.0e-4, 2.793e-8, 5.61e-3},  {1.0e-3, 1.530e-4, 0.160}};
  for (const auto& row : rows) {
    EXPECT_NEAR(cer_of_ber(kp4, row.ber) / row.kp4, 1.0, 6e-4) << row.ber;
    EXPECT_NEAR(cer_of_ber(kr4, row.ber) / row.kr4, 1.0, 4e-3) << row.ber;
  }
}

TEST(BlockCode, DistributionIsAProbability) {
  const auto distribution = symbol_error_distribution(kp4, 0.01);
  EXPECT_NEAR(std::accumulate(distribution.begin(), distribution.end(), 0.0), 1.0, 1e-9);
  double mean = 0.0;
  for (std::size_t i = 0; i < distribution.size(); ++i) mean += static_cast<double>(i) * distribution[i];
  EXPECT_NEAR(mean, 5.44, 1e-8);
}

// The sum of two independent binomial counts of n and n trials is the binomial of 2n trials.
TEST(BlockCode, SegmentsConvolve) {
  const double p = 1e-3;
  const auto one = symbol_error_distribution(kp4, p);
  BlockCode twice = kp4;
  twice.n *= 2;
  const double two = codeword_error_ratio(kp4, convolve_distributions(one, one));
  EXPECT_NEAR(two / codeword_error_ratio(kp4, symbol_error_distribution(twice, p)), 1.0, 1e-9);
}

// Repeating is the binomial of one trial, n times; what does not fit is in the last entry.
TEST(BlockCode, RepeatedDistributions) {
  const auto binomial = symbol_error_distribution(kp4, 3e-3);
  const auto found = repeat_distribution({1 - 3e-3, 3e-3}, 544, 8);
  for (std::size_t i = 0; i < 7; ++i) EXPECT_NEAR(found[i] / binomial[i], 1.0, 1e-9);
  EXPECT_NEAR(found[7] / std::accumulate(binomial.begin() + 7, binomial.end(), 0.0), 1.0, 1e-9);
  EXPECT_EQ(repeat_distribution({0.5, 0.5}, 0, 3), (std::vector{1.0, 0.0, 0.0}));
}

// Cluster facts, section 8.1, at KP4 2.4e-4: 9.2e-13 with one codeword stream, 1.74e-12 with two codewords
// interleaved, the latter as 2·CER·(1 + 672/10280).
TEST(BlockCode, FrameLoss) {
  const double ratio = cer_of_ber(kp4, 2.4e-4);
  EXPECT_NEAR(frame_loss_ratio(kp4, ratio) / 9.2e-13, 1.0, 0.003);
  EXPECT_NEAR(frame_loss_ratio(kp4, ratio, 64, 2) / 1.74e-12, 1.0, 0.003);
  // A frame of 1518 octets takes 12 304 bits: 2.39 codewords, and the one that it begins in.
  EXPECT_NEAR(frame_loss_ratio(kp4, ratio, 1518) / ratio, 1.0 + 12304.0 / 5140.0, 1e-9);
  EXPECT_EQ(frame_loss_ratio(kp4, 1.0), 1.0);
}

TEST(BlockCode, NoErrorsWithoutBitErrors) { EXPECT_EQ(cer_of_ber(kp4, 0.0), 0.0); }

}  // namespace
}  // namespace waverack::fec
