#include "waverack/fec/inner_code.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <set>
#include <string_view>

#include "unit/signal/on_target.hpp"
#include "waverack/base/random.hpp"
#include "waverack/fec/inner_batch.hpp"
#include "waverack/signal/fast_random.hpp"
#include "waverack/signal/pattern.hpp"

namespace waverack::fec {
namespace {

std::vector<std::uint8_t> bits_of(std::string_view text) {
  std::vector<std::uint8_t> bits;
  for (const char c : text) bits.push_back(c == '1');
  return bits;
}

// Test vector "tv1" of Clause 177 (facts: standards 8.3).
constexpr std::string_view message =
    "01011000110011001101011010101011011011011010111010111011001101111010101011111011011010010111010110000010"
    "1101"
    "010010110000";

TEST(InnerCode, PublishedVector) {
  const auto code = inner_encode(bits_of(message));
  ASSERT_EQ(code.size(), 128u);
  EXPECT_EQ(std::vector(code.begin() + 120, code.end()), bits_of("01010001"));
  EXPECT_EQ(std::vector(code.begin(), code.begin() + 120), bits_of(message));
}

// Facts: standards 8.3: all rows distinct, with odd weight of three or more. With the single bits of the
// parity the least distance is 4.
TEST(InnerCode, ColumnsGiveDistanceFour) {
  std::set<int> seen;
  for (std::size_t k = 0; k < inner_checked_bits; ++k) {
    EXPECT_TRUE(seen.insert(inner_columns[k]).second);
    EXPECT_EQ(std::popcount(inner_columns[k]) % 2, 1);
    EXPECT_GE(std::popcount(inner_columns[k]), k < inner_message_symbols ? 3 : 1);
  }
}

std::vector<double> samples_of(const std::vector<std::uint8_t>& code) {
  std::vector<double> samples;
  for (const std::uint8_t level : signal::gray_encode(code)) samples.push_back(level);
  return samples;
}

std::vector<std::uint8_t> message_levels() { return signal::gray_encode(bits_of(message)); }

// Every single error to the next level is corrected by hard decision; with two, the soft decoder finds them
// by their reliability, and hard decision notices.
TEST(InnerCode, CorrectsNeighbouringLevels) {
  const auto sent = samples_of(inner_encode(bits_of(message)));
  const auto levels = message_levels();
  for (std::size_t k = 0; k < inner_symbols; ++k) {
    auto received = sent;
    received[k] += received[k] > 1.5 ? -0.6 : 0.6;
    const InnerDecision hard = inner_decode(soft_codeword(received), 0);
    EXPECT_TRUE(hard.found);
    EXPECT_TRUE(std::equal(levels.begin(), levels.end(), hard.symbols.begin())) << k;

    const std::size_t second = (k + 17) % inner_message_symbols;
    if (second == k) continue;
    received[second] += received[second] > 1.5 ? -0.7 : 0.7;
    EXPECT_FALSE(inner_decode(soft_codeword(received), 0).found) << k;
    const InnerDecision soft = inner_decode(soft_codeword(received), 2);
    EXPECT_TRUE(soft.found);
    EXPECT_TRUE(std::equal(levels.begin(), levels.end(), soft.symbols.begin())) << k;
    // The distance: thresholds are passed by 0.1 and 0.2, a squared distance changes by twice that.
    EXPECT_NEAR(soft.distance, 0.6, 1e-12);
  }
}

// A slip of two levels keeps the sum of the bits: nothing is noticed.
TEST(InnerCode, DoesNotSeeTwoLevels) {
  auto received = samples_of(inner_encode(bits_of(message)));
  received[5] = message_levels()[5] < 2 ? received[5] + 2 : received[5] - 2;
  const InnerDecision decision = inner_decode(soft_codeword(received), 4);
  EXPECT_TRUE(decision.found);
  EXPECT_EQ(decision.distance, 0.0);
  EXPECT_EQ(decision.symbols[5], received[5]);
}

// Max-log ratios of bits lead to the same decoder input as the samples that they come from.
TEST(InnerCode, RatiosOfBitsAreSamples) {
  std::vector<double> noise(inner_symbols);
  for (std::uint32_t block = 0; block < 200; ++block) {
    fill_normal({.seed = 3, .block = block}, noise);
    std::vector<double> samples = samples_of(inner_encode(bits_of(message))), ratios;
    for (std::size_t k = 0; k < inner_symbols; ++k) {
      samples[k] += 0.3 * noise[k];
      const auto best = [&](int a, int b) {
        return std::min((samples[k] - a) * (samples[k] - a), (samples[k] - b) * (samples[k] - b));
      };
      ratios.push_back(best(2, 3) - best(0, 1));
      ratios.push_back(best(1, 2) - best(0, 3));
    }
    const SoftCodeword a = soft_codeword(samples), b = soft_codeword_of_bits(ratios);
    EXPECT_EQ(a.decided, b.decided);
    EXPECT_EQ(a.other, b.other);
    EXPECT_EQ(a.parity, b.parity);
    for (std::size_t j = 0; j < inner_checked_bits; ++j)
      EXPECT_NEAR(a.reliability[j], b.reliability[j], 1e-12);
  }
}

// The decoder in lanes against the one to read, on the same quantised samples, from where little is wrong to
// where most is. The reading one adds in units of 2/128, exactly.
TEST(InnerBatch, AgreesWithTheReadingDecoder) {
  std::vector<float> samples(inner_symbols * inner_batch);
  SoftBatch soft;
  InnerRow symbols[inner_message_symbols], distance;
  int ties = 0, changed = 0, lost = 0, compared = 0;
  for (const int tests : {2, 3, 4, 5, 6})
    for (std::uint32_t block = 0; block < 10; ++block) {
      const float sigma = 0.12f + 0.03f * static_cast<float>(block);
      signal::fill_normal_fast({.seed = 7, .source = 1, .block = block}, samples);
      const auto levels = signal::gray_encode(inner_encode(bits_of(message)));
      for (std::size_t i = 0; i < samples.size(); ++i)
        samples[i] = static_cast<float>(levels[i / inner_batch]) + sigma * samples[i];
      soft_batch(samples, soft);
      inner_decode(soft, tests, symbols, distance);
      for (std::size_t lane = 0; lane < inner_batch; ++lane) {
        std::vector<double> own(inner_symbols);
        for (std::size_t k = 0; k < inner_symbols; ++k)
          own[k] = quantised_sample(samples[k * inner_batch + lane]);
        const InnerDecision expected = inner_decode(soft_codeword(own), tests);
        const double least = expected.found ? expected.distance / inner_reliability_unit : 255.0;
        ASSERT_EQ(distance[lane], std::min(std::lround(least), 255l)) << tests << " " << block << " " << lane;
        bool same = true;
        for (std::size_t k = 0; k < inner_message_symbols; ++k)
          same = same && symbols[k][lane] == expected.symbols[k];
        ties += !same;
        ++compared;
        changed += expected.found && expected.distance > 0.0;
        lost += !expected.found;
      }
    }
  EXPECT_GT(changed, compared / 4);
  EXPECT_GT(lost, 0);
  // Different codewords at the same distance: rare, as distances are whole numbers up to some hundred.
  EXPECT_LT(ties, compared / 20);
}

// Ratios that are whole numbers of the unit lose nothing.
TEST(InnerBatch, RatiosOfBits) {
  std::vector<float> ratios(inner_bits * inner_batch);
  signal::fill_normal_fast({.seed = 13}, ratios);
  for (float& ratio : ratios) ratio = std::clamp(std::round(40.0f * ratio), -255.0f, 255.0f) / 4.0f;
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    const signal::OnTarget on(target);
    SoftBatch soft;
    soft_batch_of_bits(ratios, 0.25f, soft);
    for (std::size_t lane = 0; lane < inner_batch; ++lane) {
      std::vector<double> own;
      for (std::size_t i = 0; i < inner_bits; ++i) own.push_back(ratios[i * inner_batch + lane]);
      const SoftCodeword expected = soft_codeword_of_bits(own);
      for (std::size_t j = 0; j < inner_checked_bits; ++j)
        ASSERT_EQ(soft.reliability[j][lane], 4.0 * expected.reliability[j]);
      for (std::size_t k = 0; k < inner_message_symbols; ++k) {
        ASSERT_EQ(soft.decided[k][lane], expected.decided[k]);
        ASSERT_EQ(soft.other[k][lane], expected.other[k]);
      }
      for (std::size_t bit = 0; bit < 8; ++bit) ASSERT_EQ(soft.parity[bit][lane], expected.parity[bit]);
    }
  }
}

TEST(InnerBatch, SameOnEveryInstructionSet) {
  std::vector<float> samples(inner_symbols * inner_batch);
  signal::fill_normal_fast({.seed = 9}, samples);
  for (float& x : samples) x = 1.5f + x;
  struct Result {
    InnerRow symbols[inner_message_symbols], distance;
  };
  const auto run = [&](int tests) {
    SoftBatch soft;
    Result result;
    soft_batch(samples, soft);
    inner_decode(soft, tests, result.symbols, result.distance);
    return result;
  };
  for (const int tests : {2, 3, 4, 5, 6}) {
    const Result expected = run(tests);
    for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
      const signal::OnTarget on(target);
      const Result result = run(tests);
      EXPECT_EQ(std::memcmp(&result, &expected, sizeof(Result)), 0) << hwy::TargetName(target);
    }
  }
}

}  // namespace
}  // namespace waverack::fec
