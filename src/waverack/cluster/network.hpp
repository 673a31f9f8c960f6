#pragma once
// One network of a cluster as its file states it: topology, rate, switches, how long its links are.

#include <array>
#include <string>
#include <vector>

#include "waverack/base/profile.hpp"
#include "waverack/base/ranged.hpp"

namespace waverack::cluster {

// clos, rail_optimised and rail_only are folded Clos networks (rail_only: of one tier for each rail);
// scale_up joins the GPUs of one domain through one tier of switches; file takes a topology file.
enum class TopologyKind { clos, rail_optimised, rail_only, dragonfly, torus, scale_up, file };

// A switch, as a profile of kind "switch" states it.
struct Switch {
  std::string title;
  double capacity = 0.0;      // one direction [bit/s]
  int cages = 0;              // pluggable modules at its faceplate; 0: none, all optics are co-packaged
  double height_units = 2.0;  // of a rack
  Ranged typical_power;       // without its optics [W]
  Ranged maximum_power;       // of the box with what its cages may draw [W]
  Ranged latency;             // port to port [s]
  double liquid_share = 0.0;  // of its heat that liquid carries
  double cage_power = 30.0;   // what one cage may draw and cool [W]
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
      field<&P::cage_power>("cage_power", "W", 0.0, 1000.0, "What one cage may draw and is cooled for.")
          .from(Kind::claim, "cages of 30 W (facts: cluster 5.3)"));
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
template <>
struct EnumNames<cluster::TopologyKind> {
  using K = cluster::TopologyKind;
  static constexpr std::array<EnumName<K>, 7> list{{{"clos", K::clos},
                                                    {"rail_optimised", K::rail_optimised},
                                                    {"rail_only", K::rail_only},
                                                    {"dragonfly", K::dragonfly},
                                                    {"torus", K::torus},
                                                    {"scale_up", K::scale_up},
                                                    {"file", K::file}}};
};
}  // namespace waverack

namespace waverack::cluster {

// Links whose lengths spread evenly from `from` to `to`.
struct LengthBin {
  double share = 1.0;           // of the links of its class; the shares add up to 1
  double from = 0.0, to = 0.0;  // [m]
};

inline FieldList describe(Tag<LengthBin>) {
  using P = LengthBin;
  return fields<P>("Links whose lengths spread evenly.",
                   field<&P::share>("share", "", 0.0, 1.0, "Share of the links.").from(Kind::choice, "all"),
                   field<&P::from>("from", "m", 0.0, 2e6, "Shortest.").must_be_given(),
                   field<&P::to>("to", "m", 0.0, 2e6, "Longest.").must_be_given());
}

// How long the links of one tier are.
struct TierLengths {
  int tier = 0;  // 0: from the endpoints to the first switches
  std::vector<LengthBin> bins;
};

inline FieldList describe(Tag<TierLengths>) {
  using P = TierLengths;
  return fields<P>(
      "How long the links of a tier are.",
      field<&P::tier>("tier", "", 0, 10, "0: from the endpoints to the first switches.").must_be_given(),
      field<&P::bins>("bins", "Lengths; the shares add up to 1.").must_be_given());
}

// A network. The endpoints are the ports of the GPUs: gpus · ports_per_gpu of them.
struct Network {
  std::string name;
  TopologyKind topology = TopologyKind::clos;
  ProfileOf<Switch> switches;  // radix = capacity / port_rate
  double port_rate = 800e9;    // of an endpoint, one direction [bit/s]
  int ports_per_gpu = 1;
  int tiers = 0;                         // Clos; 0: as few as carry the endpoints
  int planes = 1;                        // Clos; each of port_rate / planes
  std::vector<double> oversubscription;  // Clos; down to up above tier 1, 2 …; 1 where none is given
  std::string file;                      // of topology "file"
  std::vector<TierLengths> lengths;      // those of the defaults where a tier is missing
  std::vector<std::string> candidates;   // designs for its links; those of the scenario where none are given
};

inline FieldList describe(Tag<Network>) {
  using P = Network;
  return fields<P>(
      "A network of the cluster.", field<&P::name>("name", "Name of the network.").must_be_given(),
      field<&P::topology>("topology", "Its topology."),
      field<&P::switches>("switches", "Its switches: the name of a profile, or their numbers."),
      field<&P::port_rate>("port_rate", "Gb/s", 1.0, 1e5, "Of an endpoint, in one direction.")
          .from(Kind::choice, "800 Gb/s"),
      field<&P::ports_per_gpu>("ports_per_gpu", "", 1, 1024, "Endpoints for each GPU.")
          .from(Kind::choice, "1"),
      field<&P::tiers>("tiers", "", 0, 8, "Tiers of switches; 0: as few as carry the endpoints.")
          .from(Kind::choice, "0"),
      field<&P::planes>("planes", "", 1, 64, "Parallel planes, each of its share of the port's rate.")
          .from(Kind::choice, "1"),
      field<&P::oversubscription>("oversubscription", "", 0.1, 100.0,
                                  "Down to up of the switches of tier 1, 2 and so on; 1 where none is given.")
          .from(Kind::choice, "non-blocking"),
      field<&P::file>("file", "The file of topology \"file\"."),
      field<&P::lengths>("lengths", "How long the links of a tier are; defaults where a tier is missing."),
      field<&P::candidates>("candidates",
                            "Designs for its links; those of the scenario where none are given."));
}

}  // namespace waverack::cluster
