#include "waverack/link/contexts.hpp"

#include <cmath>

namespace waverack::link {
namespace {

constexpr int borrowed_samples = 16;
constexpr std::size_t stride = 1237;  // prime: samples in turn come from all over the pattern

}  // namespace

Samples weigh_contexts(const DecisionInput& in, std::vector<float> value, std::span<const Near> near,
                       std::span<const double> centred) {
  const std::size_t n = value.size(), levels = centred.size();
  Samples result;
  result.level.assign(in.symbols.begin(), in.symbols.end());
  result.value = std::move(value);
  result.variance.assign(in.variance.begin(), in.variance.end());
  result.slope.assign(in.slope.begin(), in.slope.end());
  result.slope.resize(n, 0.0f);

  std::vector<std::size_t> context(n, 0);
  std::size_t count = 1;
  for (const Near& symbol : near) {
    count *= levels;
    const long size = static_cast<long>(n);
    for (std::size_t k = 0; k < n; ++k)
      context[k] = context[k] * levels +
                   in.symbols[static_cast<std::size_t>((static_cast<long>(k) - symbol.lag + size) % size)];
  }
  // What the neighbours of a context add to its cursor, the last symbol being the last digit.
  std::vector<double> offset(count, 0.0), occurrences(count, 0.0);
  for (std::size_t value_of = 0; value_of < count; ++value_of)
    for (std::size_t i = near.size(), digits = value_of; i-- > 1; digits /= levels)
      offset[value_of] += near[i].coefficient * centred[digits % levels];
  for (const std::size_t item : context) occurrences[item] += 1.0;

  const std::size_t per_level = count / levels;
  std::vector<std::vector<std::size_t>> of_level(levels);
  for (std::size_t k = 0; k < n; ++k) {
    result.weight.push_back(1.0 / (occurrences[context[k]] * static_cast<double>(per_level)));
    of_level[in.symbols[k]].push_back(k);
  }
  // A context that never occurs borrows what its neighbours do not explain from samples of its level, in
  // turn.
  std::size_t turn = 0;
  for (std::size_t item = 0; item < count; ++item) {
    const std::size_t l = item / per_level;
    if (occurrences[item] > 0.0 || of_level[l].empty()) continue;
    for (int i = 0; i < borrowed_samples; ++i, turn += stride) {
      const std::size_t k = of_level[l][turn % of_level[l].size()];
      result.level.push_back(static_cast<std::uint8_t>(l));
      result.value.push_back(result.value[k] + static_cast<float>(offset[item] - offset[context[k]]));
      result.variance.push_back(in.variance[k]);
      result.slope.push_back(result.slope[k]);
      result.weight.push_back(1.0 / (borrowed_samples * static_cast<double>(per_level)));
    }
  }
  return result;
}

}  // namespace waverack::link
