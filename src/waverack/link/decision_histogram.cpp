#include "waverack/link/decision_histogram.hpp"

#include <algorithm>
#include <cassert>

namespace waverack::link {

DecisionHistogram::DecisionHistogram(int levels) : counts_(static_cast<std::size_t>(levels) * bins, 0) {}

void DecisionHistogram::add(std::span<const std::uint8_t> sent, std::span<const float> values) {
  assert(sent.size() == values.size());
  constexpr auto per_step = static_cast<float>(1.0 / step), first = static_cast<float>(-start / step),
                 last = static_cast<float>(bins - 1);
  for (std::size_t i = 0; i < sent.size(); ++i) {
    const float at = values[i] * per_step + first;
    const float place = at > 0.0f ? std::min(at, last) : 0.0f;  // 0 for what is no number, too
    ++counts_[static_cast<std::size_t>(sent[i]) * bins + static_cast<std::size_t>(place)];
  }
}

DecisionHistogram& DecisionHistogram::operator+=(const DecisionHistogram& other) {
  if (counts_.empty()) counts_.resize(other.counts_.size(), 0);
  for (std::size_t i = 0; i < other.counts_.size(); ++i) counts_[i] += other.counts_[i];
  return *this;
}

std::span<const std::uint64_t> DecisionHistogram::counts(int level) const {
  return std::span(counts_).subspan(static_cast<std::size_t>(level) * bins, bins);
}

}  // namespace waverack::link
