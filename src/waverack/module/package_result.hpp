#pragma once
// A module at work in its package: temperatures, what every lane does, and what the package is worth.

#include <optional>
#include <string>
#include <vector>

#include "waverack/module/package_lanes.hpp"

namespace waverack::module {

// Rise of the pieces of one site for heat in one of them, at the conductivities and coolants of the solved
// package.
struct Crosstalk {
  std::string block;
  int pieces = 0;
  std::vector<double> kelvin_per_watt;  // shape (warmed piece, heated piece), heated fastest
};

// What ends the range of a coolant.
enum class CoolantEnd {
  lane,     // the first lane stops meeting its limit
  boiling,  // the coolant boils at the hottest wall that it touches
  parts     // a part reaches 150 °C, where the laws of parts end
};

// How warm and how slow the coolant may be.
struct CoolantLimits {
  double highest_inlet = link::not_a_number;  // at the stack's flow [K]
  CoolantEnd inlet_end = CoolantEnd::lane;
  double least_flow = link::not_a_number;  // at the stack's inlet temperature [m³/s]
  CoolantEnd flow_end = CoolantEnd::lane;
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
  CoolingResult cooling;                   // of the package as designed
  double grid_error = link::not_a_number;  // of temperatures of blocks [K]
  std::vector<CoolingResult> others;       // in the order of the design
  std::optional<Crosstalk> crosstalk;
  std::optional<CoolantLimits> limits;
};

// Temperatures and lanes. Cost: that of solve_package and solve_lanes.
PackageResult study_package(const Module&, const link::Lane&, int threads);

// Adds what the package is worth: grid error, other coolings, crosstalk, limits of the coolant. Cost: each
// other cooling as much as study_package(), a linear solve for each piece of the modulators' site, some ten
// solves of the stack on a coarser grid for the limits.
void add_consequences(const Module&, const link::Lane&, int threads, PackageResult&);

}  // namespace waverack::module
