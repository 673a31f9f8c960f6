// Laws of the reliabilities that the waveform solver counts.

#include <gtest/gtest.h>

#include <cmath>

#include "lanes.hpp"
#include "unit/base/message_of.hpp"
#include "waverack/link/waveform_solver.hpp"
#include "waverack/signal/pam.hpp"
#include "waverack/signal/pattern.hpp"
#include "waverack/signal/special.hpp"

namespace waverack::link {
namespace {

std::vector<std::uint8_t> pattern(int levels) {
  std::vector<std::uint8_t> symbols = signal::prbs_pam4(13);
  if (levels == 2)
    for (std::uint8_t& symbol : symbols) symbol = symbol >> 1;
  return symbols;
}

// A receiver that sees levels and white Gaussian noise, and no interference to speak of.
Lane white_lane(Modulation modulation, double noise_density) {
  parts::Receiver receiver = lanes::plain_receiver(2.0);
  receiver.noise_density = noise_density;
  return lanes::electrical_lane(50e9, modulation, lanes::ideal_transmitter(0.8), receiver);
}

ErrorCounts count(const Lane& lane, std::uint64_t symbols = 1'000'000, int threads = 1) {
  CountOptions options;
  options.symbols = symbols;
  options.threads = threads;
  options.soft = true;
  const Plan plan = make_plan(lane);
  return count_errors(plan, pattern(plan.conditions.levels), fec::kp4, options).front().counts;
}

// Half the level distance over the rms of the noise, from the wrong symbols: in white noise 2·(1 − 1/M)·Q(q)
// of them.
double q_of(const ErrorCounts& counts, int levels) {
  return signal::inverse_q(static_cast<double>(counts.symbol_errors) / static_cast<double>(counts.symbols) /
                           (2.0 * (1.0 - 1.0 / levels)));
}

// Information of the max-log ratios of PAM levels in white noise at the best scale: the integral over y by
// the trapezoidal rule, the scale by trying.
double information(int levels, double q) {
  const std::vector<double> level = signal::pam_levels(levels);
  const double sigma = 1.0 / (levels - 1) / q;
  const int bits = levels == 2 ? 1 : 2;
  double most = 0.0;
  for (double scale = 0.8; scale < 1.2; scale += 0.005) {
    double lost = 0.0;
    for (int sent = 0; sent < levels; ++sent)
      for (double z = -8.0; z <= 8.0; z += 0.01) {
        const double weight = 0.01 * std::exp(-0.5 * z * z) / std::sqrt(2.0 * std::acos(-1.0)) / levels;
        const double y = level[static_cast<std::size_t>(sent)] + sigma * z;
        for (int bit = 0; bit < bits; ++bit) {
          double nearest[2] = {1e9, 1e9};
          for (int a = 0; a < levels; ++a) {
            double& square = nearest[(a ^ a >> 1) >> bit & 1];
            square = std::min(square, std::pow(y - level[static_cast<std::size_t>(a)], 2));
          }
          const int value = (sent ^ sent >> 1) >> bit & 1;
          const double favour = (nearest[1 - value] - nearest[value]) / (2.0 * sigma * sigma);
          lost += weight * std::log2(1.0 + std::exp(-scale * favour));
        }
      }
    most = std::max(most, 1.0 - lost / bits);
  }
  return most;
}

// Tolerance: five standard errors of the mean of log2(1 + e^−ℓ), whose deviation is below 1 bit, over 10⁶
// bits or more; q is known to the same.
TEST(SoftOutput, InformationOfWhiteNoise) {
  for (const auto& [modulation, levels, density] : {std::tuple{Modulation::pam2, 2, 1.2e-6},
                                                    {Modulation::pam2, 2, 0.6e-6},
                                                    {Modulation::pam4, 4, 0.29e-6},
                                                    {Modulation::pam4, 4, 0.15e-6}}) {
    const Lane lane = white_lane(modulation, density);
    const ErrorCounts counts = count(lane);
    const double expected = information(levels, q_of(counts, levels));
    EXPECT_GT(expected, 0.4);
    EXPECT_LT(expected, 0.995);
    const SoftResult result = soft_result(counts.soft);
    EXPECT_NEAR(result.information, expected, 0.005) << levels << " levels, noise " << density;
    EXPECT_NEAR(result.scale, 1.0, levels == 2 ? 0.02 : 0.1);
    std::cout << levels << " levels: " << result.information << ", expected " << expected << ", scale "
              << result.scale << '\n';
  }
}

// Reliabilities are true of a lane of two levels in white noise: five standard deviations of each count.
TEST(SoftOutput, ReliabilitiesAreTrue) {
  const SoftResult result = soft_result(count(white_lane(Modulation::pam2, 0.8e-6)).soft);
  int compared = 0;
  for (const ReliabilityBin& bin : result.reliability) {
    const double expected = bin.stated_ratio * static_cast<double>(bin.bits);
    if (expected < 100.0) continue;
    // The scale is right within 2 %, the exponent with it.
    EXPECT_NEAR(static_cast<double>(bin.wrong_bits), expected,
                5.0 * std::sqrt(expected) + 0.02 * (bin.from + 1.0) * expected)
        << bin.from;
    ++compared;
  }
  EXPECT_GE(compared, 3);
}

Lane narrow_lane(int memory) {
  parts::Receiver receiver = lanes::plain_receiver(0.3);
  receiver.noise_density = 0.4e-6;
  receiver.ffe_pre = 4;
  receiver.ffe_post = 10;
  receiver.mlse_memory = memory;
  return lanes::electrical_lane(53.125e9, Modulation::pam4, lanes::ideal_transmitter(0.8), receiver);
}

// Hard decisions are the signs: thresholds halfway between levels in equal noise, and paths that differ by
// more than rounding.
TEST(SoftOutput, WrongSignsAreWrongDecisions) {
  for (const int memory : {0, 1, 2}) {
    const ErrorCounts counts = count(narrow_lane(memory));
    std::uint64_t bits = 0, wrong = 0;
    for (const ReliabilityBin& bin : soft_result(counts.soft).reliability) {
      bits += bin.bits;
      wrong += bin.wrong_bits;
    }
    EXPECT_EQ(bits, counts.bits);
    EXPECT_GT(counts.bit_errors, 500U);
    // Thresholds are placed between levels that interference shifts; 2 % of the errors lie so near to them.
    EXPECT_NEAR(static_cast<double>(wrong) / static_cast<double>(counts.bit_errors), 1.0, 0.02) << memory;
  }
}

// A soft decoder gets more than a hard one: 1 − H(BER) is the information of the signs.
TEST(SoftOutput, IsWorthMoreThanDecisions) {
  for (const int memory : {0, 1, 2}) {
    const ErrorCounts counts = count(narrow_lane(memory));
    const double p = static_cast<double>(counts.bit_errors) / static_cast<double>(counts.bits);
    const double hard = 1.0 + p * std::log2(p) + (1.0 - p) * std::log2(1.0 - p);
    EXPECT_GT(soft_result(counts.soft).information, hard) << memory;
  }
}

TEST(SoftOutput, TheSameOnAnyNumberOfThreads) {
  const ErrorCounts one = count(narrow_lane(1), 3'000'000, 1), three = count(narrow_lane(1), 3'000'000, 3);
  EXPECT_EQ(one.soft.bits, three.soft.bits);
  EXPECT_EQ(one.bit_errors, three.bit_errors);
}

TEST(SoftOutput, NeedsWholeBits) {
  Lane lane = white_lane(Modulation::pam6, 0.1e-6);
  EXPECT_EQ(message_of([&] {
              CountOptions options;
              options.symbols = 1;
              options.soft = true;
              const Plan plan = make_plan(lane);
              count_errors(plan, signal::prbs_symbols(9, 6), fec::kp4, options);
            }),
            "reliabilities of bits need 2, 4 or 8 levels, not 6");
}

}  // namespace
}  // namespace waverack::link
