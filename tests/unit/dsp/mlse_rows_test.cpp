// Expected values: the references of mlse.hpp, which are tested against exhaustive search.

#include "waverack/dsp/mlse_rows.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "unit/base/message_of.hpp"
#include "unit/signal/on_target.hpp"
#include "waverack/dsp/mlse.hpp"
#include "waverack/signal/fast_random.hpp"
#include "waverack/signal/pam.hpp"

namespace waverack::dsp {
namespace {

constexpr std::size_t records = 32;
constexpr int rows = 133;  // some shifts of the sums, and no multiple of anything

Trellis trellis_of(int levels, int memory) {
  std::vector<double> response{0.7, -0.35, 0.2};
  response.resize(static_cast<std::size_t>(memory));
  return make_trellis(signal::pam_levels(levels), response);
}

// Samples of random symbols with so much noise that many decisions are wrong.
signal::BatchBuffer make_rows(const Trellis& trellis, std::uint32_t block) {
  std::vector<std::uint8_t> symbols(records * (rows + 3));
  std::vector<float> noise(records * rows);
  signal::fill_symbols({.seed = 1, .block = block}, trellis.levels, symbols);
  signal::fill_normal_fast({.seed = 2, .block = block}, noise);
  const float rms = 0.5f / static_cast<float>(trellis.levels - 1);
  signal::BatchBuffer y(rows);
  for (std::size_t k = 0; k < rows; ++k)
    for (std::size_t r = 0; r < records; ++r) {
      std::size_t state = 0;
      for (int i = trellis.memory; i > 0; --i)
        state = state * static_cast<std::size_t>(trellis.levels) +
                symbols[records * (k + 3 - static_cast<std::size_t>(i)) + r];
      const std::size_t branch =
          state * static_cast<std::size_t>(trellis.levels) + symbols[records * (k + 3) + r];
      y.data()[records * k + r] = trellis.expected[branch] + rms * noise[records * k + r];
    }
  return y;
}

std::vector<float> record_of(const float* y, std::size_t r) {
  std::vector<float> samples(rows);
  for (std::size_t k = 0; k < rows; ++k) samples[k] = y[records * k + r];
  return samples;
}

// The least sum of squares of a path with these symbols, over all starts.
double closeness(const Trellis& trellis, const std::vector<float>& samples,
                 const std::vector<std::uint8_t>& symbols) {
  const auto levels = static_cast<std::size_t>(trellis.levels),
             states = static_cast<std::size_t>(trellis.states());
  double best = 1e30;
  for (std::size_t start = 0; start < states; ++start) {
    std::size_t state = start;
    double sum = 0.0;
    for (std::size_t k = 0; k < samples.size(); ++k) {
      sum += std::pow(static_cast<double>(samples[k]) - trellis.expected[state * levels + symbols[k]], 2);
      state = (state * levels + symbols[k]) % states;
    }
    best = std::min(best, sum);
  }
  return best;
}

class Rows : public testing::TestWithParam<std::pair<int, int>> {
 protected:
  Trellis trellis() const { return trellis_of(GetParam().first, GetParam().second); }
  // Large trellises are compared in a few records only: the reference takes its time.
  std::size_t step() const { return trellis().states() > 100 ? 11 : 1; }
};

TEST_P(Rows, DecideAsTheReference) {
  const Trellis t = trellis();
  SequenceDetector detector(t, rows);
  // Twice with one detector: nothing may be left of the first call.
  for (const std::uint32_t block : {0u, 1u}) {
    const signal::BatchBuffer y = make_rows(t, block);
    std::vector<std::uint8_t> decisions(records * rows, 255);
    detector.detect(y.data(), decisions.data());
    for (std::size_t r = 0; r < records; r += step()) {
      const std::vector<float> samples = record_of(y.data(), r);
      const auto expected = detect_sequence(t, samples);
      std::vector<std::uint8_t> found(rows);
      for (std::size_t k = 0; k < rows; ++k) found[k] = decisions[records * k + r];
      // Paths may be exchanged that differ by less than single precision tells, with sums of about rows/16.
      if (found != expected) {
        EXPECT_NEAR(closeness(t, samples, found), closeness(t, samples, expected), 1e-4) << "record " << r;
      }
    }
  }
}

// A reliability is a difference of sums of squares below about 30, times 0.5/variance.
TEST_P(Rows, RelyAsTheReference) {
  const Trellis t = trellis();
  if (t.levels == 6) {
    EXPECT_EQ(message_of([&] { ReliabilityDetector(t, rows); }),
              "reliabilities of bits need 2, 4 or 8 levels, not 6");
    return;
  }
  const std::size_t bits = t.levels == 2 ? 1 : t.levels == 4 ? 2 : 3;
  const double variance = 0.02;
  ReliabilityDetector detector(t, rows);
  for (const std::uint32_t block : {0u, 1u}) {
    const signal::BatchBuffer y = make_rows(t, block);
    signal::BatchBuffer found(rows * static_cast<int>(bits));
    detector.detect(y.data(), variance, found.data());
    for (std::size_t r = 0; r < records; r += step()) {
      const auto expected = bit_reliabilities(t, record_of(y.data(), r), variance);
      for (std::size_t i = 0; i < expected.size(); ++i)
        ASSERT_NEAR(found.data()[records * i + r], expected[i], 30 * 1e-5 / variance) << "record " << r;
    }
  }
}

TEST_P(Rows, AreTheSameOnInstructionSetsOfTheSameFusion) {
  const auto pairs = signal::pairs_of_same_fusion();
  if (pairs.empty()) GTEST_SKIP() << "this CPU has no two instruction sets of the same fusion";
  const Trellis t = trellis();
  if (t.states() > 100) GTEST_SKIP() << "slow on scalar code, and the same code as for fewer states";
  const signal::BatchBuffer y = make_rows(t, 2);
  const auto on = [&](std::int64_t target) {
    const signal::OnTarget only(target);
    std::vector<std::uint8_t> decisions(records * rows);
    SequenceDetector(t, rows).detect(y.data(), decisions.data());
    std::vector<float> result(decisions.begin(), decisions.end());
    if (t.levels != 6) {
      const int bits = t.levels == 2 ? 1 : t.levels == 4 ? 2 : 3;
      signal::BatchBuffer reliabilities(rows * bits);
      ReliabilityDetector(t, rows).detect(y.data(), 0.02, reliabilities.data());
      result.insert(result.end(), reliabilities.data(),
                    reliabilities.data() + records * rows * static_cast<std::size_t>(bits));
    }
    return result;
  };
  for (const auto& [a, b] : pairs)
    EXPECT_TRUE(signal::same_bits(on(a), on(b))) << hwy::TargetName(a) << " and " << hwy::TargetName(b);
}

INSTANTIATE_TEST_SUITE_P(Trellises, Rows,
                         testing::Values(std::pair{2, 1}, std::pair{2, 2}, std::pair{2, 3}, std::pair{4, 1},
                                         std::pair{4, 2}, std::pair{4, 3}, std::pair{6, 1}, std::pair{6, 2},
                                         std::pair{6, 3}, std::pair{8, 1}, std::pair{8, 2}, std::pair{8, 3}));

// Every instruction set of this CPU, fused or not.
TEST(RowsOfEveryInstructionSet, DecideAsTheReference) {
  const Trellis t = trellis_of(4, 2);
  const signal::BatchBuffer y = make_rows(t, 3);
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    const signal::OnTarget only(target);
    std::vector<std::uint8_t> decisions(records * rows);
    SequenceDetector(t, rows).detect(y.data(), decisions.data());
    for (std::size_t r = 0; r < records; ++r) {
      const std::vector<float> samples = record_of(y.data(), r);
      const auto expected = detect_sequence(t, samples);
      std::vector<std::uint8_t> found(rows);
      for (std::size_t k = 0; k < rows; ++k) found[k] = decisions[records * k + r];
      if (found != expected) {
        EXPECT_NEAR(closeness(t, samples, found), closeness(t, samples, expected), 1e-4)
            << hwy::TargetName(target);
      }
    }
  }
}

TEST(SequenceDetector, RefusesWhatItHasNoKernelFor) {
  const std::string message =
      "sequence detection has kernels for 2, 4, 6 or 8 levels and a memory of 1 to 3 symbols, not for ";
  EXPECT_EQ(
      message_of([] { SequenceDetector(make_trellis(signal::pam_levels(5), std::vector<double>{0.5}), 8); }),
      message + "5 levels and a memory of 1");
  EXPECT_EQ(message_of([] {
              SequenceDetector(make_trellis(signal::pam_levels(2), std::vector<double>(4, 0.1)), 8);
            }),
            message + "2 levels and a memory of 4");
}

}  // namespace
}  // namespace waverack::dsp
