// Expected values: exhaustive search over all paths, and the closed forms of linear prediction.

#include "waverack/dsp/mlse.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <utility>

#include "unit/base/message_of.hpp"
#include "unit/dsp/pulse_record.hpp"
#include "waverack/base/random.hpp"
#include "waverack/signal/pam.hpp"

namespace waverack::dsp {
namespace {

// Noisy samples of random symbols behind a target response, with symbols before the first.
struct Record {
  std::vector<std::uint8_t> symbols;
  std::vector<float> samples;
};
Record make_record(const Trellis& trellis, std::size_t count, double noise_rms, std::uint32_t block) {
  const auto levels = static_cast<std::size_t>(trellis.levels);
  std::vector<double> uniform(count + static_cast<std::size_t>(trellis.memory)), normal(count);
  fill_uniform({.seed = 1, .block = block}, uniform);
  fill_normal({.seed = 2, .block = block}, normal);
  Record record;
  std::size_t state = 0;
  for (std::size_t i = 0; i < uniform.size(); ++i) {
    const auto a = static_cast<std::size_t>(uniform[i] * trellis.levels);
    if (i >= static_cast<std::size_t>(trellis.memory)) {
      record.symbols.push_back(static_cast<std::uint8_t>(a));
      record.samples.push_back(static_cast<float>(static_cast<double>(trellis.expected[state * levels + a]) +
                                                  noise_rms * normal[record.samples.size()]));
    }
    state = (state * levels + a) % static_cast<std::size_t>(trellis.states());
  }
  return record;
}

// Calls use(symbols, sum of squares) for every start and every sequence.
template <class Use>
void for_paths(const Trellis& trellis, const std::vector<float>& samples, Use use) {
  const auto levels = static_cast<std::size_t>(trellis.levels),
             states = static_cast<std::size_t>(trellis.states());
  std::size_t sequences = 1;
  for (std::size_t k = 0; k < samples.size(); ++k) sequences *= levels;
  std::vector<std::uint8_t> symbols(samples.size());
  for (std::size_t start = 0; start < states; ++start)
    for (std::size_t number = 0; number < sequences; ++number) {
      std::size_t state = start, rest = number;
      double sum = 0.0;
      for (std::size_t k = 0; k < samples.size(); ++k) {
        const std::size_t a = rest % levels;
        rest /= levels;
        symbols[k] = static_cast<std::uint8_t>(a);
        sum += std::pow(static_cast<double>(samples[k]) - trellis.expected[state * levels + a], 2);
        state = (state * levels + a) % states;
      }
      use(symbols, sum);
    }
}

const std::vector<std::vector<double>> responses{{0.5}, {-0.9}, {0.6, 0.2}, {0.8, 0.5, 0.2}};

TEST(Trellis, ExpectsTheTargetResponse) {
  const std::vector<double> levels{-1.0, 0.2, 1.0}, response{0.5, -0.25};
  const Trellis trellis = make_trellis(levels, response);
  ASSERT_EQ(trellis.states(), 9);
  ASSERT_EQ(trellis.memory, 2);
  for (std::size_t now = 0; now < 3; ++now)
    for (std::size_t last = 0; last < 3; ++last)
      for (std::size_t before = 0; before < 3; ++before)
        EXPECT_FLOAT_EQ(trellis.expected[(last + 3 * before) * 3 + now],
                        static_cast<float>(levels[now] + 0.5 * levels[last] - 0.25 * levels[before]));
}

TEST(Trellis, RefusesWhatIsTooLarge) {
  const std::vector<double> response(4, 0.1);
  EXPECT_EQ(message_of([&] { make_trellis(signal::pam_levels(16), response); }),
            "a memory of 4 symbols of 16 levels has more than 4096 states");
  EXPECT_EQ(message_of([&] { make_trellis(signal::pam_levels(4), {}); }),
            "a trellis needs a memory of at least one symbol");
  EXPECT_EQ(message_of([&] { make_trellis(signal::pam_levels(17), response); }),
            "a trellis has 2 to 16 levels, not 17");
}

TEST(DetectSequence, FindsTheClosestOfAllPaths) {
  for (const int levels : {2, 3, 4})
    for (const auto& response : responses) {
      const Trellis trellis = make_trellis(signal::pam_levels(levels), response);
      for (std::uint32_t block = 0; block < 5; ++block) {
        const Record record = make_record(trellis, 5, 0.4, block);
        double best = 1e9;
        std::vector<std::uint8_t> closest;
        for_paths(trellis, record.samples, [&](const std::vector<std::uint8_t>& symbols, double sum) {
          if (sum < best) best = sum, closest = symbols;
        });
        EXPECT_EQ(detect_sequence(trellis, record.samples), closest) << levels << " levels";
      }
    }
}

TEST(DetectSequence, FindsTheSymbolsWithoutNoise) {
  for (const int levels : {2, 4, 6, 8})
    for (const auto& response : responses) {
      const Trellis trellis = make_trellis(signal::pam_levels(levels), response);
      const Record record = make_record(trellis, 60, 0.0, 9);
      const auto decisions = detect_sequence(trellis, record.samples);
      // Away from the free start.
      EXPECT_TRUE(std::equal(decisions.begin() + 20, decisions.end(), record.symbols.begin() + 20));
    }
}

// max-log: of all paths only the best with either value of the bit.
TEST(BitReliabilities, AreThoseOfAllPaths) {
  for (const int levels : {2, 4, 8})
    for (const auto& response : responses) {
      const std::size_t count = levels == 8 ? 3 : 5, memory = response.size();
      if (levels == 8 && memory == 3) continue;  // too many to count out
      const Trellis trellis = make_trellis(signal::pam_levels(levels), response);
      const Record record = make_record(trellis, count, 0.4, 3);
      const auto bits = static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(levels)));
      std::vector<std::array<double, 2>> best(count * bits, {1e9, 1e9});
      for_paths(trellis, record.samples, [&](const std::vector<std::uint8_t>& symbols, double sum) {
        for (std::size_t k = 0; k < count; ++k)
          for (std::size_t bit = 0; bit < bits; ++bit) {
            double& value = best[k * bits + bit][(symbols[k] ^ symbols[k] >> 1) >> (bits - 1 - bit) & 1];
            value = std::min(value, sum);
          }
      });
      const std::vector<float> found = bit_reliabilities(trellis, record.samples, 0.16);
      ASSERT_EQ(found.size(), best.size());
      for (std::size_t i = 0; i < found.size(); ++i)
        EXPECT_NEAR(found[i], (best[i][1] - best[i][0]) / (2.0 * 0.16), 1e-5);
    }
}

TEST(BitReliabilities, HaveTheSignsOfTheDecisions) {
  const Trellis trellis = make_trellis(signal::pam_levels(4), responses[2]);
  const Record record = make_record(trellis, 500, 0.3, 4);
  const auto decisions = detect_sequence(trellis, record.samples);
  const auto found = bit_reliabilities(trellis, record.samples, 0.09);
  for (std::size_t k = 0; k < decisions.size(); ++k) {
    const unsigned gray = decisions[k] ^ decisions[k] >> 1u;
    EXPECT_EQ(found[2 * k] < 0.0f, (gray & 2u) != 0) << k;
    EXPECT_EQ(found[2 * k + 1] < 0.0f, (gray & 1u) != 0) << k;
  }
}

TEST(BitReliabilities, RefuseLevelsWithoutBits) {
  const Trellis trellis = make_trellis(signal::pam_levels(6), responses[0]);
  EXPECT_EQ(message_of([&] { bit_reliabilities(trellis, std::vector<float>(4), 1.0); }),
            "reliabilities of bits need 2, 4, 8 or 16 levels, not 6");
}

// Random PAM4 behind a pulse, one sample for each symbol.
PulseRecord sequence_record(const std::vector<double>& pulse) {
  std::vector<double> uniform(16384);
  fill_uniform({.seed = 5}, uniform);
  std::vector<float> target;
  for (const double u : uniform) target.push_back(static_cast<float>(std::floor(u * 4.0) * 2.0 / 3.0 - 1.0));
  return through_pulse(std::move(target), pulse, 0.1);
}

SequenceReceiver adapted(const std::vector<double>& pulse, const std::vector<double>& noise,
                         const EqualiserShape& shape) {
  const PulseRecord c = sequence_record(pulse);
  return adapt_sequence_receiver(adaptation_sums(c.waveform, c.target, 1, 0, shape), noise, shape);
}

// Without interference the best target is the predictor of the noise: of a first-order process R(l) = σ²·ρ^l,
// 1 − ρ·D, which leaves white noise of variance σ²(1 − ρ²).
TEST(SequenceReceiver, PredictsTheNoise) {
  const double rho = 0.7, variance = 1e-4;
  std::vector<double> noise;
  for (int l = 0; l < 16; ++l) noise.push_back(variance * std::pow(rho, l));
  const SequenceReceiver receiver = adapted({1.0}, noise, {.pre = 0, .post = 3, .feedback = 1});
  ASSERT_EQ(receiver.postcursors.size(), 1u);
  EXPECT_TRUE(receiver.equaliser.feedback.empty());
  EXPECT_NEAR(receiver.postcursors[0], -rho, 2e-3);
  EXPECT_NEAR(receiver.equaliser.forward[1], -rho, 2e-3);
  EXPECT_NEAR(receiver.equaliser.mean_square_error, variance * (1.0 - rho * rho), 0.01 * variance);
  ASSERT_GE(receiver.noise_autocorrelation.size(), 3u);
  EXPECT_NEAR(receiver.noise_autocorrelation[0], variance * (1.0 - rho * rho), 0.01 * variance);
  EXPECT_NEAR(receiver.noise_autocorrelation[1], 0.0, 0.01 * variance);
  EXPECT_NEAR(receiver.noise_autocorrelation[2], 0.0, 0.01 * variance);
}

// In white noise the target is the minimum-phase response of the channel's power spectrum, whatever its
// phase, and the error is the noise itself (G. D. Forney's whitened matched filter). The zeros of 1 + 0.6·D +
// 0.2·D² lie at |D| = 2.2, so 20 taps reach 1e-7.
TEST(SequenceReceiver, LeavesTheMinimumPhaseResponse) {
  std::vector<double> noise(32, 0.0);
  noise[0] = 1e-5;
  for (const std::vector<double>& pulse : {std::vector<double>{1.0, 0.6, 0.2}, {0.2, 0.6, 1.0}}) {
    const SequenceReceiver receiver = adapted(pulse, noise, {.pre = 20, .post = 4, .feedback = 2});
    EXPECT_NEAR(receiver.postcursors[0], 0.6, 2e-3);
    EXPECT_NEAR(receiver.postcursors[1], 0.2, 2e-3);
    EXPECT_NEAR(receiver.equaliser.mean_square_error, 1e-5, 2e-7);
    EXPECT_NEAR(receiver.noise_autocorrelation[1], 0.0, 2e-7);
  }
}

TEST(NoiseBehindTaps, IsTheDoubleSum) {
  const std::vector<double> taps{0.3, -0.8, 1.1, 0.4, -0.2};
  std::vector<double> noise;
  for (int l = 0; l < 12; ++l) noise.push_back(std::cos(0.9 * l) / (1.0 + l));
  for (const int q : {1, 2}) {
    const auto found = noise_behind_taps(taps, q, noise, 4);
    for (int lag = 0; lag < 4; ++lag) {
      double sum = 0.0;
      for (int i = 0; i < 5; ++i)
        for (int j = 0; j < 5; ++j)
          sum += taps[static_cast<std::size_t>(i)] * taps[static_cast<std::size_t>(j)] *
                 noise[static_cast<std::size_t>(std::abs(i - j + lag * q))];
      EXPECT_NEAR(found[static_cast<std::size_t>(lag)], sum, 1e-12);
    }
  }
}

}  // namespace
}  // namespace waverack::dsp
