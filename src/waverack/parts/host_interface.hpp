#pragma once
// The electrical interface between host and coherent module, as a power meter sees it: its lanes are retimed
// in the module and end in its FEC, so that no error of theirs reaches the light.

#include "waverack/parts/interface.hpp"

namespace waverack::parts {

struct HostInterface {
  int lanes = 8;                // in each direction
  double power_per_lane = 0.5;  // of the host's SerDes, both directions [W]
};

inline FieldList describe(Tag<HostInterface>) {
  using P = HostInterface;
  return fields<P>(
      "Electrical interface between a host and a module that ends it with FEC of its own: only its watts "
      "count.",
      field<&P::lanes>("lanes", "", 1, 64, "Electrical lanes in each direction.")
          .from(Kind::standard, "800GAUI-8: eight lanes of 106.25 Gb/s"),
      field<&P::power_per_lane>("power_per_lane", "W", 0.0, 10.0,
                                "Power of the host's SerDes for each lane, both directions.")
          .from(Kind::assumed, "VSR SerDes, 4 to 5 pJ/bit at 106.25 Gb/s (facts: cluster 5)"));
}

template <>
struct PartTraits<HostInterface> {
  static constexpr std::string_view type = "host_interface";
  static constexpr Domain input = Domain::symbols, output = Domain::symbols;
  static constexpr Place place = Place::host;
};

double power(const HostInterface&, const Conditions&);

}  // namespace waverack::parts
