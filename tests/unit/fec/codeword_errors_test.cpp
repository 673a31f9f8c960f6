#include "waverack/fec/codeword_errors.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "waverack/fec/latency.hpp"

namespace waverack::fec {
namespace {

std::vector<double> binomial(double ber) {
  return symbol_error_distribution(kp4, symbol_error_ratio(kp4, ber));
}

// Facts: fec-and-kernels 5.1, one or two digits printed.
TEST(CodewordErrors, PostFecBitErrorRatio) {
  const struct {
    double before, after, digits;
  } rows[] = {{1e-4, 4e-21, 0.12},     {2e-4, 1.6e-16, 0.04}, {2.4e-4, 2.4e-15, 0.03},
              {3.2e-4, 1.6e-13, 0.04}, {5e-4, 8e-11, 0.07},   {1e-3, 4.6e-7, 0.02}};
  for (const auto& row : rows)
    EXPECT_NEAR(post_fec_ber(kp4, binomial(row.before), row.before) / row.after, 1.0, row.digits)
        << row.before;
  EXPECT_EQ(post_fec_ber(kp4, {1.0, 0.0}, 0.0), 0.0);
}

// Facts: standards 8.1, inverse table, four digits printed.
TEST(CodewordErrors, BerOfACodewordErrorRatio) {
  const auto cer = [](double ber) { return codeword_error_ratio(kp4, binomial(ber)); };
  for (const auto& [target, ber] :
       {std::pair{1e-15, 1.536e-4}, std::pair{1e-13, 2.084e-4}, std::pair{1.7e-12, 2.522e-4},
        std::pair{1.45e-11, 2.920e-4}, std::pair{6.2e-11, 3.229e-4}, std::pair{6.2e-10, 3.796e-4}})
    EXPECT_NEAR(ber_at(cer, target) / ber, 1.0, 3e-4) << target;
  EXPECT_TRUE(std::isnan(ber_at(cer, 2.0)));
}

TEST(CodewordErrors, MarginInDecibels) {
  // Q(3.5) and Q(3) of PAM4: 20·log10(3.5/3).
  const double low = 0.75 * 2.3262907904e-4, limit = 0.75 * 1.3498980316e-3;
  EXPECT_NEAR(noise_margin_db(low, limit), 1.3389, 1e-4);
  EXPECT_NEAR(noise_margin_db(limit, low), -1.3389, 1e-4);
  EXPECT_NEAR(noise_margin_db(low / 0.75, limit / 0.75, 1), 1.3389, 1e-4);
  EXPECT_TRUE(std::isnan(noise_margin_db(0.0, limit)));
  EXPECT_TRUE(std::isnan(noise_margin_db(0.4, limit)));
}

// Facts: cluster 8.2: 3 + 3 + 31 ns of decoding at 1 GHz and 25.6 ns of filling at 800 Gb/s.
TEST(Latency, OuterCode) {
  const FecLatency latency = outer_latency(kp4, 4, 850e9);
  EXPECT_NEAR(latency.fill, 25.6e-9, 1e-15);
  EXPECT_NEAR(latency.decode, 37e-9, 1e-15);
  EXPECT_NEAR(latency.total(), 62.6e-9, 1e-15);
}

TEST(Latency, InnerCode) {
  // 1.6 Tb/s over 8 lanes: 68 symbols of each of 4 codewords on a lane, so a delay of 23 turns, 6·23 groups
  // of 40 bits.
  const FecLatency latency =
      inner_latency(kp4, 4, 1.7e12, 212.5e9, spreading_interleaver(68), {.inner_decode_cycles = 0.0});
  EXPECT_NEAR(latency.interleaver, 6 * 23 * 40 / 212.5e9, 1e-15);
  EXPECT_NEAR(latency.inner, 120 / 212.5e9, 1e-15);
  EXPECT_NEAR(latency.fill, 12.8e-9, 1e-15);
}

}  // namespace
}  // namespace waverack::fec
