#pragma once
// How often a module fails in the field: the rates of its devices added up.

#include <map>
#include <string>
#include <vector>

#include "waverack/module/module.hpp"

namespace waverack::module {

inline constexpr double seconds_per_year = 8760.0 * 3600.0;  // as FIT are turned into years in the field

// Devices of one kind.
struct DeviceFailures {
  std::string name;                // path of the part
  int devices = 0;                 // in the module, or of its light supply
  int lanes = 1;                   // that stop when one of them fails
  double temperature = 0.0;        // of a laser's mount, else of the part's surroundings [K]
  double rate = 0.0;               // of one, at that temperature [1/s]
  bool field_replaceable = false;  // an external laser
  Kind kind = Kind::assumed;       // what stands behind the stated rate
  std::string source;
  double total() const { return devices * rate; }
};

struct Reliability {
  std::vector<DeviceFailures> devices;  // largest total first; those whose rate is not stated are left out
  double rate = 0.0;                    // of everything inside the module [1/s]
  double replaceable_rate = 0.0;        // of its field-replaceable lasers [1/s]
  // Within a year, the module works at its beginning: that any lane stops, and that more lanes stop than
  // there are spares. Field-replaceable lasers do not count: they are changed.
  double any_failure = 0.0, beyond_spares = 0.0;
  double replaceable_failure = 0.0;  // that at least one field-replaceable laser fails within the year
};

// Of `lane`'s parts on the module's and the laser's meter that state `failures`: the chain is one direction,
// and a module holds the transmitting half of one direction and the receiving half of the other, so every
// part counts once. `temperatures`: of the surroundings of parts by path [K]; others have their own, or that
// of the lane. A laser fails as often as what it is mounted on is warm: its cooler, or its case.
// Failures are independent and their rates constant. A device of more lanes than there are spares takes the
// module down; what smaller ones take adds up, two failures of the same lane twice (on the safe side).
// (theory: yield, eq. 13 to 15)
Reliability reliability(const Module&, const link::Lane&, const Provenance&,
                        const std::map<std::string, double>& temperatures, int spare_lanes);

// 1 − e^(−rate·year).
double failure_within_year(double rate);

}  // namespace waverack::module
