// Errors that the waveform solver counts against closed forms.

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "closed_forms.hpp"
#include "lanes.hpp"
#include "waverack/link/waveform_solver.hpp"
#include "waverack/signal/pattern.hpp"

namespace waverack {
namespace {

// As in white_noise_test.cpp: a Gaussian of 1.5 symbol rates is the only filter. It is too wide for 8 samples
// per symbol to hold what lies between them, where the decision may be.
link::SegmentCounts counted(link::Modulation modulation, double q_argument, std::uint64_t symbols) {
  constexpr double symbol_rate = 50e9, ratio = 1.5, swing = 1.0;
  const int levels = modulation == link::Modulation::pam2 ? 2 : 4;
  const double noise_bandwidth = 0.5 * std::sqrt(std::numbers::pi / std::numbers::ln2) * ratio * symbol_rate;
  parts::Receiver receiver = lanes::plain_receiver(ratio);
  receiver.noise_density = 0.5 * swing / (levels - 1) / q_argument / std::sqrt(noise_bandwidth);
  const link::Lane lane =
      lanes::electrical_lane(symbol_rate, modulation, lanes::ideal_transmitter(swing), receiver);
  link::Plan plan = link::make_plan(lane);
  for (link::Element& element : plan.segments[0].elements)
    if (element.name == "receiver") element.response = signal::gaussian_filter(ratio * symbol_rate);
  std::vector<std::uint8_t> pattern = signal::prbs_pam4(13);
  if (levels == 2)
    for (std::uint8_t& symbol : pattern) symbol = symbol >> 1;
  link::CountOptions options;
  options.symbols = symbols;
  options.samples_per_symbol = 16;
  return link::count_errors(plan, pattern, fec::kp4, options).front();
}

// Proakis, Digital Communications, 5th ed., eq. 4.3-5: SER of M-PAM is 2(1 − 1/M)·Q(d/σ); Gray coding makes
// it log2(M) times the BER. Tolerance: four standard deviations of the count, and 0.5 % for the settling of
// the filter.
TEST(CountedErrors, Pam4InWhiteNoise) {
  for (const double argument : {2.5, 3.2, 4.0}) {
    const link::ErrorCounts counts = counted(link::Modulation::pam4, argument, 20'000'000).counts;
    const double expected = 0.75 * q(argument),
                 ber = static_cast<double>(counts.bit_errors) / static_cast<double>(counts.bits);
    EXPECT_NEAR(ber / expected, 1.0, 0.005 + 4.0 / std::sqrt(static_cast<double>(counts.bit_errors)))
        << argument;
  }
}

TEST(CountedErrors, Pam2InWhiteNoise) {
  const link::ErrorCounts counts = counted(link::Modulation::pam2, 3.5, 20'000'000).counts;
  const double ber = static_cast<double>(counts.bit_errors) / static_cast<double>(counts.bits);
  EXPECT_NEAR(ber / q(3.5), 1.0, 0.005 + 4.0 / std::sqrt(static_cast<double>(counts.bit_errors)));
}

// Independent errors: the histogram of KP4 codewords is the binomial of the code symbols' error ratio,
// whatever the interleaving. Tolerance: four standard deviations of each count.
TEST(CountedErrors, CodewordsOfIndependentErrors) {
  const link::ErrorCounts counts = counted(link::Modulation::pam4, 2.9, 20'000'000).counts;
  const double ratio =
      static_cast<double>(counts.code_symbol_errors) / static_cast<double>(counts.code_symbols);
  const std::vector<double> binomial = fec::symbol_error_distribution(fec::kp4, ratio);
  for (std::size_t way = 0; way < link::ErrorCounts::interleavings.size(); ++way) {
    double total = 0.0;
    for (const std::uint64_t count : counts.codewords[way]) total += static_cast<double>(count);
    ASSERT_GT(total, 1000.0);
    for (std::size_t wrong = 0; wrong < 20; ++wrong) {
      const double expected = total * binomial[wrong];
      EXPECT_NEAR(static_cast<double>(counts.codewords[way][wrong]), expected,
                  4.0 * std::sqrt(expected) + 1.0)
          << way << ' ' << wrong;
    }
  }
}

}  // namespace
}  // namespace waverack
