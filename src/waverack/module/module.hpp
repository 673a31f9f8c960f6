#pragma once
// N lanes in one pluggable module or co-packaged engine: watts under four boundaries, the laser supply, and
// the room that it takes.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "waverack/base/reader.hpp"
#include "waverack/link/lane.hpp"
#include "waverack/link/result.hpp"
#include "waverack/module/calibration.hpp"
#include "waverack/module/laser_result.hpp"
#include "waverack/module/light_budget.hpp"
#include "waverack/module/outline.hpp"
#include "waverack/module/package.hpp"
#include "waverack/module/production.hpp"

namespace waverack::module {

struct PackageHeat;

struct Module {
  std::string form = "module";  // "OSFP", "co-packaged engine"
  int lanes = 8;
  double mac_rate_per_lane = 100e9;             // [bit/s]
  double control_power = 0.5;                   // [W]
  double conversion_efficiency = 0.9;           // of the DC-DC converters
  double cooling_power_ratio = 0.15;            // facility watts per watt of heat
  double laser_head_room = 1.2589254117941673;  // power ratio; 1 dB
  Package package;
  LightBudget light;
  Outline outline;
  Calibration calibration;
  Production production;
};

// Watts lost in the DC-DC converters for each watt behind them.
inline double conversion_loss_ratio(double efficiency) { return 1.0 / efficiency - 1.0; }

inline FieldList describe(Tag<Module>) {
  using P = Module;
  return fields<P>(
      "A pluggable module or co-packaged engine of N equal lanes.",
      field<&P::form>("form", "Form factor, for people."),
      field<&P::lanes>("lanes", "", 1, 4096, "Lanes in each direction.").from(Kind::choice, ""),
      field<&P::mac_rate_per_lane>("mac_rate_per_lane", "Gb/s", 1.0, 10000.0, "MAC rate of one lane.")
          .from(Kind::standard, "802.3: 106.25 Gb/s on the line carries 100 Gb/s"),
      field<&P::control_power>("control_power", "W", 0.0, 100.0,
                               "Microcontroller, monitors and management of the whole module.")
          .from(Kind::assumed, "0.5 pJ/bit for bias, heaters, control (facts: photonics 8.3)"),
      field<&P::conversion_efficiency>("conversion_efficiency", "", 0.5, 1.0,
                                       "Efficiency of the DC-DC converters inside the module.")
          .from(Kind::assumed, "10 % loss (facts: photonics 8.3)"),
      field<&P::cooling_power_ratio>("cooling_power_ratio", "", 0.0, 1.0,
                                     "Watts of fans, pumps and chillers for each watt of heat.")
          .from(Kind::assumed, "an air-cooled hall of PUE 1.25 less 6 to 10 % of electrical losses"),
      field<&P::laser_head_room>("laser_head_room", "dB", 0.0, 10.0,
                                 "Laser power kept beyond what the lane needs at its BER limit.")
          .from(Kind::assumed, "1 dB for ageing and temperature"),
      field<&P::package>("package", "What the module is built into and cooled by."),
      field<&P::light>("light", "What the light must be good for at the end of its life."),
      field<&P::outline>("outline", "Room that the module takes on the board."),
      field<&P::calibration>("calibration", "Calibration loops."),
      field<&P::production>("production", "How modules are made and judged."));
}

// The innermost boundary that counts a line of the power table.
enum class Meter { module, laser, host, cooling };
std::string_view meter_name(Meter meter);

// One line of the power table. A part of the lane counts once for each lane: the chain is one direction, and
// a module holds the transmitting half of one direction and the receiving half of the other.
struct PowerItem {
  std::string name;   // path of the part, "module.control", "module.conversion_loss" or "module.cooling"
  std::string label;  // for people
  Meter meter = Meter::module;
  int count = 1;
  double unit_w = 0.0;
  double total_w = 0.0;
  Kind kind = Kind::derived;  // what stands behind unit_w
  std::string source;
};

// Watts, or joules per bit, under the four boundaries; each includes the one before.
struct Boundaries {
  double module = 0.0;        // what is inside the housing or engine
  double with_laser = 0.0;    // plus external lasers at the wall plug
  double with_host = 0.0;     // plus the host's SerDes
  double with_cooling = 0.0;  // plus the cooling of all of it
};

struct ModuleResult {
  double mac_rate = 0.0;  // one direction [bit/s]
  Boundaries power_w;
  Boundaries energy_per_bit;  // [J/bit], both directions over the one-direction MAC rate
  std::vector<PowerItem> items;
  LaserResult laser;
  std::vector<Density> densities;  // empty without an outline (density.hpp)
  double heat_flux = no_value;     // watts inside the module over its footprint [W/m²]
  std::vector<Warning> warnings;
};

// Sums what each part says it draws. `lane_result` gives the optical margin that the laser budget needs (an
// unsolved one, whose numbers are NaN, leaves the power needed open); `provenance` tells what stands behind
// each part's watts. Inside the module the watts of parts, control and internal lasers pass the DC-DC
// converters; an external laser counts at its wall plug. (theory: module-power)
// Parts draw what they draw at their temperature in the package, the mean over the lanes, where `heat` gives
// it.
ModuleResult solve(const Module&, const link::Lane&, const link::LaneResult&, const Provenance&,
                   const PackageHeat* heat = nullptr);

}  // namespace waverack::module
