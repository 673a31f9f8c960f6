#pragma once
// How often the waveform solver found each decision value, level by level.

#include <cstdint>
#include <span>
#include <vector>

namespace waverack::link {

// Ideal levels are −1 … 1. Values beyond the bins count in the outermost ones. Histograms of different pieces
// add up; one without levels is empty.
class DecisionHistogram {
 public:
  static constexpr int bins = 512;
  static constexpr double start = -1.6, step = 3.2 / bins;  // lower edge of bin 0, width

  DecisionHistogram() = default;
  explicit DecisionHistogram(int levels);

  // One value for each of the symbols that were sent.
  void add(std::span<const std::uint8_t> sent, std::span<const float> values);
  DecisionHistogram& operator+=(const DecisionHistogram&);

  int levels() const { return static_cast<int>(counts_.size()) / bins; }
  // Of the symbols of `level`, bin by bin.
  std::span<const std::uint64_t> counts(int level) const;

 private:
  std::vector<std::uint64_t> counts_;  // level by level
};

}  // namespace waverack::link
