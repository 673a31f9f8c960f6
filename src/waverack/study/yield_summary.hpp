#pragma once
// What the modules that were made say together.

#include <cstdint>

#include "waverack/study/yield.hpp"

namespace waverack::study {

inline constexpr std::uint32_t no_variation = 0xFFFF'FFFFu;

// What is kept of a module.
struct ModuleRecord {
  // For 0, 1, 2 … spares: the margin of the weakest lane that is sold, and whether the module is good.
  std::vector<float> margin;
  std::vector<bool> good;
  int good_lanes = 0, lanes = 0;
  float module_w = 0.0f, with_laser_w = 0.0f;
  // With the chosen spares: the slack of the lane that decides, and the lane requirement that it is about.
  float slack = 0.0f;
  std::uint32_t requirement = 0;
  // Of a module that is refused with the chosen spares.
  std::uint32_t missed = 0;  // lane requirements, then module requirements
  std::uint32_t cause = no_variation;
  bool good_without = false;
};

// Counts of lane margins, common to all threads' blocks.
inline constexpr double histogram_width_db = 0.1, histogram_first_db = -20.0;
inline constexpr int histogram_bins = 600;  // up to 40 dB

int histogram_bin(double margin_db);

// Fills in everything of `result` that follows from the records: result.modules is their number.
void summarise(YieldResult& result, const std::vector<ModuleRecord>& records,
               const std::vector<std::uint64_t>& lane_margins);

}  // namespace waverack::study
