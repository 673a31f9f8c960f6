// Bands and tornado charts against distributions in closed form.

#include "waverack/cluster/bands.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <stdexcept>

namespace waverack::cluster {
namespace {

// Of the triangular distribution (N. L. Johnson, S. Kotz, Beyond Beta, chapter 1).
double density(const Ranged& r, double x) {
  if (x <= r.low || x >= r.high) return 0.0;
  return x < r.value ? 2.0 * (x - r.low) / ((r.high - r.low) * (r.value - r.low))
                     : 2.0 * (r.high - x) / ((r.high - r.low) * (r.high - r.value));
}
double below(const Ranged& r, double x) {
  if (x <= r.low) return 0.0;
  if (x >= r.high) return 1.0;
  return x < r.value ? (x - r.low) * (x - r.low) / ((r.high - r.low) * (r.value - r.low))
                     : 1.0 - (r.high - x) * (r.high - x) / ((r.high - r.low) * (r.high - r.value));
}
double variance(const Ranged& r) {
  return (r.low * r.low + r.value * r.value + r.high * r.high - r.low * r.value - r.low * r.high -
          r.value * r.high) /
         18.0;
}

// ∫ f(y) P(X < x(y)) dy by 20,000 midpoints, far more exact than what is compared with it.
template <class Bound>
double convolved(const Ranged& x, const Ranged& y, Bound bound) {
  constexpr int count = 20000;
  const double step = (y.high - y.low) / count;
  double sum = 0.0;
  for (int i = 0; i < count; ++i) {
    const double at = y.low + (i + 0.5) * step;
    sum += density(y, at) * below(x, bound(at)) * step;
  }
  return sum;
}

UncertainInput input(std::string path, Ranged range) { return {std::move(path), "", range}; }

const Ranged price{2.0, 1.0, 4.0}, count{10.0, 9.0, 10.5};

// The points have one coordinate in each 1024th of every input, so that the order statistics of a monotone
// function of one input lie within one 1024th of their places.
TEST(Bands, MonotoneFunctionOfOneInputHasItsQuantiles) {
  const std::vector<UncertainInput> inputs{input("price", price)};
  const auto band =
      bands(inputs, 1, [](auto x, auto y) { y[0] = std::exp(-x[0]); }, {.samples = 1024}).front();
  EXPECT_DOUBLE_EQ(band.value, std::exp(-2.0));
  EXPECT_EQ(band.samples, 1024);
  constexpr double step = 1.5 / 1024.0;
  EXPECT_GT(band.low, std::exp(-quantile(price, 0.95 + step)));
  EXPECT_LT(band.low, std::exp(-quantile(price, 0.95 - step)));
  EXPECT_GT(band.high, std::exp(-quantile(price, 0.05 + step)));
  EXPECT_LT(band.high, std::exp(-quantile(price, 0.05 - step)));
}

// 1024 random points would scatter by √(0.05 · 0.95/1024) = 0.0068 in probability at 5 % and 95 %; the even
// ones, in two dimensions, are to be within half of it.
constexpr double tolerance = 0.0034;

TEST(Bands, SumHasTheQuantilesOfTheConvolution) {
  const std::vector<UncertainInput> inputs{input("price", price), input("count", count)};
  for (const std::uint64_t seed : {1u, 2u, 3u, 4u}) {
    const auto band =
        bands(inputs, 1, [](auto x, auto y) { y[0] = x[0] + 2.0 * x[1]; }, {1024, seed, 1}).front();
    const auto share = [&](double s) {
      return convolved(price, count, [&](double y) { return s - 2.0 * y; });
    };
    EXPECT_NEAR(share(band.low), 0.05, tolerance);
    EXPECT_NEAR(share(band.high), 0.95, tolerance);
    // Of a sum of independent numbers the shares of variance are those of the terms.
    const double of_price = variance(price), of_count = 4.0 * variance(count);
    ASSERT_EQ(band.tornado.size(), 2u);
    EXPECT_EQ(band.tornado[0].input, 0u);  // a swing of 3, and that of the count is 2 × 1.5
    EXPECT_NEAR(band.tornado[0].variance_share, of_price / (of_price + of_count), 0.02);
    EXPECT_NEAR(band.tornado[1].variance_share, of_count / (of_price + of_count), 0.02);
  }
}

TEST(Bands, ProductHasTheQuantilesOfTheConvolution) {
  const std::vector<UncertainInput> inputs{input("price", price), input("count", count)};
  const auto band = bands(inputs, 1, [](auto x, auto y) { y[0] = x[0] * x[1]; }).front();
  const auto share = [&](double s) { return convolved(price, count, [&](double y) { return s / y; }); };
  EXPECT_DOUBLE_EQ(band.value, 20.0);
  EXPECT_NEAR(share(band.low), 0.05, tolerance);
  EXPECT_NEAR(share(band.high), 0.95, tolerance);
}

TEST(Bands, TornadoMovesOneInputAtATimeAndSorts) {
  const std::vector<UncertainInput> inputs{input("a", {1.0, 0.5, 2.0}), input("exact", exactly(7.0)),
                                           input("b", {3.0, 1.0, 4.0})};
  const auto result = bands(inputs, 2, [](auto x, auto y) {
    y[0] = x[0] * x[1] - 10.0 * x[2];
    y[1] = x[0];
  });
  const std::vector<Swing>& both = result[0].tornado;
  ASSERT_EQ(both.size(), 2u);  // the exact one has no range
  EXPECT_EQ(both[0].input, 2u);
  EXPECT_DOUBLE_EQ(both[0].at_low, 7.0 - 10.0);
  EXPECT_DOUBLE_EQ(both[0].at_high, 7.0 - 40.0);
  EXPECT_EQ(both[1].input, 0u);
  EXPECT_DOUBLE_EQ(both[1].at_low, 3.5 - 30.0);
  EXPECT_DOUBLE_EQ(both[1].at_high, 14.0 - 30.0);
  EXPECT_EQ(result[1].tornado[0].input, 0u);
  EXPECT_DOUBLE_EQ(result[1].tornado[1].at_low, result[1].tornado[1].at_high);
  EXPECT_NEAR(result[1].tornado[0].variance_share, 1.0, 1e-12);
}

TEST(Bands, DependOnSeedAndNotOnThreads) {
  std::vector<UncertainInput> inputs;
  for (int i = 0; i < 70; ++i) inputs.push_back(input("x", {1.0, 0.5, 1.0 + i}));
  const BandModel model = [](auto x, auto y) {
    y[0] = y[1] = 0.0;
    for (const double v : x) {
      y[0] += v;
      y[1] += v * v;
    }
  };
  const auto one = bands(inputs, 2, model, {500, 1, 1});
  for (const int threads : {2, 5}) {
    const auto more = bands(inputs, 2, model, {500, 1, threads});
    for (std::size_t o = 0; o < 2; ++o) {
      EXPECT_EQ(more[o].low, one[o].low);
      EXPECT_EQ(more[o].high, one[o].high);
      for (std::size_t i = 0; i < inputs.size(); ++i) {
        EXPECT_EQ(more[o].tornado[i].input, one[o].tornado[i].input);
        EXPECT_EQ(more[o].tornado[i].variance_share, one[o].tornado[i].variance_share);
      }
    }
  }
  EXPECT_NE(bands(inputs, 2, model, {500, 2, 1})[0].high, one[0].high);
  // Nearly all of these inputs can only rise: the band begins at the value, 70.
  EXPECT_DOUBLE_EQ(one[0].value, 70.0);
  EXPECT_DOUBLE_EQ(one[0].low, 70.0);
  EXPECT_GT(one[0].high, 70.0);
}

// What Latin hypercube and Sobol share: one sample in each interval of each input. And of the first two
// dimensions of Sobol's sequence, a (0, 2)-sequence, one in each box of 32 × 32: these are to be the inputs
// that matter most, wherever they stand.
TEST(Bands, EveryIntervalOfEveryInputHasOneSample) {
  constexpr std::size_t inputs_count = 90, samples = 1024;
  std::vector<UncertainInput> inputs(inputs_count, input("x", {2.0, 1.0, 4.0}));
  std::vector<std::vector<double>> places(inputs_count);
  int calls = 0;
  bands(inputs, 1,
        [&](auto x, auto y) {
          y[0] = 0.0;
          for (std::size_t i = 0; i < inputs_count; ++i) y[0] += (i >= 88 ? 100.0 : 1.0) * x[i];
          if (++calls <= 1 + 2 * static_cast<int>(inputs_count)) return;
          for (std::size_t i = 0; i < inputs_count; ++i) places[i].push_back(below(price, x[i]));
        },
        {samples, 9, 1});
  EXPECT_EQ(calls, 1 + 2 * 90 + 1024);
  for (std::size_t i = 0; i < inputs_count; ++i) {
    std::set<int> seen;
    for (const double u : places[i]) seen.insert(static_cast<int>(u * samples));
    EXPECT_EQ(seen.size(), samples) << "input " << i;
  }
  const auto boxes = [&](std::size_t a, std::size_t b) {
    std::set<int> seen;
    for (std::size_t s = 0; s < samples; ++s)
      seen.insert(static_cast<int>(places[a][s] * 32) * 32 + static_cast<int>(places[b][s] * 32));
    return seen.size();
  };
  EXPECT_EQ(boxes(88, 89), samples);
  // Of those drawn by Latin hypercube 1 − 1/e of the boxes hold some, 647 of 1024 with a scatter of 10.
  EXPECT_NEAR(static_cast<double>(boxes(86, 87)), 647.0, 50.0);
}

// Theory: cost-and-bands, eq. 9: 5 % and 95 % of 20 samples lie 0.95 of the way between the first two, and
// the last two, from without.
TEST(Bands, QuantilesLieBetweenOrderStatistics) {
  const std::vector<UncertainInput> inputs{input("price", price)};
  std::vector<double> seen;
  const Band band = bands(inputs, 1,
                          [&](auto x, auto y) {
                            y[0] = x[0];
                            seen.push_back(x[0]);
                          },
                          {.samples = 20, .threads = 1})
                        .front();
  ASSERT_EQ(seen.size(), 3u + 20u);
  seen.erase(seen.begin(), seen.begin() + 3);
  std::sort(seen.begin(), seen.end());
  EXPECT_NEAR(band.low, 0.05 * seen[0] + 0.95 * seen[1], 1e-12);
  EXPECT_NEAR(band.high, 0.95 * seen[18] + 0.05 * seen[19], 1e-12);
}

TEST(Bands, SamplesWithoutAValueAreLeftOutAndCounted) {
  const std::vector<UncertainInput> inputs{input("price", {2.0, 1.0, 3.0})};
  const auto result = bands(inputs, 2, [](auto x, auto y) {
    y[0] = x[0] < 2.0 ? x[0] : std::numeric_limits<double>::quiet_NaN();
    y[1] = std::numeric_limits<double>::quiet_NaN();
  });
  EXPECT_EQ(result[0].samples, 512);
  EXPECT_TRUE(std::isnan(result[0].value));
  // Below the mode the distribution is (x − 1)², so that 5 % and 95 % lie at 1 + √0.05 and 1 + √0.95.
  EXPECT_NEAR(result[0].low, 1.0 + std::sqrt(0.05), 0.005);
  EXPECT_NEAR(result[0].high, 1.0 + std::sqrt(0.95), 0.005);
  EXPECT_EQ(result[1].samples, 0);
  EXPECT_TRUE(std::isnan(result[1].low));
  EXPECT_TRUE(std::isnan(result[1].tornado[0].variance_share));
}

TEST(Bands, WithoutRangesAreTheValue) {
  const std::vector<UncertainInput> inputs{input("price", exactly(3.0))};
  const auto band = bands(inputs, 1, [](auto x, auto y) { y[0] = x[0]; }, {.samples = 10}).front();
  EXPECT_EQ(band.low, 3.0);
  EXPECT_EQ(band.high, 3.0);
  EXPECT_TRUE(band.tornado.empty());
}

TEST(Bands, PassOnWhatTheModelThrows) {
  const std::vector<UncertainInput> inputs{input("price", price)};
  const BandModel model = [](auto x, auto y) {
    if (x[0] > 3.9) throw Error("too dear");
    y[0] = 1.0;
  };
  EXPECT_THROW(bands(inputs, 1, model), Error);
  EXPECT_THROW(bands(inputs, 1, [](auto, auto) {}, {.samples = 1}), std::logic_error);
}

struct Tariff {
  Ranged day{2.0, 1.0, 4.0};
  Ranged night = exactly(1.0);
};
FieldList describe(Tag<Tariff>) {
  return fields<Tariff>("A tariff.",
                        field<&Tariff::day>("day", "", 0.0, 9.0, "By day.").from(Kind::claim, ""),
                        field<&Tariff::night>("night", "", 0.0, 9.0, "By night.").from(Kind::claim, ""));
}

TEST(Bands, InputsOfStructsAreTakenAndSetInTheSameOrder) {
  Tariff first, second;
  second.night = {1.0, 0.5, 1.5};
  std::vector<UncertainInput> inputs;
  add_inputs(inputs, first, "first");
  add_inputs(inputs, second, "second");
  ASSERT_EQ(inputs.size(), 3u);
  EXPECT_EQ(inputs[0].path, "first.day");
  EXPECT_EQ(inputs[2].path, "second.night");
  const std::vector<double> drawn{3.0, 3.5, 0.7};
  const auto rest = set_inputs(second, set_inputs(first, drawn));
  EXPECT_TRUE(rest.empty());
  EXPECT_EQ(first.day.value, 3.0);
  EXPECT_EQ(first.night.value, 1.0);
  EXPECT_EQ(second.day.value, 3.5);
  EXPECT_EQ(second.night.value, 0.7);
}

}  // namespace
}  // namespace waverack::cluster
