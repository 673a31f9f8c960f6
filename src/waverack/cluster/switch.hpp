#pragma once
// A packet switch of a network: a box, or the ASIC of a scale-up domain.

#include <string>

#include "waverack/base/profile.hpp"
#include "waverack/base/ranged.hpp"

namespace waverack::cluster {

// A switch, as a profile of kind "switch" states it.
struct Switch {
  std::string title;
  double capacity = 0.0;         // one direction [bit/s]
  int cages = 0;                 // pluggable modules at its faceplate; 0: none, all optics are co-packaged
  double height_units = 2.0;     // of a rack
  Ranged typical_power;          // without its optics [W]
  Ranged maximum_power;          // of the box with what its cages may draw [W]
  Ranged latency;                // port to port [s]
  double liquid_share = 0.0;     // of its heat that liquid carries
  double fans_inside_at = -1.0;  // liquid share at which those watts hold its fans; below 0: they hold none
  double cage_power = 30.0;      // what one cage may draw and cool [W]
  bool own_optics = false;       // its typical power holds the SerDes of its own co-packaged optics
};

inline FieldList describe(Tag<Switch>) {
  using P = Switch;
  return fields<P>(
      "A switch of a network.", field<&P::title>("title", "Name of the switch."),
      field<&P::capacity>("capacity", "Tb/s", 0.01, 1e5, "What it switches in one direction.")
          .must_be_given(),
      field<&P::cages>("cages", "", 0, 4096,
                       "Cages for pluggable modules; 0: all its optics are co-packaged.")
          .must_be_given(),
      field<&P::height_units>("height_units", "", 0.5, 100.0, "Rack units that it takes.")
          .from(Kind::assumed, "a 2U box"),
      field<&P::typical_power>("typical_power", "W", 0.0, 1e6,
                               "Typical power without its optics, SerDes of pluggable ports included.")
          .must_be_given(),
      field<&P::maximum_power>("maximum_power", "W", 0.0, 1e6,
                               "Maximum power that its maker states, whatever its cages hold.")
          .must_be_given(),
      field<&P::latency>("latency", "ns", 0.0, 1e6, "From port to port.").must_be_given(),
      field<&P::liquid_share>("liquid_share", "", 0.0, 1.0, "Share of its heat that liquid carries.")
          .from(Kind::choice, "air"),
      field<&P::fans_inside_at>("fans_inside_at", "", -1.0, 1.0,
                                "Liquid share of the box whose watts were stated with its fans in them; "
                                "below 0: they are watts without fans.")
          .from(Kind::choice, "-1: without fans"),
      field<&P::cage_power>("cage_power", "W", 0.0, 1000.0, "What one cage may draw and is cooled for.")
          .from(Kind::claim, "cages of 30 W (facts: cluster 5.3)"),
      field<&P::own_optics>(
          "own_optics",
          "Whether its typical power was measured with co-packaged optics, so that it holds the "
          "watts of their short SerDes; else those of chip to module."));
}

}  // namespace waverack::cluster

namespace waverack {
template <>
struct ProfileKind<cluster::Switch> {
  static constexpr std::string_view name = "switch";
};
template <>
inline const FieldType& field_type<ProfileOf<cluster::Switch>>() {
  return detail::profile_type<cluster::Switch>();
}
}  // namespace waverack
