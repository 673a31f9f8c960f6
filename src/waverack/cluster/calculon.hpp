#pragma once
// Systems of Calculon: the networks of a system file, JSON (docs/formats/topologies.md).
// Source: calculon, systems/ and calculon/network.py (facts: cluster 11.7).

#include <cstdint>
#include <string>
#include <vector>

#include "waverack/base/document.hpp"
#include "waverack/cluster/classify.hpp"
#include "waverack/cluster/topology.hpp"

namespace waverack::cluster {

// A network of a Calculon system. Here 1 GB is 1e9 bytes.
struct CalculonNetwork {
  double rate = 0.0;             // of one processor, one direction [bit/s]
  double efficiency = 1.0;       // of it that is reached
  std::int64_t size = 0;         // processors that it can join
  double latency = 0.0;          // [s]
  bool must_be_filled = false;   // whether all its processors take part
  double processor_usage = 0.0;  // of a processor, while it communicates
};

struct CalculonSystem {
  std::vector<CalculonNetwork> networks;  // from the smallest; at least one
};

// Takes the networks from the document of a system file; the rest of it is not looked at. Throws Error with
// the file and the path of the key for what is missing, is no number, or is out of range.
CalculonSystem read_calculon(const Node& document);

// A port of every processor on every network, for as many processors as the largest network joins. A network
// that joins fewer stands beside others like it and is the scale-up one; scale_out are those that join all.
// Calculon knows no switches: none are counted, and no ways are measured.
Topology topology_of(const CalculonSystem&, Fabric fabric = Fabric::all);

}  // namespace waverack::cluster
