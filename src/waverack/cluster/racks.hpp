#pragma once
// Nodes and switches in racks: how many fit, what limits them, and how dense the computing is.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "waverack/cluster/bill.hpp"
#include "waverack/cluster/hall.hpp"
#include "waverack/cluster/network.hpp"
#include "waverack/cluster/node.hpp"
#include "waverack/cluster/technology.hpp"

namespace waverack::cluster {

// What one rack gives: power, cooling by air and by liquid, height, room for plugs.
struct RackLimits {
  Ranged power{220e3, 120e3, 264e3};           // of its shelves [W]
  Ranged air_cooling{40e3, 30e3, 50e3};        // heat that air carries away [W]
  Ranged liquid_cooling{230e3, 120e3, 600e3};  // heat that liquid carries away [W]
  double height_units = 48.0;
  double cages_per_unit = 32.0;  // of a faceplate
};

inline FieldList describe(Tag<RackLimits>) {
  using P = RackLimits;
  return fields<P>(
      "What one rack gives to the boxes in it.",
      field<&P::power>("power", "kW", 0.1, 1e4, "Power of its shelves.")
          .from(Kind::claim, "8 shelves of 33 kW, of 27.5 kW with one spare (facts: cluster 5.3)"),
      field<&P::air_cooling>("air_cooling", "kW", 0.0, 1e4, "Heat that air carries out of a rack.")
          .from(Kind::assumed, "about 40 kW (facts: cluster 3.3)"),
      field<&P::liquid_cooling>("liquid_cooling", "kW", 0.0, 1e4, "Heat that liquid carries out of a rack.")
          .from(Kind::claim, "racks of 120, 190 to 230 and 600 kW (facts: cluster 5.3)"),
      field<&P::height_units>("height_units", "", 1.0, 200.0, "Rack units for boxes.")
          .from(Kind::assumed, "a rack of 48 units"),
      field<&P::cages_per_unit>("cages_per_unit", "", 1.0, 200.0, "Pluggable modules of one rack unit.")
          .from(Kind::derived, "64 OSFP in 2U (facts: cluster 9)"));
}

enum class RackLimit { power, air_cooling, liquid_cooling, height, faceplate };

// A kind of box, with its share of what is plugged into it. Watts are typical ones at its inlet, with its
// fans.
struct RackBox {
  std::string name;  // "gb300-nvl72", "back-end spine"
  std::int64_t count = 0;
  double air_w = 0.0, liquid_w = 0.0;
  double height_units = 1.0;
  double plugs = 0.0;       // cages that it needs
  int gpus = 0;             // 0: a switch
  double peak_flops = 0.0;  // of all its GPUs; 0: not stated
  double power_w() const { return air_w + liquid_w; }
};

// Racks of one kind of box.
struct RackFill {
  std::string name;
  RackLimit limit = RackLimit::power;  // what a further box would exceed first
  double room = 0.0;                   // boxes that fit, before rounding; below 1 a box takes several racks
  double boxes_per_rack = 0.0;         // whole ones; below 1 where a box takes several racks
  double height_units = 0.0;           // of one box, with room for its plugs
  double racks = 0.0;                  // for all of them, rounded up
  double rack_power_w = 0.0;
};

struct RackResult {
  std::vector<RackFill> fills;  // in the order of the boxes
  double compute_racks = 0.0, network_racks = 0.0;
  // Of compute racks.
  double gpus_per_rack = 0.0;
  double flops_per_rack = 0.0;
  double rack_power_w = 0.0;
  double power_per_gpu_w = 0.0;
  RackLimit limit = RackLimit::power;
  double gpus_per_rack_of_all = 0.0;  // network racks counted too
  double gpus_of_room = 0.0;          // per compute rack before rounding to whole boxes
};

// Boxes of a kind fill racks of their own. Throws Error where there is no box with a GPU.
RackResult fill_racks(const RackLimits&, const std::vector<RackBox>&);

// The nodes and switches of a bill as boxes. Cards and optics of place "nic" count with the nodes, optics at
// a switch with the switch; server fans and the losses of power supplies are those of the hall. `networks`
// are those of the file, for the switches' heights; one that is not among them takes 2 units.
std::vector<RackBox> rack_boxes(const std::vector<BillLine>&, std::span<const Technology>, const Hall&,
                                const ComputeNode&, const std::vector<Network>& networks);

// The bill with nodes and switches at the maximum power that is stated for them, for racks that are filled by
// it: that of a switch holds its optics, which then draw nothing of their own. What states none, or less than
// it typically draws with its optics, stays at its typical power.
std::vector<BillLine> at_maximum(std::vector<BillLine> bill);

// GPUs per rack of one scenario over another: in whole boxes, before rounding, and where a rack is limited by
// its power alone (watts per GPU of the compute racks, inverted).
struct DensityRatio {
  double whole = 1.0;
  double room = 1.0;
  double power = 1.0;
};
DensityRatio density_over(const RackResult& scenario, const RackResult& baseline);

}  // namespace waverack::cluster

namespace waverack {
template <>
struct EnumNames<cluster::RackLimit> {
  using L = cluster::RackLimit;
  static constexpr std::array<EnumName<L>, 5> list{{{"power", L::power},
                                                    {"air_cooling", L::air_cooling},
                                                    {"liquid_cooling", L::liquid_cooling},
                                                    {"height", L::height},
                                                    {"faceplate", L::faceplate}}};
};
}  // namespace waverack
