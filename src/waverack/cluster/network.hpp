#pragma once
// One network of a cluster as its file states it: topology, rate, switches, how long its links are.

#include <array>
#include <string>
#include <vector>

#include "waverack/cluster/circuit_switch.hpp"
#include "waverack/cluster/floor.hpp"
#include "waverack/cluster/switch.hpp"

namespace waverack::cluster {

// clos, rail_optimised and rail_only are folded Clos networks (rail_only: one for each rail, nothing joins
// them); scale_up joins the GPUs of one domain through one tier of switches; file takes a topology file.
enum class TopologyKind { clos, rail_optimised, rail_only, dragonfly, torus, scale_up, file };

}  // namespace waverack::cluster

namespace waverack {
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

// A network. The endpoints are the ports of the GPUs: gpus · ports_per_gpu of them; in a torus a GPU has
// ports_per_gpu of them towards each neighbour.
struct Network {
  std::string name;
  TopologyKind topology = TopologyKind::clos;
  ProfileOf<Switch> switches;  // radix = capacity / port_rate
  double port_rate = 800e9;    // of an endpoint, one direction [bit/s]
  int ports_per_gpu = 1;
  int tiers = 0;                            // Clos; 0: as few as carry the endpoints
  int planes = 1;                           // Clos; each of port_rate / planes
  std::vector<double> oversubscription;     // Clos; down to up above tier 1, 2 …; 1 where none is given
  int rails = 8;                            // rail_optimised, rail_only; GPU i of a server is on rail i
  int routers_per_group = 0;                // dragonfly, a; 0 for all three: balanced, a = 2p = 2h
  int hosts_per_router = 0;                 // dragonfly, p
  int global_links_per_router = 0;          // dragonfly, h
  std::vector<int> dims;                    // torus; their product is the number of GPUs
  int cube = 0;                             // torus; edge of the cubes that circuit switches join; 0: none
  int domain = 72;                          // scale_up; GPUs of one domain
  int cables_per_link = 1;                  // a cable cartridge has one for each pair of conductors
  ProfileOf<CircuitSwitch> circuit_switch;  // of the cubes' faces; Clos: in place of the top tier
  int circuit_fibres = 1;                   // of a link in each direction, through circuit switches
  std::string file;                         // of topology "file"
  std::vector<TierLengths> lengths;         // those of the floor, or the defaults, where a tier is missing
  Floor floor;                              // Clos, dragonfly
  std::vector<std::string> candidates;  // designs for its links; those of the scenario where none are given
};

inline FieldList describe(Tag<Network>) {
  using P = Network;
  constexpr std::string_view balanced = "0 for all three: balanced, a = 2p = 2h (facts: cluster 4.1)";
  return fields<P>(
      "A network of the cluster.", field<&P::name>("name", "Name of the network.").must_be_given(),
      field<&P::topology>("topology", "Its topology."),
      field<&P::switches>("switches", "Its switches: the name of a profile, or their numbers."),
      field<&P::port_rate>("port_rate", "Gb/s", 1.0, 1e5, "Of an endpoint, in one direction.")
          .from(Kind::choice, "800 Gb/s"),
      field<&P::ports_per_gpu>("ports_per_gpu", "", 1, 1024,
                               "Endpoints for each GPU; in a torus, links to each of its neighbours.")
          .from(Kind::choice, "1"),
      field<&P::tiers>("tiers", "", 0, 8, "Tiers of switches; 0: as few as carry the endpoints.")
          .from(Kind::choice, "0"),
      field<&P::planes>("planes", "", 1, 64, "Parallel planes, each of its share of the port's rate.")
          .from(Kind::choice, "1"),
      field<&P::oversubscription>("oversubscription", "", 0.1, 100.0,
                                  "Down to up of the switches of tier 1, 2 and so on; 1 where none is given.")
          .from(Kind::choice, "non-blocking"),
      field<&P::rails>("rails", "", 1, 1024, "GPUs of a server, each on a rail of its own.")
          .from(Kind::choice, "a server of eight"),
      field<&P::routers_per_group>("routers_per_group", "", 0, 4096, "Dragonfly: switches of a group.")
          .from(Kind::choice, balanced),
      field<&P::hosts_per_router>("hosts_per_router", "", 0, 4096, "Dragonfly: endpoints of a switch.")
          .from(Kind::choice, balanced),
      field<&P::global_links_per_router>("global_links_per_router", "", 0, 4096,
                                         "Dragonfly: links of a switch to other groups.")
          .from(Kind::choice, balanced),
      field<&P::dims>("dims", "", 2, 1000000,
                      "Torus: GPUs along each dimension; their product is the number of GPUs.")
          .from(Kind::choice, "none"),
      field<&P::cube>(
          "cube", "", 0, 1024,
          "Torus: edge of the cubes whose faces circuit switches join; 0: links that wrap around.")
          .from(Kind::choice, "0"),
      field<&P::domain>("domain", "", 2, 100000, "Scale-up: GPUs of one domain.")
          .from(Kind::choice, "72, as in NVL72 (facts: cluster 4.1)"),
      field<&P::cables_per_link>("cables_per_link", "", 1, 1024,
                                 "Cables of one link: of a cartridge, one for each pair of conductors.")
          .from(Kind::choice, "1"),
      field<&P::circuit_switch>(
          "circuit_switch",
          "Optical circuit switches: the name of a profile, or their numbers. They join the "
          "cubes of a torus, or stand in for the top tier of a Clos network."),
      field<&P::circuit_fibres>("circuit_fibres", "", 1, 1024,
                                "Fibres of a link in each direction, each of which takes a path of its own.")
          .from(Kind::choice, "1: wavelengths share a fibre"),
      field<&P::file>("file", "The file of topology \"file\"."),
      field<&P::lengths>("lengths", "How long the links of a tier are; defaults where a tier is missing."),
      field<&P::floor>("floor", "Where its racks stand; it counts for Clos networks and dragonflies."),
      field<&P::candidates>("candidates",
                            "Designs for its links; those of the scenario where none are given."));
}

}  // namespace waverack::cluster
