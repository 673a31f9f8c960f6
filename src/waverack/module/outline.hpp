#pragma once
// How much room a module takes on its host's board.

#include <string>

#include "waverack/base/reader.hpp"

namespace waverack::module {

struct Outline {
  double width = 0.0;            // along the edge of the board [m]; 0: not stated
  double length = 0.0;           // away from the edge [m]
  double height = 0.0;           // [m]
  double pitch = 0.0;            // from one module to the next along the edge [m]; 0: the width
  int rows = 1;                  // of modules above one another at the same edge
  double fibre_pitch = 0.25e-3;  // of the fibres at the module's edge [m]
};

inline FieldList describe(Tag<Outline>) {
  using P = Outline;
  return fields<P>(
      "Room that a module takes on its host's board; without a width there are no densities.",
      field<&P::width>("width", "mm", 0.0, 1000.0, "Width along the edge of the board; 0: not stated.")
          .from(Kind::choice, "0: not stated"),
      field<&P::length>("length", "mm", 0.0, 1000.0, "Length away from the edge; 0: not stated.")
          .from(Kind::choice, "0: not stated"),
      field<&P::height>("height", "mm", 0.0, 1000.0, "Height; 0: not stated.")
          .from(Kind::choice, "0: not stated"),
      field<&P::pitch>("pitch", "mm", 0.0, 1000.0,
                       "From one module to the next along the edge; 0: the width.")
          .from(Kind::choice, "0: side by side"),
      field<&P::rows>("rows", "", 1, 16, "Modules above one another at the same edge.")
          .from(Kind::choice, "1"),
      field<&P::fibre_pitch>("fibre_pitch", "um", 10.0, 10000.0, "Pitch of the fibres at the module's edge.")
          .from(Kind::standard, "fibres of 250 um side by side, as in a ribbon"));
}

// Lanes (of one direction) and rate (of one direction) for a length, an area and a volume; SI, and NaN where
// a side is not stated.
struct Density {
  std::string name;    // "edge", "edge_pitch", "edge_rows", "footprint", "face", "volume"
  double lanes = 0.0;  // [1/m], [1/m²], [1/m³]
  double rate = 0.0;   // [bit/s per m, m², m³]
};

}  // namespace waverack::module
