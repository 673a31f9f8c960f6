// Host transmitter, receiver and retimer.

#include <gtest/gtest.h>

#include <cmath>

#include "waverack/parts/decibel.hpp"
#include "waverack/parts/retimer.hpp"
#include "waverack/signal/pam.hpp"

namespace waverack::parts {
namespace {

Conditions at_53_gbd() {
  Conditions conditions;
  conditions.symbol_rate = 53.125e9;
  return conditions;
}

TEST(HostTransmitter, LevelsHaveTheSwingAndTheMismatch) {
  HostTransmitter part;
  part.swing = 0.8;
  part.r_lm = 0.92;
  const std::vector<double> levels = level_voltages(part, 4);
  EXPECT_NEAR(levels[0], -0.4, 1e-12);
  EXPECT_NEAR(levels[3], 0.4, 1e-12);
  EXPECT_NEAR(signal::r_lm(levels), 0.92, 1e-12);
  EXPECT_EQ(level_voltages(part, 2), (std::vector<double>{-0.4, 0.4}));
}

TEST(HostTransmitter, GivenLevelsReplaceTheMismatch) {
  HostTransmitter part;
  part.swing = 0.8;
  part.r_lm = 0.92;
  part.levels = {-1.0, -0.5, 0.25, 1.0};
  EXPECT_EQ(level_voltages(part, 4), (std::vector<double>{-0.4, -0.2, 0.1, 0.4}));
}

TEST(HostTransmitter, MoreLevelsAreEquallySpaced) {
  HostTransmitter part;
  part.swing = 1.4;
  const std::vector<double> levels = level_voltages(part, 8);
  ASSERT_EQ(levels.size(), 8u);
  for (std::size_t l = 0; l < 8; ++l) EXPECT_NEAR(levels[l], -0.7 + 0.2 * static_cast<double>(l), 1e-12);
}

TEST(HostTransmitter, RefusesLevelsThatDoNotRise) {
  HostTransmitter part;
  part.levels = {-1.0, 0.5, 0.5, 1.0};
  ReadSources sources;
  ReadContext context(sources);
  try {
    resolve(part, context, Node(Table{}), "lane.chain.host_transmitter");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.info().path, "lane.chain.host_transmitter.levels");
  }
}

// A single top symbol among zeros of PAM2 shows the FIR: pre-cursors come before the symbol.
TEST(HostTransmitter, FirOrder) {
  HostTransmitter part;
  part.swing = 2.0;
  part.taps = {-0.1, 0.7, -0.2};
  part.main_tap = 1;
  std::vector<std::uint8_t> symbols(8, 0);
  symbols[3] = 1;
  const std::vector<float> v = symbol_voltages(part, 2, symbols);
  const float base = -0.4f;  // −(−0.1 + 0.7 − 0.2)
  EXPECT_NEAR(v[1], base, 1e-6);
  EXPECT_NEAR(v[2], base - 0.2, 1e-6);
  EXPECT_NEAR(v[3], base + 1.4, 1e-6);
  EXPECT_NEAR(v[4], base - 0.4, 1e-6);
  EXPECT_NEAR(v[5], base, 1e-6);
}

TEST(HostTransmitter, FirIsCyclic) {
  HostTransmitter part;
  part.swing = 2.0;
  part.taps = {0.0, 1.0, 0.5};
  std::vector<std::uint8_t> symbols(4, 0);
  symbols[3] = 1;
  const std::vector<float> v = symbol_voltages(part, 2, symbols);
  EXPECT_NEAR(v[0], -1.0 + 0.5, 1e-6);  // post-cursor of the last symbol
}

// 33 dB below the peak level of 0.4 V: 8.955 mV rms, the integral of the density over all frequencies.
TEST(HostTransmitter, NoiseHasTheStatedVariance) {
  HostTransmitter part;
  part.swing = 0.8;
  part.taps = {1.0};
  part.main_tap = 0;
  part.sndr = from_db(33.0);
  const NoiseSource source = noise(part, at_53_gbd())[0];
  double variance = 0.0;
  const double step = 53.125e9 / 200.0;
  for (int i = 0; i < 200 * 400; ++i) variance += source.density((i + 0.5) * step) * step;
  EXPECT_NEAR(std::sqrt(variance) / 8.955e-3, 1.0, 1e-3);
}

// COM: exp(−2(π·f·T_r/1.6832)²) at 26.5625 GHz and 7.5 ps is exp(−2·(0.37180)²) = 0.7585.
TEST(HostTransmitter, Edge) {
  EXPECT_NEAR(std::abs(response(HostTransmitter{}, at_53_gbd())(26.5625e9)), 0.7584, 2e-4);
}

TEST(HostTransmitter, JitterInSeconds) {
  EXPECT_NEAR(jitter(HostTransmitter{}, at_53_gbd()).random_rms, 0.188235e-12, 1e-17);
  EXPECT_NEAR(jitter(HostTransmitter{}, at_53_gbd()).dual_dirac_peak, 0.376471e-12, 1e-17);
}

TEST(HostTransmitter, RefusesACursorOutsideTheFir) {
  HostTransmitter part;
  part.main_tap = 3;
  const ReadSources sources;
  ReadContext context(sources);
  try {
    resolve(part, context, Node(Table{}), "lane.chain.host_transmitter");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(
        error.what(),
        "lane.chain.host_transmitter.main_tap: tap 3 does not exist: the FIR has 3 taps (allowed: 0 to 2)");
  }
}

TEST(Receiver, InterleavesPowersOfTwo) {
  Retimer part;
  const ReadSources sources;
  ReadContext context(sources);
  for (const int converters : {1, 2, 64}) {
    part.input.adc_interleaving = converters;
    EXPECT_NO_THROW(resolve(part, context, Node(Table{}), "lane.chain.retimer"));
  }
  part.input.adc_interleaving = 12;
  try {
    resolve(part, context, Node(Table{}), "lane.chain.retimer");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.info().path, "lane.chain.retimer.input.adc_interleaving");
    EXPECT_EQ(error.info().allowed, "a power of two, 1 to 64");
  }
}

// f_r = 0.75: 3 dB down at 39.84 GHz. COM's η0 = 2e-8 V²/GHz is 4.47 nV/sqrt(Hz).
TEST(Receiver, FrontEnd) {
  Receiver part;
  const Response h = response(part, at_53_gbd());
  EXPECT_NEAR(std::norm(h(0.75 * 53.125e9)), 0.5, 1e-3);
  EXPECT_NEAR(std::abs(h(0.0)), 1.0, 1e-12);
  part.noise_density = 4.4721e-9;
  EXPECT_NEAR(noise(part, at_53_gbd())[0].density(1e9) * 1e9, 2e-8, 1e-12);
}

// COM CTLE with g_DC = −6 dB and g_DC2 = −2 dB: −8 dB at DC; far above f_LF and below f_z only −6 dB remain.
TEST(Receiver, Ctle) {
  Receiver part;
  part.ctle_dc_gain = from_db(-6.0);
  part.ctle_dc_gain_low = from_db(-2.0);
  const Response h = response(part, at_53_gbd());
  EXPECT_NEAR(20.0 * std::log10(std::abs(h(0.0))), -8.0, 1e-9);
  // At f_z = f_p1 = 21.25 GHz, f_p2 = 53.125 GHz, by hand: |0.5012 + j|·|0.7943 + 32j|/(√2·√1.16·|1 + 32j|),
  // times the Butterworth factor 1/√(1 + (21.25/39.84)^8) = 0.9967.
  EXPECT_NEAR(std::abs(h(21.25e9)), 1.1186 / (1.41421 * 1.07703) * 0.99983 * 0.99674, 3e-4);
}

TEST(Retimer, PowerIsTheSum) {
  Retimer part;
  part.input.power = 0.3;
  part.output.power = 0.2;
  EXPECT_DOUBLE_EQ(power(part, at_53_gbd()), 0.5);
}

}  // namespace
}  // namespace waverack::parts
