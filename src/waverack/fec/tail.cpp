#include "waverack/fec/tail.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

#include "waverack/base/error.hpp"
#include "waverack/base/minimise.hpp"
#include "waverack/signal/binomial.hpp"
#include "waverack/signal/special.hpp"

namespace waverack::fec {

std::vector<double> symbol_error_distribution(const ErrorChain& chain, const CodewordPath& path,
                                              const BlockCode& code, std::size_t entries) {
  if (path.lanes < 1 || code.n % path.lanes != 0)
    throw Error("the symbols of a codeword do not divide among the lanes");
  return repeat_distribution(symbol_error_distribution(chain, path.layout, code.n / path.lanes, entries),
                             path.lanes, entries);
}

namespace {

constexpr double largest_persist = 0.97;

// The place of a chain: ln of the ratio of wrong decisions, and the persistence.
using Place = std::array<double, 2>;

class Likelihood {
 public:
  Likelihood(std::span<const std::uint64_t> counted, const CodewordPath& path, const BlockCode& code)
      : counted_(counted), path_(path), code_(code) {}

  ErrorChain chain(const Place& place) const {
    const double persist = std::clamp(place[1], 0.0, largest_persist);
    // So that the chain exists: its start is at most 1.
    const double largest = std::log(1.0 / (2.0 - persist));
    ErrorChain chain = chain_of_decisions(std::exp(std::min(place[0], largest - 1e-9)), persist);
    chain.precoded = path_.precoded;
    chain.bits_per_symbol = path_.layout.bits_per_symbol;
    return chain;
  }

  std::vector<double> distribution(const Place& place) const {
    const std::size_t entries = std::max(counted_.size(), static_cast<std::size_t>(code_.t) + 2);
    return symbol_error_distribution(chain(place), path_, code_, entries);
  }

  double failures(const Place& place) const { return codeword_error_ratio(code_, distribution(place)); }

  // As the histogram has its entries: the last one holds all above.
  std::vector<double> pooled(const Place& place) const {
    std::vector<double> entries = distribution(place);
    for (std::size_t i = counted_.size(); i < entries.size(); ++i) entries[counted_.size() - 1] += entries[i];
    entries.resize(counted_.size());
    return entries;
  }

  double minus_log(const Place& place) const {
    const std::vector<double> entries = pooled(place);
    double sum = 0.0;
    for (std::size_t i = 0; i < counted_.size(); ++i)
      if (counted_[i] > 0)
        sum -= static_cast<double>(counted_[i]) *
               std::log(std::max(entries[i], std::numeric_limits<double>::min()));
    return sum;
  }

 private:
  std::span<const std::uint64_t> counted_;
  const CodewordPath& path_;
  const BlockCode& code_;
};

double plausibility_of(std::span<const std::uint64_t> counted, const std::vector<double>& expected) {
  double square = 0.0, found = 0.0, awaited = 0.0;
  int entries = 0;
  double left = std::accumulate(expected.begin(), expected.end(), 0.0);
  for (std::size_t i = 0; i < counted.size(); ++i) {
    found += static_cast<double>(counted[i]);
    awaited += expected[i];
    left -= expected[i];
    if (i + 1 < counted.size() && (awaited < 5.0 || left < 5.0)) continue;
    if (awaited > 0.0) square += (found - awaited) * (found - awaited) / awaited;
    ++entries;
    found = awaited = 0.0;
  }
  const int freedom = entries - 3;  // the total and two parameters are fitted
  return freedom < 1 ? 1.0 : 1.0 - signal::lower_gamma(0.5 * freedom, 0.5 * square);
}

}  // namespace

TailEstimate extrapolate_tail(std::span<const std::uint64_t> counted, const CodewordPath& path,
                              const BlockCode& code) {
  double codewords = 0.0, symbols = 0.0;
  for (std::size_t i = 0; i < counted.size(); ++i) {
    codewords += static_cast<double>(counted[i]);
    symbols += static_cast<double>(i) * static_cast<double>(counted[i]);
  }
  TailEstimate tail;
  if (symbols == 0.0) {
    tail.high = signal::binomial_interval(0.0, codewords).high;
    return tail;
  }
  const Likelihood likelihood(counted, path, code);
  // A wrong symbol of the code is about one wrong decision in each run.
  const double line_symbols = static_cast<double>(code.bits_per_symbol) / path.layout.bits_per_symbol;
  const double wrong = symbols / (codewords * code.n * line_symbols);
  const std::array<double, 2> steps{std::clamp(3.0 / std::sqrt(symbols), 0.01, 0.5), 0.1};
  const auto value = [&](std::span<const double> at) { return likelihood.minus_log({at[0], at[1]}); };
  Place best{};
  double least = std::numeric_limits<double>::infinity();
  for (const double persist : {0.05, 0.5, 0.8}) {  // the valley may be bent
    const Variable variables[] = {
        {std::log(wrong / (1.0 - persist)), steps[0], std::log(wrong) - 3.0, std::log(wrong) + 5.0},
        {persist, steps[1], 0.0, largest_persist}};
    const Minimum minimum = minimise(value, variables, {.step_tolerance = 1e-3, .tolerance = 1e-6});
    if (minimum.value < least) {
      least = minimum.value;
      best = {minimum.at[0], minimum.at[1]};
    }
  }
  tail.chain = likelihood.chain(best);
  tail.codeword_error_ratio = tail.low = tail.high = likelihood.failures(best);
  tail.expected = likelihood.pooled(best);
  for (double& entry : tail.expected) entry *= codewords;
  tail.plausibility = plausibility_of(counted, tail.expected);

  constexpr int directions = 48;
  for (int d = 0; d < directions; ++d) {
    const double angle = 2.0 * std::numbers::pi * d / directions;
    const auto at = [&](double radius) {
      return Place{best[0] + radius * steps[0] * std::cos(angle),
                   std::clamp(best[1] + radius * steps[1] * std::sin(angle), 0.0, largest_persist)};
    };
    const auto inside = [&](double radius) {
      return likelihood.minus_log(at(radius)) <= least + 0.5 * 3.841;
    };
    double low = 0.0, high = 0.125;
    while (high < 64.0 && inside(high)) {
      low = high;
      high *= 2.0;
    }
    for (int i = 0; i < 8; ++i) {
      const double middle = 0.5 * (low + high);
      (inside(middle) ? low : high) = middle;
    }
    const double failures = likelihood.failures(at(low));
    tail.low = std::min(tail.low, failures);
    tail.high = std::max(tail.high, failures);
  }
  return tail;
}

}  // namespace waverack::fec
