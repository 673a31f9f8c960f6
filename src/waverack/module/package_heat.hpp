#pragma once
// Temperatures of a module's parts: watts warm the package, and what is warm draws other watts.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "waverack/link/lane.hpp"
#include "waverack/module/module.hpp"
#include "waverack/thermal/steady.hpp"

namespace waverack::module {

// A site of the package with its pieces, one for each lane or laser, or one in all.
struct SiteHeat {
  std::string block;
  std::vector<std::string> parts;
  int lanes_of_piece = 1;           // that share one; the last piece may have fewer
  std::size_t first_block = 0;      // of the pieces, which follow one another in the stack
  std::vector<double> watts;        // of each piece [W]
  std::vector<double> temperature;  // mean over each piece [K]
};

struct PackageHeat {
  std::vector<SiteHeat> sites;  // in the order of the design
  thermal::Stack stack;         // with the blocks of sites cut into pieces, and their powers
  thermal::SteadyResult steady;
  double heat = 0.0;         // of the whole stack [W]
  int rounds = 0;            // from watts to temperatures and back
  double last_change = 0.0;  // of any piece in the last round [K]
  std::vector<Warning> warnings;
};

// Whether the module states a package that this build can solve.
bool has_package(const Module&);

// Solves watts and temperatures to a fixed point: every part's `power` at the temperature of its piece, for
// each lane. The package gives a part its surroundings; what a part does to itself above them (a junction's
// thermal resistance, a ring's self-heating) is on its card. Rounds end when no piece moves more than 1 mK,
// or after 30 with a warning. Heat of parts that have no site is nowhere in the stack, which a warning says;
// a part without a site has the temperature of the lane. All electrical watts are heat: the light that leaves
// the module is not taken off, the light that external lasers send in is not added.
// `coarser`: cells in x and y are so many times longer than the stack states.
// Throws Error for a site whose block or part does not exist, and for a part at two sites.
// Cost: for 3e4 cells some 0.3 s.
PackageHeat solve_package(const Module&, const link::Lane&, const thermal::Stack&, double coarser = 1.0);

struct Extent {
  double least = 0.0, mean = 0.0, most = 0.0;
};
Extent extent_of(const std::vector<double>&);

// The site that takes the heat of a part; nullptr where none does.
const SiteHeat* site_of(const PackageHeat&, std::string_view part);

// The piece of a site that belongs to a lane; both count from 0.
std::size_t piece_of(const SiteHeat&, int lane);

// The surroundings of every part that has a site, unless the design states its temperature: the mean over the
// pieces [K], by path (lane.chain.NAME, lane.light.NAME).
std::map<std::string, double> mean_temperatures(const link::Lane&, const PackageHeat&);

// The lane with each part at the temperature of its own piece, unless the design states one; lanes count
// from 0.
link::Lane lane_at(const link::Lane&, const Module&, const PackageHeat&, int lane);

}  // namespace waverack::module
