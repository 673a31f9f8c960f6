#pragma once
// What a network is made of: switches and links by class. Built by the closed forms of each topology, or
// read from a file; what comes after (choice of modules, watts, failures, cost) knows no topology.

#include <cstdint>
#include <string>
#include <vector>

#include "waverack/base/provenance.hpp"
#include "waverack/cluster/network.hpp"

namespace waverack::cluster {

struct Topology;

// What the end of a link is plugged into. A GPU of a torus has its links as a network card has.
enum class EndKind { nic, switch_port };

struct LinkEnd {
  EndKind kind = EndKind::nic;
  int tier = -1;  // of the switch: 0 leaf, 1 spine …; −1 for a network card
};

// Links that differ in nothing but their length. A link goes from module to module: optical circuit switches
// on its way do not end it.
struct LinkClass {
  std::string name;        // "nic-leaf", "leaf-spine", "global"
  int tier = 0;            // 0: at the endpoints
  LinkEnd a, b;            // a is nearer to the endpoints
  double rate = 0.0;       // one direction [bit/s]
  std::int64_t count = 0;  // of links; each has two ends
  std::vector<LengthBin> lengths;
  Kind lengths_kind = Kind::choice;  // assumed: the defaults of reach.hpp
  std::string lengths_source;
  int circuit_switches = 0;  // optical ones that it passes
  int cables_per_link = 1;
};

struct SwitchClass {
  std::string name;  // "leaf"
  int tier = 0;
  std::int64_t count = 0;
  std::int64_t ports_used = 0;  // of all of them together, in links of the classes above
  // That the tier needs if it shares none with another: `count` comes from the ports of all tiers of a Clos
  // network together. 0: it is `count`.
  std::int64_t whole = 0;
};

// Optical circuit switches of one kind; they end no links.
struct CircuitSwitchClass {
  std::string name;  // "faces"
  std::int64_t count = 0;
  std::int64_t paths = 0;  // through all of them together; a path takes a port of either side
  int paths_per_link = 1;
};

struct Topology {
  std::string name;            // of the network
  std::int64_t endpoints = 0;  // ports of GPUs, each with a link in every plane
  int radix = 0;               // of its switches at the rate of its links; 0: it has none
  std::vector<SwitchClass> switches;
  std::vector<LinkClass> links;
  std::vector<CircuitSwitchClass> circuit_switches;
  // Switches on the longest of the shortest ways between two GPUs, and on the mean one, between two different
  // endpoints drawn at random; in a torus, GPUs on the way. Within a rail or a domain where nothing joins
  // them.
  int diameter_switches = 0;
  double mean_switches = 0.0;
  // One direction across the worst cut that halves the endpoints (of every rail, of one domain) [bit/s].
  double bisection = 0.0;
  std::vector<Warning> warnings;

  std::int64_t switch_count() const;
  std::int64_t link_count() const;
  std::int64_t cable_count() const;
  std::int64_t circuit_switch_count() const;
};

// Ports of a switch of the network at the rate of its links (port_rate, or a plane's share of it). Throws
// Error where the network names no switch, or where it is less than 2.
int radix_of(const Network& network, const std::string& path);

// Throws Error, with the path of the key below `path`, for what cannot be built. Topology "file" is not built
// here: its file is read into a Graph.
Topology build_topology(const Network& network, std::int64_t gpus, const std::string& path);

}  // namespace waverack::cluster
