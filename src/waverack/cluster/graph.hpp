#pragma once
// A topology link by link, as the files of simulators state it.

#include <cstdint>
#include <string>
#include <vector>

#include "waverack/base/document.hpp"
#include "waverack/cluster/topology.hpp"

namespace waverack::cluster {

enum class NodeKind : std::uint8_t { gpu, nv_switch, packet_switch };

struct GraphLink {
  std::uint32_t a = 0, b = 0;    // nodes
  std::uint32_t link_class = 0;  // into Graph::classes
};

// What the links of one class of a file have in common.
struct GraphClass {
  double rate = 0.0;     // one direction [bit/s]
  double latency = 0.0;  // of the file, or computed [s]
  double loss = 0.0;     // of a packet, as the file states it
};

struct Graph {
  std::vector<NodeKind> nodes;
  std::vector<GraphLink> links;
  std::vector<GraphClass> classes;
  int gpus_per_server = 0;
  std::string gpu_type;
  std::vector<Warning> warnings;
};

}  // namespace waverack::cluster
