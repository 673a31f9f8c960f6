#include "waverack/dsp/error_events.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <compare>
#include <limits>
#include <map>
#include <numbers>
#include <queue>
#include <utility>

#include "waverack/signal/pam.hpp"
#include "waverack/signal/special.hpp"

namespace waverack::dsp {
namespace {

// The beginning of an event: what can still become one.
struct Beginning {
  std::vector<int> differences;
  double distance_squared = 0.0;  // of the samples that no continuation changes
  double log_weight = 0.0;        // of the share of symbols that permit it
  double log_bound = 0.0;         // on the probability of any event that begins so
  bool operator<(const Beginning& other) const { return log_bound < other.log_bound; }
};

// The sample at position k: Σ_i h_i·e_{k−i}·spacing.
double sample_at(std::span<const double> target, std::span<const int> differences, std::size_t k,
                 double spacing) {
  double sum = 0.0;
  for (std::size_t i = 0; i < target.size() && i <= k; ++i)
    if (k - i < differences.size()) sum += target[i] * differences[k - i];
  return sum * spacing;
}

double quadratic_form(std::span<const double> s, std::span<const double> r) {
  double sum = 0.0;
  for (std::size_t i = 0; i < s.size(); ++i) {
    sum += s[i] * s[i] * r[0];
    for (std::size_t d = 1; d < r.size() && i + d < s.size(); ++d) sum += 2.0 * s[i] * s[i + d] * r[d];
  }
  return sum;
}

// The largest value of the noise's spectrum R(0) + 2·Σ R(l)·cos(ωl): sᵀRs ≤ peak·Σ s².
double spectral_peak(std::span<const double> r) {
  constexpr int points = 512;
  double peak = 0.0;
  for (int i = 0; i <= points; ++i) {
    double sum = r[0];
    for (std::size_t l = 1; l < r.size(); ++l)
      sum += 2.0 * r[l] * std::cos(std::numbers::pi * i * static_cast<double>(l) / points);
    peak = std::max(peak, sum);
  }
  return peak;
}

// Wrong bits of a decision b for a; where bits are no whole number, one for each wrong symbol.
int bit_errors(int a, int b, int levels) {
  return std::has_single_bit(static_cast<unsigned>(levels))
             ? signal::gray_distance(static_cast<unsigned>(a), static_cast<unsigned>(b))
             : a != b;
}

double mean_bit_errors(int difference, int levels) {
  const int size = std::abs(difference);
  int sum = 0;
  for (int a = 0; a + size < levels; ++a) sum += bit_errors(a, a + size, levels);
  return static_cast<double>(sum) / (levels - size);
}

ErrorEvent finished(const Beginning& beginning, std::span<const double> target, int levels, double spacing,
                    std::span<const double> noise) {
  ErrorEvent event;
  event.differences = beginning.differences;
  for (std::size_t k = 0; k + 1 < event.differences.size() + target.size(); ++k)
    event.samples.push_back(sample_at(target, event.differences, k, spacing));
  for (const double s : event.samples) event.half_distance += s * s / 2.0;
  event.noise_rms = std::sqrt(std::max(quadratic_form(event.samples, noise), 0.0));
  event.multiplicity = 2.0 * std::exp(beginning.log_weight);
  for (const int difference : event.differences) {
    event.symbol_errors += difference != 0;
    if (difference != 0) event.bit_errors += mean_bit_errors(difference, levels);
  }
  if (levels == 2 || levels == 4) {
    int before = 0;
    for (const int difference : event.differences)
      event.precoded_bit_errors +=
          signal::wrong_bits_modulo(levels, difference + std::exchange(before, difference));
    event.precoded_bit_errors += signal::wrong_bits_modulo(levels, before);
  }
  return event;
}

// Whether the event is the sum of two others, difference by difference of its own sign, whose samples s', s''
// have s'·s'' ≥ 0. Such an event cannot happen without both of them (theory: mlse, section 5). The maximum of
// s'·s'' = Σ_k s'_k·(s_k − s'_k) over all choices of the first one comes from a recursion over its latest
// `memory` differences.
bool decomposes(const ErrorEvent& event, std::span<const double> target, double spacing) {
  const std::size_t memory = target.size() - 1;
  struct Choice {
    std::vector<int> recent;  // differences of the first one, latest first
    bool some = false;        // is it more than nothing,
    bool all = true;          // and less than the event?
    auto operator<=>(const Choice&) const = default;
  };
  std::map<Choice, double> best{{{std::vector<int>(memory, 0), false, true}, 0.0}};
  for (std::size_t k = 0; k < event.samples.size(); ++k) {
    const int whole = k < event.differences.size() ? event.differences[k] : 0;
    std::map<Choice, double> next;
    for (const auto& [choice, value] : best)
      for (int size = 0; size <= std::abs(whole); ++size) {
        const int difference = whole < 0 ? -size : size;
        double sample = difference;
        for (std::size_t i = 0; i < memory; ++i) sample += target[i + 1] * choice.recent[i];
        sample *= spacing;
        Choice to = choice;
        to.some = choice.some || difference != 0;
        to.all = choice.all && difference == whole;
        to.recent.insert(to.recent.begin(), difference);
        to.recent.pop_back();
        const double sum = value + sample * (event.samples[k] - sample);
        const auto [place, fresh] = next.try_emplace(std::move(to), sum);
        if (!fresh) place->second = std::max(place->second, sum);
      }
    best = std::move(next);
  }
  const auto found = best.find({std::vector<int>(memory, 0), true, false});
  // Equality counts, within rounding.
  return found != best.end() && found->second >= -1e-9 * event.half_distance;
}

SequenceErrorRatio& operator+=(SequenceErrorRatio& sum, const SequenceErrorRatio& term) {
  sum.event += term.event;
  sum.symbol += term.symbol;
  sum.bit += term.bit;
  sum.precoded_bit += term.precoded_bit;
  return sum;
}

// Bits that a symbol carries; PAM6 sends five on two symbols.
double bits_of(int levels) { return levels == 6 ? signal::bits_per_symbol(levels) : std::log2(levels); }

}  // namespace

ErrorEvents error_events(std::span<const double> postcursors, int levels, std::span<const double> noise,
                         const ErrorEventOptions& options) {
  assert(levels >= 2 && levels <= 16 && !postcursors.empty() && !noise.empty());
  const double spacing = 2.0 / (levels - 1);
  std::vector<double> target{1.0};
  target.insert(target.end(), postcursors.begin(), postcursors.end());
  const std::size_t memory = postcursors.size();
  const double peak_rms = std::sqrt(spectral_peak(noise));

  std::priority_queue<Beginning> open;
  const auto extend = [&](const Beginning& from, int difference) {
    Beginning next = from;
    next.differences.push_back(difference);
    const double s = sample_at(target, next.differences, next.differences.size() - 1, spacing);
    next.distance_squared += s * s;
    next.log_weight += std::log(static_cast<double>(levels - std::abs(difference)) / levels);
    next.log_bound = next.log_weight + signal::log_q(std::sqrt(next.distance_squared) / (2.0 * peak_rms));
    open.push(std::move(next));
  };
  for (int difference = 1; difference < levels; ++difference) extend({}, difference);

  // Logarithms, so that quiet lanes do not end in numbers that are all 0.
  ErrorEvents events;
  double log_sum = -std::numeric_limits<double>::infinity();
  const double log_share = std::log(options.relative) - std::log(10.0);
  for (int looked_at = 0; !open.empty(); ++looked_at) {
    const Beginning beginning = open.top();
    open.pop();
    if (beginning.log_bound < log_share + log_sum) break;
    if (looked_at == options.most) {
      events.complete = false;
      break;
    }
    // It may end here, unless its last symbol is right.
    const std::vector<int>& e = beginning.differences;
    if (e.back() != 0) {
      ErrorEvent event = finished(beginning, target, levels, spacing, noise);
      const double log_probability = std::log(event.multiplicity) +
                                     signal::log_q(event.half_distance / std::max(event.noise_rms, 1e-300));
      if (log_probability > log_share - std::log(10.0) + log_sum && !decomposes(event, target, spacing)) {
        const double larger = std::max(log_sum, log_probability),
                     smaller = std::min(log_sum, log_probability);
        log_sum = larger + std::log1p(std::exp(smaller - larger));
        events.list.push_back(std::move(event));
      }
    }
    if (static_cast<int>(e.size()) == options.longest) {
      events.complete = false;
      continue;
    }
    // `memory` right symbols in a row would be its end.
    const auto last_wrong = std::find_if(e.rbegin(), e.rend(), [](int d) { return d != 0; });
    const bool may_be_right = static_cast<std::size_t>(last_wrong - e.rbegin()) + 1 < memory;
    for (int difference = 1 - levels; difference < levels; ++difference)
      if (difference != 0 || may_be_right) extend(beginning, difference);
  }
  return events;
}

SequenceErrorRatio union_bound(const ErrorEvents& events, int levels) {
  SequenceErrorRatio sum;
  for (const ErrorEvent& event : events.list) {
    const double probability =
        event.multiplicity * signal::q_function(event.half_distance / std::max(event.noise_rms, 1e-300));
    sum += {probability, probability * event.symbol_errors, probability * event.bit_errors / bits_of(levels),
            probability * event.precoded_bit_errors / bits_of(levels)};
  }
  return sum;
}

SequenceErrorRatio union_bound(const ErrorEvents& events, int levels, const PatternAtDetector& pattern,
                               std::span<const double> noise) {
  const std::size_t n = pattern.symbols.size();
  assert(pattern.residual.size() == n && pattern.noise_rms.size() == n);
  std::vector<double> shape(noise.begin(), noise.end());
  for (double& r : shape) r /= noise[0];

  SequenceErrorRatio sum;
  std::vector<double> scaled;
  for (const ErrorEvent& event : events.list) {
    const std::size_t wrong = event.differences.size();
    assert(event.samples.size() <= n);
    for (std::size_t k = 0; k < n; ++k)
      for (const int sign : {1, -1}) {
        int bits = 0;
        bool permitted = true;
        for (std::size_t j = 0; j < wrong && permitted; ++j) {
          const int sent = pattern.symbols[(k + j) % n], decided = sent + sign * event.differences[j];
          permitted = decided >= 0 && decided < levels;
          if (permitted) bits += bit_errors(sent, decided, levels);
        }
        if (!permitted) continue;
        // The residual takes from the distance, or adds to it.
        double interference = 0.0;
        scaled.clear();
        for (std::size_t j = 0; j < event.samples.size(); ++j) {
          interference += sign * event.samples[j] * static_cast<double>(pattern.residual[(k + j) % n]);
          scaled.push_back(event.samples[j] * static_cast<double>(pattern.noise_rms[(k + j) % n]));
        }
        const double rms = std::sqrt(std::max(quadratic_form(scaled, shape), 1e-300));
        const double probability = signal::q_function((event.half_distance - interference) / rms);
        sum += {probability, probability * event.symbol_errors, probability * bits / bits_of(levels),
                probability * event.precoded_bit_errors / bits_of(levels)};
      }
  }
  const double scale = 1.0 / static_cast<double>(n);
  return {sum.event * scale, sum.symbol * scale, sum.bit * scale, sum.precoded_bit * scale};
}

}  // namespace waverack::dsp
