#pragma once
// An optical circuit switch: mirrors that join fibres and know nothing of the bits.

#include <cstdint>
#include <string>

#include "waverack/base/profile.hpp"
#include "waverack/base/ranged.hpp"

namespace waverack::cluster {

// As a profile of kind "circuit_switch" states it. Losses are power ratios of at least 1. A path joins one
// port of either side; with circulators it carries both directions of a link, without them one.
struct CircuitSwitch {
  std::string title;
  int ports = 136;              // on either side: 136 × 136
  int reserve_ports = 8;        // of them, kept for repairs and tests
  Ranged insertion_loss;        // of a path, both connectors included
  Ranged return_loss;           // of light that a port sends back into its fibre
  Ranged power;                 // [W]
  double switching_time = 0.0;  // until new paths carry light, all of them together [s]
  double height_units = 0.0;    // of a rack
  bool bidirectional = true;    // both directions of a link run on one fibre, through circulators at its ends
  Ranged circulator_loss;       // of one pass; a lane makes two
  Ranged circulator_return_loss;
  Ranged circulator_isolation;  // from its transmitter's port to its receiver's
};

inline FieldList describe(Tag<CircuitSwitch>) {
  using P = CircuitSwitch;
  return fields<P>(
      "An optical circuit switch and the circulators at the ends of its links.",
      field<&P::title>("title", "Name of the switch."),
      field<&P::ports>("ports", "", 1, 100000, "Ports on either side: 136 of a switch of 136 by 136.")
          .must_be_given(),
      field<&P::reserve_ports>("reserve_ports", "", 0, 100000,
                               "Ports of either side that are kept in reserve.")
          .from(Kind::choice, "8 of 136, as in Google's TPU v4"),
      field<&P::insertion_loss>("insertion_loss", "dB", 0.0, 30.0,
                                "Loss of a path with the connectors at the switch.")
          .must_be_given(),
      field<&P::return_loss>("return_loss", "dB", 0.0, 100.0, "Loss of the light that a port sends back.")
          .must_be_given(),
      field<&P::power>("power", "W", 0.0, 1e5, "Power of the switch.").must_be_given(),
      field<&P::switching_time>(
          "switching_time", "ms", 0.0, 1e6,
          "Until new paths carry light, all of them together; a job waits for them when it starts again.")
          .must_be_given(),
      field<&P::height_units>("height_units", "", 0.0, 100.0, "Rack units that it takes.").must_be_given(),
      field<&P::bidirectional>("bidirectional",
                               "Whether both directions of a link share a fibre, through circulators."),
      field<&P::circulator_loss>("circulator_loss", "dB", 0.0, 10.0,
                                 "Loss of one pass through a circulator; a lane makes two.")
          .must_be_given(),
      field<&P::circulator_return_loss>("circulator_return_loss", "dB", 0.0, 100.0,
                                        "Loss of the light that a circulator sends back.")
          .must_be_given(),
      field<&P::circulator_isolation>("circulator_isolation", "dB", 0.0, 100.0,
                                      "Loss from a circulator's transmitter to the receiver beside it.")
          .must_be_given());
}

// Paths that a link with this many fibres in each direction takes through each circuit switch.
int paths_per_link(const CircuitSwitch&, int fibres_per_direction);

// Ports on either side that links may use. At least 1.
int usable_ports(const CircuitSwitch&);

}  // namespace waverack::cluster

namespace waverack {
template <>
struct ProfileKind<cluster::CircuitSwitch> {
  static constexpr std::string_view name = "circuit_switch";
};
template <>
inline const FieldType& field_type<ProfileOf<cluster::CircuitSwitch>>() {
  return detail::profile_type<cluster::CircuitSwitch>();
}
}  // namespace waverack
