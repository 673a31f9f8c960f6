#pragma once
// Where racks stand, and how long links become there.

#include <cstdint>
#include <vector>

#include "waverack/base/reader.hpp"

namespace waverack::cluster {

// Links whose lengths spread evenly from `from` to `to`.
struct LengthBin {
  double share = 1.0;           // of the links of its class; the shares add up to 1
  double from = 0.0, to = 0.0;  // [m]
};

inline FieldList describe(Tag<LengthBin>) {
  using P = LengthBin;
  return fields<P>("Links whose lengths spread evenly.",
                   field<&P::share>("share", "", 0.0, 1.0, "Share of the links.").from(Kind::choice, "all"),
                   field<&P::from>("from", "m", 0.0, 2e6, "Shortest.").must_be_given(),
                   field<&P::to>("to", "m", 0.0, 2e6, "Longest.").must_be_given());
}

// Rows of racks lie beside one another. Cables run in trays along rows, and across rows at their ends.
struct Floor {
  int gpus_per_rack = 0;  // 0: no floor is stated
  int racks_per_row = 16;
  double rack_pitch = 0.7;  // from rack to rack [m]
  double row_pitch = 3.0;   // from row to row, aisles included [m]
  double rise = 4.0;        // of a cable from its ports to the trays, at both ends together, with slack [m]
};

inline FieldList describe(Tag<Floor>) {
  using P = Floor;
  constexpr std::string_view usual = "racks 600 to 800 mm wide and 1.2 m deep, aisles of 1.8 m";
  return fields<P>(
      "Where racks stand: lengths of links follow from it.",
      field<&P::gpus_per_rack>("gpus_per_rack", "", 0, 100000, "GPUs of a rack; 0: no floor is stated.")
          .from(Kind::choice, "0"),
      field<&P::racks_per_row>("racks_per_row", "", 1, 10000, "Racks of a row.").from(Kind::assumed, usual),
      field<&P::rack_pitch>("rack_pitch", "m", 0.1, 10.0, "From rack to rack.").from(Kind::assumed, usual),
      field<&P::row_pitch>("row_pitch", "m", 0.5, 50.0, "From row to row, aisles included.")
          .from(Kind::assumed, usual),
      field<&P::rise>("rise", "m", 0.0, 50.0,
                      "Of a cable from its ports to the trays, at both ends together, with slack.")
          .from(Kind::assumed, "2 m at either end"));
}

// Links of a group of `gpus` GPUs to switches at the end of its middle row, all racks alike: from rise +
// rack_pitch to the far end of the row, and row_pitch more for every row in between. One bin for each such
// distance; a group in one rack has one of 0 to rise. `gpus` ≥ 1 and gpus_per_rack ≥ 1.
std::vector<LengthBin> lengths_from_racks(const Floor& floor, std::int64_t gpus);

// Links between switches at the ends of the rows of a group and those at the end of its middle row: from rise
// to half of its rows.
std::vector<LengthBin> lengths_between_rows(const Floor& floor, std::int64_t gpus);

}  // namespace waverack::cluster
