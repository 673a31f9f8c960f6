#pragma once
// What is told of the light of a module.

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "waverack/parts/diode_laser.hpp"

namespace waverack::module {

inline constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

// A rung of the ladder from the laser to the photodiode. The loss of the modulation is what is left between
// the modulator's on-state loss and the average power received.
struct LaserStep {
  std::string name;
  double loss_db = 0.0;
  double power_dbm_after = 0.0;      // of one lane after its split, continuous or average
  double end_of_life_loss_db = 0.0;  // what the step adds until the end of life
};

// What a new laser must give more, so that every lane holds at the end of life.
struct Allowance {
  std::string name;
  double loss_db = 0.0;
};

struct EndOfLife {
  std::vector<Allowance> allowances;  // the laser's ageing, that of each step, the worst lane
  double total_db = 0.0;
  double power_needed_dbm = no_value;  // of one new laser
  double margin_db = no_value;         // power as designed − power needed
  std::string elsfp_class;             // as LaserResult::elsfp_class
};

// The watts of one laser.
struct LaserWatts {
  double laser = 0.0;
  double cooler = 0.0;
  double control = 0.0;                // with the cooler of a cw_laser
  double efficiency_laser = no_value;  // light over the watts of the laser itself
  double efficiency = no_value;        // light over all watts
};

// The laser modules of external lasers; a module may use a share of one.
struct LaserModules {
  int fibres = 0;               // of one laser module that carry light
  int wavelengths = 1;          // in each
  int spares = 0;               // lasers that stand in for others
  int lanes = 0;                // that one laser module feeds
  double share = 0.0;           // laser modules that this module uses
  double power_w = 0.0;         // of a whole laser module
  double stated_power_w = 0.0;  // that its maker states; 0: none
};

// What goes dark when one thing fails.
struct BlastRadius {
  std::string what;      // "laser", "laser_fibre", "laser_module", "fibre", "module"
  int lanes = 0;         // that depend on it
  int dark = 0;          // of them where no spare stands in
  double rate = 0.0;     // MAC rate of those [bit/s], one direction
  double modules = 0.0;  // modules that are touched
};

// The probability that the light fails within the service time: of the lasers that belong together (those of
// a laser module, or of a module with lasers inside), more fail than there are spares. Not numbers where the
// laser states no failures.
struct Redundancy {
  int lasers = 0;  // spares included
  int needed = 0;
  double laser_fails = no_value;  // probability that one laser does
  double light_fails = no_value;  // that a lane goes dark
  double failures = no_value;     // expected number of failing lasers
};

// Fibres at one module.
struct FibreCount {
  int laser = 0;           // polarisation-maintaining, from external lasers
  int signal = 0;          // single mode, both directions
  int wavelengths = 1;     // in each signal fibre
  double edge = no_value;  // share of the module's edge that they take side by side; NaN without a width
};

// A switch full of such modules.
struct SwitchSupply {
  double rate = 0.0;  // [bit/s]
  int modules = 0;
  int lasers = 0;
  int laser_modules = 0;  // whole ones
  int laser_fibres = 0;
  int signal_fibres = 0;
  double laser_w = 0.0;      // of whole laser modules
  double light_fails = 0.0;  // probability that a lane goes dark within the service time
};

struct LaserResult {
  bool present = false;
  bool external = false;  // in a module of its own (ELSFP)
  int lasers = 0;         // of the whole module
  int lanes_per_laser = 1;
  double power_dbm = 0.0;  // of one laser, as designed
  double power_needed_dbm =
      no_value;                 // of one laser, so that the lane just meets its BER limit, plus the head room
  double margin_db = no_value;  // power_dbm − power_needed_dbm
  double wall_plug_w = 0.0;     // whole module
  // Of a diode_laser: how it is driven, and the most it can give in these surroundings [dBm]
  std::optional<parts::LaserDrive> drive;
  double largest_power_dbm = no_value;
  // External: smallest class that gives the power needed, "none" beyond the table; else ""
  std::string elsfp_class;
  std::vector<LaserStep> ladder;  // laser → photodiode
  LaserWatts watts;
  EndOfLife end_of_life;
  std::optional<LaserModules> laser_modules;  // of external lasers
  std::vector<BlastRadius> blast_radius;
  Redundancy redundancy;
  FibreCount fibres;
  std::optional<SwitchSupply> of_switch;  // solve_switch_supply
};

}  // namespace waverack::module
