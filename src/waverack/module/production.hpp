#pragma once
// What decides whether a module that was made is good enough to be sold.

#include "waverack/base/reader.hpp"

namespace waverack::module {

struct Production {
  int spare_lanes = 0;
  double lane_pitch = 250e-6;              // along the die [m]
  double margin_limit = 1.0;               // power ratio
  double laser_trim = 1.2589254117941673;  // power ratio ≥ 1; 1 dB
};

inline FieldList describe(Tag<Production>) {
  using P = Production;
  return fields<P>(
      "How modules are made and judged (waverack yield).",
      field<&P::spare_lanes>("spare_lanes", "", 0, 1024,
                             "Lanes that are built beyond those that the module sells.")
          .from(Kind::choice, ""),
      field<&P::lane_pitch>("lane_pitch", "um", 1.0, 1e5, "Distance from one lane to the next along the die.")
          .from(Kind::assumed, "250 um: pitch of fibre arrays"),
      field<&P::margin_limit>("margin_limit", "dB", -20.0, 40.0, "Least margin of every lane that is sold.")
          .from(Kind::choice, "0 dB: the error ratio before FEC meets its limit"),
      field<&P::laser_trim>(
          "laser_trim", "dB", 0.0, 10.0,
          "How far the power of each laser is set up or down, so that its lanes launch what is designed and "
          "allowed.")
          .from(Kind::assumed, "1 dB: drive currents are set at the final test"));
}

}  // namespace waverack::module
