#pragma once
// A module at work in its package: temperatures, what every lane does, and what the package is worth.

#include <optional>
#include <string>
#include <vector>

#include "waverack/module/package_lanes.hpp"

namespace waverack::module {

// Rise of the pieces of one site for heat in one of them.
struct Crosstalk {
  std::string block;
  int pieces = 0;
  std::vector<double> kelvin_per_watt;  // shape (warmed piece, heated piece), heated fastest
};

// Where the first lane stops meeting its limit. NaN where there is no liquid, or no such point in the range.
struct CoolantLimits {
  double highest_inlet = link::not_a_number;  // at the stack's flow [K]
  double least_flow = link::not_a_number;     // at the stack's inlet temperature [m³/s]
};

struct CoolingResult {
  std::string name;
  double hottest = 0.0;        // of the whole stack [K]
  double coolest_piece = 0.0;  // mean of a piece of a site [K]
  double hottest_piece = 0.0;
  int worst_lane = 0;
  double worst_margin_db = link::not_a_number;
  double worst_ber = link::not_a_number;
};

struct PackageResult {
  PackageHeat heat;
  std::vector<LaneState> lanes;
  int worst = 0;                      // index of the lane with the least margin
  CoolingResult cooling;              // of the package as designed
  std::vector<CoolingResult> others;  // in the order of the design
  std::optional<Crosstalk> crosstalk;
  std::optional<CoolantLimits> limits;
};

struct PackageOptions {
  int threads = 0;
  bool consequences = true;  // grid error, other coolings, crosstalk, limits of the coolant
};

// Cost: that of solve_package and solve_lanes; the consequences cost as much again for each other cooling, a
// solve of the stack for each piece of the modulators' site, and some ten solves for the limits.
PackageResult study_package(const Module&, const link::Lane&, const PackageOptions& = {});

}  // namespace waverack::module
