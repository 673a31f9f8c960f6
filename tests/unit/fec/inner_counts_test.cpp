#include "waverack/fec/inner_counts.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "waverack/signal/special.hpp"

namespace waverack::fec {
namespace {

// The noise of a ratio of the mean power of the levels, 5/4 of their distance squared, to its variance.
double noise_of_snr(double snr_db) { return std::sqrt(1.25 / std::pow(10.0, snr_db / 10.0)); }

double cer_of_counts(const InnerCounts& counts, int spread) {
  return codeword_error_ratio(kp4, symbol_error_distribution(counts, spread, kp4, 40));
}

// Facts: standards 8.3, by a decoder of their own with exact samples; symbol error ratios are good to about 5
// % there and 2 % here, where quantised samples add 2 %.
TEST(InnerCounts, PublishedThreshold) {
  const InnerCounts counts =
      count_inner_errors({.noise = noise_of_snr(14.9), .test_bits = 4, .blocks = 200'000});
  EXPECT_NEAR(ber_before(counts) / 4.85e-3, 1.0, 0.01);
  EXPECT_NEAR(ber_after(counts) / 3.15e-4, 1.0, 0.06);
  EXPECT_NEAR(symbol_error_ratio(counts) / 2.80e-3, 1.0, 0.06);
  // CER 8e-12 there; it goes with the 16th power of the ratio, so 7 % are a factor of 3.
  EXPECT_NEAR(std::log(cer_of_counts(counts, 12) / 8e-12), 0.0, std::log(3.0));
  EXPECT_NEAR(inner_noise(4.85e-3), noise_of_snr(14.9), 1e-3 * noise_of_snr(14.9));
}

// The other columns of that table, at the ratios 5.05e-3 and 4.66e-3.
TEST(InnerCounts, MoreTestBitsAreBetter) {
  const struct {
    double snr_db;
    int tests;
    double cer;
  } rows[] = {{14.85, 6, 8e-12}, {14.85, 4, 5e-11}, {14.85, 2, 4e-6}, {14.95, 2, 2e-7}};
  for (const auto& row : rows) {
    const InnerCounts counts =
        count_inner_errors({.noise = noise_of_snr(row.snr_db), .test_bits = row.tests, .blocks = 150'000});
    EXPECT_NEAR(std::log(cer_of_counts(counts, 12) / row.cer), 0.0, std::log(3.0))
        << row.snr_db << " " << row.tests;
  }
}

TEST(InnerCounts, SpreadCodewordsAreBinomial) {
  const InnerCounts counts = count_inner_errors({.noise = inner_noise(8e-3), .blocks = 20'000});
  const auto binomial = symbol_error_distribution(kp4, symbol_error_ratio(counts));
  const auto spread = symbol_error_distribution(counts, 12, kp4, 40);
  for (std::size_t k = 0; k < 20; ++k) EXPECT_NEAR(spread[k] / binomial[k], 1.0, 1e-9);
  // Wrong symbols of a block come together, so codewords that take more of a block fail more often.
  EXPECT_GT(cer_of_counts(counts, 4), 2.0 * cer_of_counts(counts, 12));
  EXPECT_GT(cer_of_counts(counts, 1), 2.0 * cer_of_counts(counts, 4));
  for (const int d : InnerCounts::spreads) {
    const auto distribution = symbol_error_distribution(counts, d, kp4, 80);
    EXPECT_NEAR(std::accumulate(distribution.begin(), distribution.end(), 0.0), 1.0, 1e-12);
    double mean = 0.0;
    for (std::size_t k = 0; k < distribution.size(); ++k) mean += static_cast<double>(k) * distribution[k];
    EXPECT_NEAR(mean, 544 * symbol_error_ratio(counts), 1e-6 * mean);
  }
}

TEST(InnerCounts, ThreadsChangeNothing) {
  InnerCountOptions options{.noise = 0.25, .blocks = 5000, .threads = 1};
  const InnerCounts one = count_inner_errors(options);
  options.threads = 3;
  const InnerCounts three = count_inner_errors(options);
  EXPECT_EQ(one.wrong_bits_after, three.wrong_bits_after);
  EXPECT_EQ(one.wrong_symbols, three.wrong_symbols);
  EXPECT_EQ(one.blocks, 5120u);
}

}  // namespace
}  // namespace waverack::fec
