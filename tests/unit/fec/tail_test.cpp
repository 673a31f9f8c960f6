#include "waverack/fec/tail.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "waverack/base/error.hpp"
#include "waverack/base/random.hpp"

namespace waverack::fec {
namespace {

// Histograms of `codewords` codewords in a row on one lane, from a chain that is drawn run by run.
std::vector<std::uint64_t> drawn(double ber, double persist, std::uint64_t codewords, std::uint32_t block) {
  const double start = 2 * ber * (1 - persist) / (1 - 2 * ber);
  const std::uint64_t symbols = codewords * 2720;
  std::vector<double> uniform(static_cast<std::size_t>(5.0 * start * static_cast<double>(symbols)) + 1000);
  fill_uniform({.seed = 21, .block = block}, uniform);
  auto next = uniform.begin();
  std::vector<std::uint64_t> histogram(12);
  std::uint64_t current = 0;
  std::set<std::uint64_t> wrong;
  const auto close = [&] {
    if (!wrong.empty()) ++histogram[std::min(wrong.size(), histogram.size() - 1)];
    wrong.clear();
  };
  std::uint64_t position = 0, counted = 0;
  while (true) {
    position += static_cast<std::uint64_t>(std::log(*next++) / std::log1p(-start));  // right symbols
    if (position >= symbols) break;
    do {
      if (position / 2720 != current) {
        counted += !wrong.empty();
        close();
        current = position / 2720;
      }
      wrong.insert(position / 5);
      ++position;
    } while (*next++ < persist);
    ++position;  // the symbol that ends the run is right
  }
  counted += !wrong.empty();
  close();
  histogram[0] = codewords - counted;
  return histogram;
}

// Facts: 8.15e-13 of independent errors at 2.4e-4 (standards 8.1), 5.6e-14 with a persistence of 0.5 at 1e-4
// and 2.4e-9 with 0.75 (fec-and-kernels 5.2), none of which a million codewords show.
TEST(Tail, ExtrapolatesToPublishedRatios) {
  const CodewordPath path{.layout = interleaved_layout(kp4, 1)};
  const struct {
    double ber, persist, ratio;
  } rows[] = {{2.4e-4, 0.0, 8.15e-13}, {1e-4, 0.5, 5.6e-14}, {1e-4, 0.75, 2.4e-9}};
  for (const auto& row : rows) {
    const TailEstimate tail = extrapolate_tail(drawn(row.ber, row.persist, 300'000, 0), path, kp4);
    EXPECT_LT(tail.low, row.ratio) << row.persist;
    EXPECT_GT(tail.high, row.ratio) << row.persist;
    EXPECT_LT(tail.high / tail.low, 30.0) << row.persist;  // it says something
    EXPECT_GT(tail.plausibility, 1e-3) << row.persist;
  }
}

// 95 % intervals hold the truth in most of 20 draws; 14 or fewer would have a chance of 3e-4.
TEST(Tail, IntervalHoldsTheTruth) {
  const CodewordPath path{.layout = interleaved_layout(kp4, 1)};
  int held = 0;
  for (std::uint32_t block = 1; block <= 20; ++block) {
    const TailEstimate tail = extrapolate_tail(drawn(1e-4, 0.5, 20'000, block), path, kp4);
    held += tail.low < 5.6e-14 && tail.high > 5.6e-14;
  }
  EXPECT_GT(held, 14);
}

// Two populations, one codeword in a hundred with many errors: no chain does that.
TEST(Tail, NoticesWhatIsNoChain) {
  const CodewordPath path{.layout = interleaved_layout(kp4, 1)};
  std::vector<std::uint64_t> counted(12);
  counted[0] = 99'000;
  counted[8] = 1000;
  EXPECT_LT(extrapolate_tail(counted, path, kp4).plausibility, 1e-6);
}

TEST(Tail, WithoutErrors) {
  const TailEstimate tail =
      extrapolate_tail(std::vector<std::uint64_t>{1000, 0}, {.layout = interleaved_layout(kp4, 1)}, kp4);
  EXPECT_EQ(tail.codeword_error_ratio, 0.0);
  EXPECT_NEAR(tail.high * 1000, 3.68, 0.02);
  EXPECT_THROW(
      symbol_error_distribution(ErrorChain{}, {.layout = interleaved_layout(kp4, 1), .lanes = 3}, kp4, 20),
      Error);
}

}  // namespace
}  // namespace waverack::fec
