#include "waverack/dsp/mlse.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <limits>
#include <string>

#include "waverack/base/error.hpp"
#include "waverack/signal/pam.hpp"

namespace waverack::dsp {
namespace {

double square(double x) { return x * x; }

// Calls use(state, symbol, next state, expected sample) for every branch, predecessors of a state in rising
// order of their oldest symbol.
template <class Use>
void for_branches(const Trellis& trellis, Use use) {
  const auto levels = static_cast<std::size_t>(trellis.levels);
  const auto states = static_cast<std::size_t>(trellis.states());
  const std::size_t recent = states / levels;  // what remains of a state when its oldest symbol leaves
  for (std::size_t state = 0; state < states; ++state)
    for (std::size_t a = 0; a < levels; ++a)
      use(state, a, state % recent * levels + a, static_cast<double>(trellis.expected[state * levels + a]));
}

}  // namespace

SequenceReceiver adapt_sequence_receiver(const AdaptationSums& sums, std::span<const double> noise,
                                         const EqualiserShape& shape) {
  assert(shape.feedback >= 1);
  SequenceReceiver receiver;
  receiver.equaliser = adapt(sums, noise, shape);
  receiver.postcursors = std::move(receiver.equaliser.feedback);
  receiver.equaliser.feedback.clear();
  const std::size_t taps = receiver.equaliser.forward.size();
  const int lags =
      1 + static_cast<int>((noise.size() - taps) / static_cast<std::size_t>(shape.samples_per_symbol));
  receiver.noise_autocorrelation =
      noise_behind_taps(receiver.equaliser.forward, shape.samples_per_symbol, noise, lags);
  return receiver;
}

std::vector<double> noise_behind_taps(std::span<const double> taps, int samples_per_symbol,
                                      std::span<const double> noise, int lags) {
  const auto count = static_cast<long>(taps.size());
  assert(static_cast<long>(noise.size()) >= count + (lags - 1L) * samples_per_symbol);
  // The taps' own correlation first: Σ_i w_i·w_{i+d}.
  std::vector<double> own(taps.size(), 0.0);
  for (long d = 0; d < count; ++d)
    for (long i = 0; i + d < count; ++i) own[d] += taps[i] * taps[i + d];
  std::vector<double> result;
  for (long lag = 0; lag < lags; ++lag) {
    double sum = own[0] * noise[lag * samples_per_symbol];
    for (long d = 1; d < count; ++d)
      sum += own[d] * (noise[std::abs(lag * samples_per_symbol - d)] + noise[lag * samples_per_symbol + d]);
    result.push_back(sum);
  }
  return result;
}

std::vector<std::uint8_t> detect_sequence(const Trellis& trellis, std::span<const float> samples) {
  const auto states = static_cast<std::size_t>(trellis.states()),
             levels = static_cast<std::size_t>(trellis.levels);
  const std::size_t recent = states / levels;
  std::vector<double> metric(states, 0.0), next(states);
  std::vector<std::uint8_t> oldest(samples.size() * states);  // the symbol that left when a state was reached
  for (std::size_t k = 0; k < samples.size(); ++k) {
    std::fill(next.begin(), next.end(), std::numeric_limits<double>::infinity());
    for_branches(trellis, [&](std::size_t state, std::size_t, std::size_t to, double expected) {
      const double sum = metric[state] + square(samples[k] - expected);
      if (sum < next[to]) {
        next[to] = sum;
        oldest[k * states + to] = static_cast<std::uint8_t>(state / recent);
      }
    });
    std::swap(metric, next);
  }
  std::vector<std::uint8_t> decisions(samples.size());
  auto state = static_cast<std::size_t>(std::min_element(metric.begin(), metric.end()) - metric.begin());
  for (std::size_t k = samples.size(); k-- > 0;) {
    decisions[k] = static_cast<std::uint8_t>(state % levels);
    state = state / levels + oldest[k * states + state] * recent;
  }
  return decisions;
}

std::vector<float> bit_reliabilities(const Trellis& trellis, std::span<const float> samples,
                                     double noise_variance) {
  const auto states = static_cast<std::size_t>(trellis.states()),
             levels = static_cast<std::size_t>(trellis.levels);
  if (!std::has_single_bit(levels))
    throw Error("reliabilities of bits need 2, 4, 8 or 16 levels, not " + std::to_string(levels));
  const auto bits = static_cast<std::size_t>(std::countr_zero(levels));
  constexpr double far = std::numeric_limits<double>::infinity();

  // before[k·states + s]: the best path up to sample k − 1 that ends in state s.
  std::vector<double> before((samples.size() + 1) * states, far);
  std::fill_n(before.begin(), states, 0.0);
  for (std::size_t k = 0; k < samples.size(); ++k) {
    const double* from = before.data() + k * states;
    double* reached = before.data() + (k + 1) * states;
    for_branches(trellis, [&](std::size_t state, std::size_t, std::size_t to, double expected) {
      reached[to] = std::min(reached[to], from[state] + square(samples[k] - expected));
    });
  }
  std::vector<float> result(samples.size() * bits);
  std::vector<double> after(states, 0.0), previous(states);
  for (std::size_t k = samples.size(); k-- > 0;) {
    // The lowest digit of the state behind sample k is symbol k.
    std::vector<double> symbol(levels, far);
    for (std::size_t s = 0; s < states; ++s)
      symbol[s % levels] = std::min(symbol[s % levels], before[(k + 1) * states + s] + after[s]);
    for (std::size_t bit = 0; bit < bits; ++bit) {
      double best[2] = {far, far};
      for (std::size_t a = 0; a < levels; ++a) {
        double& value = best[signal::gray_code(static_cast<unsigned>(a)) >> (bits - 1 - bit) & 1];
        value = std::min(value, symbol[a]);
      }
      result[k * bits + bit] = static_cast<float>((best[1] - best[0]) / (2.0 * noise_variance));
    }
    std::fill(previous.begin(), previous.end(), far);
    for_branches(trellis, [&](std::size_t state, std::size_t, std::size_t to, double expected) {
      previous[state] = std::min(previous[state], after[to] + square(samples[k] - expected));
    });
    std::swap(after, previous);
  }
  return result;
}

}  // namespace waverack::dsp
