#pragma once
// The bill of a cluster: every item with its quantity. Watts, failures and cost are sums over it, so that
// each total can be computed again from the list.

#include <cstdint>
#include <string>
#include <vector>

#include "waverack/base/ranged.hpp"

namespace waverack::cluster {

// `module`: at one end of links; `cable`: both ends and the medium; `fibre`: the passive cable of a link.
enum class ItemKind { node, network_card, switch_box, module, external_laser, cable, fibre, circuit_switch };

struct BillLine {
  ItemKind kind = ItemKind::module;
  std::string item;     // name of the card or design: "cpo-3.2t", "q3400"
  std::string network;  // "" for nodes
  std::string place;    // "nic", "leaf", "spine", "leaf-spine" (a cable)
  int tier = -1;        // of the switch that it is or sits at, of a cable's or fibre's links
  int link_tier = -1;   // of the links that it serves, 0 at the endpoints; -1: it is no part of a link
  double length = 0.0;  // longest of its links [m]; 0 where it has none
  std::int64_t quantity = 0;
  std::int64_t ends = 0;       // of links that it serves; a module of 3.2T may serve four ends of 800G
  double rate = 0.0;           // of one of those ends [bit/s]
  double fill = 1.0;           // share of its bandwidth that is used
  std::size_t technology = 0;  // index, of modules, lasers and cables
  double share = 1.0;  // of a whole item that one of this line is: of a module of two ports at a card of one

  Ranged power;          // of one, typical; optics included only in lines of their own [W]
  Ranged maximum_power;  // of one, for provisioning; a switch's holds its optics; 0: not stated [W]
  double liquid_share = 0.0;
  double fans_inside_at = -1.0;  // liquid share at which its watts hold its fans; below 0: they hold none
  Ranged failures;               // of one, hard [1/s]
  Ranged flaps;                  // of one [1/s]
  Ranged price;                  // of one [USD]; NaN: not known
  std::string price_source;
  std::int64_t spares = 0;
};

// All of a line together, typical [W].
inline double watts_of(const BillLine& line) { return static_cast<double>(line.quantity) * line.power.value; }

// Whether the line is part of a link that a technology brings: a module, its laser, or a cable with both
// ends.
inline bool is_optics(const BillLine& line) {
  return line.kind == ItemKind::module || line.kind == ItemKind::external_laser ||
         line.kind == ItemKind::cable;
}

}  // namespace waverack::cluster
