// Expected values: closed forms, and enumeration of all short events.

#include "waverack/dsp/error_events.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "waverack/signal/special.hpp"

namespace waverack::dsp {
namespace {

using signal::q_function;

// With a target of one cursor the detector is a slicer: 2·(1 − 1/M)·Q(d/σ) for half the spacing d (Proakis,
// Digital Communications, 5th ed., eq. 4.3-5), one wrong bit each.
TEST(ErrorEvents, OfASlicer) {
  const std::vector<double> nothing{0.0};
  for (const int levels : {2, 4, 8}) {
    const double rms = 0.3 / (levels - 1), noise[] = {rms * rms};
    const ErrorEvents events = error_events(nothing, levels, noise);
    ASSERT_EQ(events.list.size(), 1u);
    EXPECT_TRUE(events.complete);
    const double expected = 2.0 * (1.0 - 1.0 / levels) * q_function(1.0 / (levels - 1) / rms);
    const SequenceErrorRatio found = union_bound(events, levels);
    EXPECT_NEAR(found.event, expected, 1e-12 * expected);
    EXPECT_NEAR(found.symbol, expected, 1e-12 * expected);
    EXPECT_NEAR(found.bit, expected / std::log2(levels), 1e-12 * expected);
  }
}

// Behind 1 + α·D, L alternating errors of one level have d² = δ²·(1 + α² + (L − 1)·(1 − α)²) and are
// permitted by 2·((M − 1)/M)^L of the symbols. Nothing else is left for α > 0.
TEST(ErrorEvents, BehindOnePostcursorAlternate) {
  const double alpha = 0.6, spacing = 2.0 / 3.0, rms = 0.12, noise[] = {rms * rms};
  const ErrorEvents events = error_events(std::vector<double>{alpha}, 4, noise);
  ASSERT_GE(events.list.size(), 5u);
  for (const ErrorEvent& event : events.list) {
    const auto length = static_cast<double>(event.differences.size());
    for (std::size_t i = 0; i < event.differences.size(); ++i)
      EXPECT_EQ(event.differences[i], i % 2 == 0 ? 1 : -1);
    const double distance =
        spacing * spacing * (1 + alpha * alpha + (length - 1) * (1 - alpha) * (1 - alpha));
    EXPECT_NEAR(event.half_distance, distance / 2.0, 1e-12);
    EXPECT_NEAR(event.noise_rms, rms * std::sqrt(distance), 1e-12);
    EXPECT_NEAR(event.multiplicity, 2.0 * std::pow(0.75, length), 1e-12);
    EXPECT_EQ(event.symbol_errors, static_cast<int>(length));
    EXPECT_NEAR(event.bit_errors, length, 1e-12);
  }
}

// (1 + D)²: the closest path has two errors that alternate, with samples 1, 1, −1, −1, and not the single
// error with 1, 2, 1.
TEST(ErrorEvents, ClosestPathOfAPartialResponse) {
  const double noise[] = {0.01};
  const ErrorEvents events = error_events(std::vector<double>{2.0, 1.0}, 2, noise);
  const auto closest = std::min_element(
      events.list.begin(), events.list.end(),
      [](const ErrorEvent& a, const ErrorEvent& b) { return a.half_distance < b.half_distance; });
  EXPECT_EQ(closest->differences, (std::vector<int>{1, -1}));
  EXPECT_NEAR(2.0 * closest->half_distance, 4.0 * 4.0, 1e-12);  // spacing 2
}

// A step over two levels of the Gray code 00, 01, 11, 10 gets two bits wrong, one over one or three levels
// one. Behind (1 + D)² the event 1, −2, 1 is no sum of others.
TEST(ErrorEvents, CountBitsByTheGrayCode) {
  const double noise[] = {0.05};
  const ErrorEvents events = error_events(std::vector<double>{2.0, 1.0}, 4, noise, {.longest = 3});
  const auto event = std::find_if(events.list.begin(), events.list.end(), [](const ErrorEvent& e) {
    return e.differences == std::vector<int>{1, -2, 1};
  });
  ASSERT_NE(event, events.list.end());
  EXPECT_EQ(event->symbol_errors, 3);
  EXPECT_NEAR(event->bit_errors, 1.0 + 2.0 + 1.0, 1e-12);
  EXPECT_NEAR(event->multiplicity, 2.0 * 0.75 * 0.5 * 0.75, 1e-12);
  EXPECT_NEAR(2.0 * event->half_distance, 6.0 * 4.0 / 9.0, 1e-12);  // samples 1, 0, −2, 0, 1
}

using Differences = std::vector<int>;

// All sequences of `length` differences that begin positive and end not with 0.
std::vector<Differences> all_sequences(int levels, std::size_t length) {
  std::vector<Differences> result{{}};
  for (std::size_t i = 0; i < length; ++i) {
    std::vector<Differences> longer;
    for (const Differences& begin : result)
      for (int d = 1 - levels; d < levels; ++d) {
        if (i == 0 && d <= 0) continue;
        longer.push_back(begin);
        longer.back().push_back(d);
      }
    result = std::move(longer);
  }
  std::erase_if(result, [](const Differences& e) { return e.back() == 0; });
  return result;
}

std::vector<double> samples_of(const Differences& e, const std::vector<double>& target, double spacing) {
  std::vector<double> s(e.size() + target.size() - 1, 0.0);
  for (std::size_t i = 0; i < e.size(); ++i)
    for (std::size_t j = 0; j < target.size(); ++j) s[i + j] += e[i] * target[j] * spacing;
  return s;
}

// Whether some part of the event, taken difference by difference, has a non-negative product with the rest.
bool is_sum(const Differences& e, const std::vector<double>& target) {
  std::size_t parts = 1;
  for (const int d : e) parts *= static_cast<std::size_t>(std::abs(d)) + 1;
  const std::vector<double> s = samples_of(e, target, 1.0);
  for (std::size_t number = 1; number + 1 < parts; ++number) {
    std::size_t rest = number;
    Differences part;
    for (const int d : e) {
      const std::size_t choices = static_cast<std::size_t>(std::abs(d)) + 1;
      part.push_back(static_cast<int>(rest % choices) * (d < 0 ? -1 : 1));
      rest /= choices;
    }
    const std::vector<double> p = samples_of(part, target, 1.0);
    double product = 0.0;
    for (std::size_t k = 0; k < s.size(); ++k) product += p[k] * (s[k] - p[k]);
    if (product >= -1e-9) return true;
  }
  return false;
}

// Against the sum over every event of up to five differences, in coloured noise.
TEST(ErrorEvents, AreAllThatMatter) {
  const std::vector<double> noise{0.02, 0.006, -0.002};
  for (const auto& [levels, response] :
       {std::pair{2, std::vector<double>{0.8, 0.5}}, {3, {0.9}}, {3, {0.7, -0.3}}, {4, {0.5}}}) {
    std::vector<double> target{1.0};
    target.insert(target.end(), response.begin(), response.end());
    const double spacing = 2.0 / (levels - 1);
    double event_ratio = 0.0, symbol_ratio = 0.0;
    for (std::size_t length = 1; length <= 5; ++length)
      for (const Differences& e : all_sequences(levels, length)) {
        std::size_t right = 0, longest_right = 0;
        for (const int d : e) longest_right = std::max(longest_right, right = d == 0 ? right + 1 : 0);
        if (longest_right >= response.size() || is_sum(e, target)) continue;
        const std::vector<double> s = samples_of(e, target, spacing);
        double distance = 0.0, variance = 0.0, weight = 2.0, wrong = 0.0;
        for (std::size_t i = 0; i < s.size(); ++i) {
          distance += s[i] * s[i];
          for (std::size_t j = 0; j < s.size(); ++j) {
            const std::size_t lag = i > j ? i - j : j - i;
            if (lag < noise.size()) variance += s[i] * s[j] * noise[lag];
          }
        }
        for (const int d : e) weight *= static_cast<double>(levels - std::abs(d)) / levels, wrong += d != 0;
        const double probability = weight * q_function(distance / 2.0 / std::sqrt(variance));
        event_ratio += probability;
        symbol_ratio += probability * wrong;
      }
    const ErrorEvents events = error_events(response, levels, noise, {.relative = 1e-9, .longest = 5});
    const SequenceErrorRatio found = union_bound(events, levels);
    EXPECT_NEAR(found.event, event_ratio, 1e-6 * event_ratio) << levels << " levels";
    EXPECT_NEAR(found.symbol, symbol_ratio, 1e-6 * symbol_ratio) << levels << " levels";
  }
}

TEST(ErrorEvents, SayWhenTheSearchWasCutShort) {
  const double noise[] = {0.0001};
  EXPECT_FALSE(error_events(std::vector<double>{1.0}, 4, noise).complete);  // alternating errors never end
  EXPECT_FALSE(error_events(std::vector<double>{0.5}, 4, std::vector<double>{0.05}, {.most = 3}).complete);
}

// The numbers 0 … levels^order − 1 in base `levels`, each once: the greedy construction (M. H. Martin, Bull.
// Amer. Math. Soc. 40 (1934) 859).
std::vector<std::uint8_t> de_bruijn(std::size_t levels, int order) {
  std::size_t count = 1;
  for (int i = 0; i < order; ++i) count *= levels;
  std::vector<bool> seen(count, false);
  std::vector<std::uint8_t> result(static_cast<std::size_t>(order), 0);
  std::size_t window = 0;
  seen[0] = true;
  for (bool found = true; found;) {
    found = false;
    for (std::size_t a = levels; a-- > 0 && !found;) {
      const std::size_t next = (window * levels + a) % count;
      if (seen[next]) continue;
      seen[next] = found = true;
      window = next;
      result.push_back(static_cast<std::uint8_t>(a));
    }
  }
  result.resize(count);  // its end is the zeros it began with
  return result;
}

// In a pattern with every history of five symbols once, events of up to five differences are as frequent as
// among random symbols.
TEST(ErrorEventsOfAPattern, AreThoseOfRandomSymbols) {
  const std::vector<double> noise{0.015, 0.004}, response{0.6, 0.1};
  const ErrorEvents events = error_events(response, 4, noise, {.longest = 5});
  const std::vector<std::uint8_t> symbols = de_bruijn(4, 5);
  const std::vector<float> residual(symbols.size(), 0.0f), rms(symbols.size(), std::sqrt(0.015f));
  const SequenceErrorRatio random = union_bound(events, 4);
  const SequenceErrorRatio pattern = union_bound(events, 4, {symbols, residual, rms}, noise);
  // The rms is a float.
  EXPECT_NEAR(pattern.event, random.event, 1e-5 * random.event);
  EXPECT_NEAR(pattern.symbol, random.symbol, 1e-5 * random.symbol);
  EXPECT_NEAR(pattern.bit, random.bit, 1e-5 * random.bit);
}

// A slicer whose samples are off by r, in noise that depends on the symbol: level by level.
TEST(ErrorEventsOfAPattern, HaveTheirOwnInterferenceAndNoise) {
  const std::vector<double> nothing{0.0}, noise{0.01};
  const ErrorEvents events = error_events(nothing, 4, noise);
  const std::vector<std::uint8_t> symbols{0, 1, 2, 3};
  const std::vector<float> residual{0.05f, -0.1f, 0.02f, 0.1f}, rms{0.1f, 0.15f, 0.12f, 0.2f};
  double expected = 0.0;
  for (std::size_t a = 0; a < 4; ++a) {
    if (a < 3) expected += q_function((1.0 / 3.0 - residual[a]) / rms[a]);  // up
    if (a > 0) expected += q_function((1.0 / 3.0 + residual[a]) / rms[a]);  // down
  }
  EXPECT_NEAR(union_bound(events, 4, {symbols, residual, rms}, noise).symbol, expected / 4.0,
              1e-7 * expected);
}

}  // namespace
}  // namespace waverack::dsp
