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
  parts,    // a part reaches 150 °C, where the laws of parts end
  nothing   // none of these in the range that is searched
};

// How warm and how slow the coolant may be; of a stack that no coolant flows through, the surroundings of its
// faces and their coefficients. NaN where the range has no end, or where what ends it is so already.
struct CoolantLimits {
  bool flows = true;                          // false: faces alone
  double highest_inlet = link::not_a_number;  // at the stack's flow [K]; of faces their surroundings
  CoolantEnd inlet_end = CoolantEnd::lane;
  int inlet_lane = -1;                      // that fails first, from 0; −1 where something else ends it
  double least_share = link::not_a_number;  // of the stack's flows or coefficients, at its temperatures
  double least_flow = link::not_a_number;   // that share of all flows [m³/s]
  CoolantEnd flow_end = CoolantEnd::lane;
  int flow_lane = -1;
};

struct CoolingResult {
  std::string name;
  double hottest = 0.0;        // of the whole stack [K]
  double coolest_piece = 0.0;  // mean of a piece of a site [K]
  double hottest_piece = 0.0;
  int worst_lane = 0;
  double worst_margin_db = link::not_a_number;
  double worst_ber = link::not_a_number;
  std::optional<CoolantLimits> limits;
};

struct PackageResult {
  PackageHeat heat;
  std::vector<LaneState> lanes;
  CoolingResult cooling;                   // of the package as designed
  double grid_error = link::not_a_number;  // of temperatures of blocks [K]
  std::vector<CoolingResult> others;       // in the order of the design
  std::optional<Crosstalk> crosstalk;
};

// Temperatures and lanes. Cost: that of solve_package and solve_lanes.
PackageResult study_package(const Module&, const link::Lane&, int threads);

// Adds what the package is worth: grid error, other coolings, crosstalk, limits of the coolant. Cost: each
// other cooling as much as study_package(), a linear solve for each piece of the modulators' site, that of
// coolant_limits() for every cooling.
void add_consequences(const Module&, const link::Lane&, int threads, PackageResult&);

}  // namespace waverack::module
