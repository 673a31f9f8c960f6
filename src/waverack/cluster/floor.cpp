#include "waverack/cluster/floor.hpp"

#include <algorithm>
#include <cstdlib>

namespace waverack::cluster {
namespace {

std::int64_t whole(std::int64_t count, std::int64_t each) { return (count + each - 1) / each; }

}  // namespace

std::vector<LengthBin> lengths_from_racks(const Floor& floor, std::int64_t gpus) {
  const std::int64_t racks = whole(gpus, floor.gpus_per_rack);
  if (racks == 1) return {{1.0, 0.0, floor.rise}};
  const std::int64_t rows = whole(racks, floor.racks_per_row);
  const std::int64_t middle = (rows - 1) / 2;
  std::vector<LengthBin> bins;
  for (std::int64_t away = 0; away <= rows - 1 - middle; ++away) {
    const double across = floor.rise + static_cast<double>(away) * floor.row_pitch;
    LengthBin bin{0.0, across + floor.rack_pitch, across};
    for (std::int64_t row = 0; row < rows; ++row) {
      if (std::abs(row - middle) != away) continue;
      const std::int64_t here =
          std::min<std::int64_t>(floor.racks_per_row, racks - row * floor.racks_per_row);
      bin.share += static_cast<double>(here) / static_cast<double>(racks);
      bin.to = std::max(bin.to, across + static_cast<double>(here) * floor.rack_pitch);
    }
    bins.push_back(bin);
  }
  return bins;
}

std::vector<LengthBin> lengths_between_rows(const Floor& floor, std::int64_t gpus) {
  const std::int64_t rows = whole(whole(gpus, floor.gpus_per_rack), floor.racks_per_row);
  return {{1.0, floor.rise, floor.rise + static_cast<double>(rows / 2) * floor.row_pitch}};
}

}  // namespace waverack::cluster
