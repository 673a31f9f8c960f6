#pragma once
// Small bills for tests of the hall, by hand.

#include <string>
#include <vector>

#include "waverack/cluster/bill.hpp"

namespace waverack::cluster {

inline BillLine bill_line(ItemKind kind, std::string network, std::string place, std::int64_t quantity,
                          double watts, double liquid_share = 0.0) {
  BillLine line;
  line.kind = kind;
  line.item = network + " " + place;
  line.network = std::move(network);
  line.place = std::move(place);
  line.quantity = quantity;
  line.power = exactly(watts);
  line.liquid_share = liquid_share;
  return line;
}

inline BillLine nodes(std::int64_t quantity, double watts, double liquid_share) {
  return bill_line(ItemKind::node, "", "", quantity, watts, liquid_share);
}

}  // namespace waverack::cluster
