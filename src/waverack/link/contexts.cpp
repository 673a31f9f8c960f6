#include "waverack/link/contexts.hpp"

#include <cmath>

namespace waverack::link {

Samples weigh_contexts(const DecisionInput& in, std::vector<float> value, std::span<const Near> near,
                       std::span<const double> centred) {
  const std::size_t n = value.size(), levels = centred.size();
  Samples result;
  result.level.assign(in.symbols.begin(), in.symbols.end());
  result.value = std::move(value);
  result.variance.assign(in.variance.begin(), in.variance.end());
  result.shift.assign(in.shift.begin(), in.shift.end());
  result.shift.resize(n, 0.0f);

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
  std::vector<double> seen(levels, 0.0), base(levels, 0.0), variance(levels, 0.0), shift(levels, 0.0);
  for (std::size_t item = 0; item < count; ++item)
    if (occurrences[item] > 0.0) seen[item / per_level] += 1.0;
  for (std::size_t k = 0; k < n; ++k) {
    const std::size_t l = in.symbols[k];
    result.weight.push_back(1.0 / (occurrences[context[k]] * static_cast<double>(per_level)));
    const double share = result.weight.back() * static_cast<double>(per_level) / seen[l];
    base[l] += share * (result.value[k] - offset[context[k]]);
    variance[l] += share * in.variance[k];
    shift[l] += share * std::abs(result.shift[k]);
  }
  for (std::size_t item = 0; item < count; ++item) {
    const std::size_t l = item / per_level;
    if (occurrences[item] > 0.0 || seen[l] == 0.0) continue;
    result.level.push_back(static_cast<std::uint8_t>(l));
    result.value.push_back(static_cast<float>(base[l] + offset[item]));
    result.variance.push_back(static_cast<float>(variance[l]));
    result.shift.push_back(static_cast<float>(shift[l]));
    result.weight.push_back(1.0 / static_cast<double>(per_level));
  }
  return result;
}

}  // namespace waverack::link
