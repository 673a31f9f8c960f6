#include "waverack/fec/coherent_codes.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "waverack/base/error.hpp"

namespace waverack::fec {
namespace {

// Facts: coherent 4.1 and 4.4: overheads 14.764 % and 15.315 %.
TEST(CoherentCodes, RatesAndOverheads) {
  const CoherentCode& ofec = coherent_code("oFEC");
  const CoherentCode& cfec = coherent_code("C-FEC");
  EXPECT_NEAR(100.0 * code_overhead(ofec), 15.315, 5e-4);
  EXPECT_NEAR(100.0 * code_overhead(cfec), 14.764, 5e-4);
  EXPECT_DOUBLE_EQ(code_overhead(cfec), 128.0 / 119.0 * 510.0 / 478.0 - 1.0);
  for (const CoherentCode& code : coherent_codes())
    EXPECT_EQ(std::gcd(code.information_bits, code.coded_bits), 1u);
  EXPECT_THROW(coherent_code("LDPC"), Error);
}

// Facts: coherent 3.1 states 11.6 and 10.8 dB for 16QAM; printed to 0.1 dB.
TEST(CoherentCodes, GainsAreThoseOfTheLimits) {
  for (const CoherentCode& code : coherent_codes())
    EXPECT_NEAR(net_coding_gain_db(code.pre_fec_ber, code.post_fec_ber, code_rate(code), 4),
                code.net_coding_gain_db, 0.05)
        << code.name;
  // QPSK: Q⁻¹(1e-15) = 7.9413, Q⁻¹(2e-2) = 2.0537.
  EXPECT_NEAR(net_coding_gain_db(2e-2, 1e-15, 1.0, 2), 11.747, 2e-3);
  EXPECT_THROW(net_coding_gain_db(1e-15, 2e-2, 1.0, 4), Error);
  EXPECT_THROW(net_coding_gain_db(2e-2, 1e-15, 1.0, 3), Error);
}

// 800ZR: 54 pairs of 16384 bits and two fillings of 344064 bits at 945.6 Gb/s, less pilots: about 1.7 µs.
TEST(CoherentCodes, Latency) {
  EXPECT_NEAR(code_latency(coherent_code("oFEC"), 945.6268e9), (54 * 16384 + 2 * 344064) / 945.6268e9, 1e-15);
  // n sweeps hold 11·(n − 1) + 10 pairs (theory: ofec, equation 11); one fewer is 11 pairs in four streams
  // less.
  const CoherentCode& ofec = coherent_code("oFEC");
  EXPECT_DOUBLE_EQ(code_latency(ofec, 1e9, 5), code_latency(ofec, 1e9));
  EXPECT_NEAR(code_latency(ofec, 1e9, 5) - code_latency(ofec, 1e9, 4), 11 * 16384 / 1e9, 1e-12);
  EXPECT_NEAR(code_latency(ofec, 1e9, 1), (10 * 16384 + 2 * 344064) / 1e9, 1e-12);
  EXPECT_DOUBLE_EQ(code_latency(coherent_code("C-FEC"), 1e9, 1), code_latency(coherent_code("C-FEC"), 1e9));
}

}  // namespace
}  // namespace waverack::fec
