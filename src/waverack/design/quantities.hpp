#pragma once
// The scalar numbers of a result under the paths and in the units of its JSON form.

#include <string>
#include <vector>

#include "waverack/design/result.hpp"

namespace waverack {

struct Quantity {
  // "lane.margin_db", "lane.test_points.TP2.oma_outer_dbm", "module.energy_pj_per_bit.with_laser"
  std::string name;
  double value = 0.0;
  std::string unit;  // "", "dB", "dBm", "W", …
};

// In the order of the JSON form; a number that was not computed is NaN.
std::vector<Quantity> quantities(const Result&);

// The names and units that a result of this design will have, without the numbers of its lane. Throws Error
// if the chain is wrong. Cost: that of plan, module and cluster, far below that of a lane.
std::vector<Quantity> quantities_of(const LoadedDesign&);

}  // namespace waverack
