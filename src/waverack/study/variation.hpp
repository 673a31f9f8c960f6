#pragma once
// The numbers of a lane that differ from one piece to the next, as the spreads of its parts state them.

#include <string>
#include <vector>

#include "waverack/design/design.hpp"

namespace waverack::study {

struct Variation {
  std::string path;  // "lane.chain.mach_zehnder.v_pi_l"
  parts::Spread spread;
  std::size_t part = 0;          // index into lane.light or lane.chain
  bool in_light = false;         // lane.light
  bool of_laser = false;         // in front of the split: the same for all lanes of one laser
  std::string_view unit;         // of the number
  double nominal = 0.0;          // [SI]
  double low = 0.0, high = 0.0;  // range of the number [SI]
  double deviation = 0.0;  // standard deviation over the lanes of many modules [as spread.scale says], > 0
  Kind kind = Kind::choice;
  std::string source, value;  // of sigma or walk, as stated: "3 %"
};

// All of the lane, those of the light first. A module is `lanes` lanes along its die. Where lasers are
// trimmed (module.production.laser_trim), the power of the laser is one of them in any case. Throws Error for
// one whose deviation is zero.
std::vector<Variation> variations_of(const LoadedDesign&, int lanes);

// Sets the number of `lane`, a copy of the design's, to where `deviation` [as spread.scale says] takes it; a
// range that it leaves holds it at its end, and the result is then false.
bool set_number(link::Lane& lane, const Variation&, double deviation);

// Lanes that one laser of the module feeds; 1 without light.
int lanes_of_laser(const link::Lane&);

}  // namespace waverack::study
