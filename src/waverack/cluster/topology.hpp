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

// What the end of a link is plugged into.
enum class EndKind { nic, switch_port, circuit_switch };

struct LinkEnd {
  EndKind kind = EndKind::nic;
  int tier = -1;  // of the switch: 0 leaf, 1 spine …; −1 for a network card
};

// Links that differ in nothing but their length.
struct LinkClass {
  std::string name;        // "nic-leaf", "leaf-spine", "global"
  int tier = 0;            // 0: at the endpoints
  LinkEnd a, b;            // a is nearer to the endpoints
  double rate = 0.0;       // one direction [bit/s]
  std::int64_t count = 0;  // of links; each has two ends
  std::vector<LengthBin> lengths;
  int circuit_switches = 0;  // optical ones that it passes
};

struct SwitchClass {
  std::string name;  // "leaf"
  int tier = 0;
  std::int64_t count = 0;
  std::int64_t ports_used = 0;  // of all of them together, in links of the classes above
};

struct Topology {
  std::string name;  // of the network
  std::int64_t endpoints = 0;
  std::vector<SwitchClass> switches;
  std::vector<LinkClass> links;
  int diameter_switches = 0;   // on the longest shortest way between two endpoints
  double mean_switches = 0.0;  // on the mean one, between endpoints drawn at random
  double bisection = 0.0;      // one direction across the worst cut into halves [bit/s]
  std::vector<Warning> warnings;

  std::int64_t switch_count() const;
  std::int64_t link_count() const;
};

// Throws Error, with the path of the key below `path`, for what cannot be built.
Topology build_topology(const Network& network, std::int64_t gpus, const std::string& path);

}  // namespace waverack::cluster
