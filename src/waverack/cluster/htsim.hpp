#pragma once
// Topology files of csg-htsim, `.topo`: fat trees of two or three tiers (docs/formats/topologies.md).
// Source: csg-htsim, sim/datacenter/fat_tree_topology.cpp (facts: cluster 11.1).

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "waverack/cluster/graph.hpp"

namespace waverack::cluster {

// A tier of switches with the links below it: all of a tier are equal, and all numbers are whole. 0 where the
// file states nothing.
struct HtsimTier {
  std::int64_t rate_gbps = 0;          // of each link below
  std::int64_t latency_ns = 0;         // of each link below
  std::int64_t switch_latency_ns = 0;  // of a switch
  std::int64_t radix_down = 0, radix_up = 0;
  std::int64_t oversubscribed = 1;  // down to up
  std::int64_t bundle = 1;          // links between a switch and one that it is joined to below
  std::int64_t queue_up = 0, queue_down = 0;
  std::vector<std::string> comments;  // written behind its keys; not read
  int line = 0;                       // of the file that it was read from, where it begins; 0: from none
};

struct HtsimTopology {
  std::int64_t nodes = 0;     // hosts
  std::int64_t pod_size = 0;  // hosts of a pod; two tiers are one pod
  int tiers = 0;              // 2 or 3
  std::array<HtsimTier, 3> tier;
  std::vector<std::string> comments;  // written at the top; not read
  int line = 0;                       // of the file, where its last header key stands; 0: from none
  std::vector<Warning> warnings;

  std::int64_t pods() const { return nodes / pod_size; }
  std::int64_t leaves() const { return nodes / tier[0].radix_down; }
  std::int64_t spines() const { return pods() * tier[0].radix_up / tier[1].bundle; }
  std::int64_t cores() const;               // 0 of two tiers
  std::int64_t link_count(int tier) const;  // below the tier
};

// Reads such a text. htsim takes `Key value` with one space between them, keys of either case, and comments
// that fill a line; it says nothing of a key that it does not know. Here unknown keys, keys in a place where
// htsim passes over them, and what follows a value are warned of, with the nearest key.
//
// Throws Error with file, line and column for a value that is no whole number in its range, a key that comes
// twice or lacks its value; with the line of the header or of the tier for a key that is missing and for what
// `check` refuses.
HtsimTopology parse_htsim(std::string_view text, const std::string& name);

// Throws Error, with `name` as its file, where htsim would stop: tiers other than 2 or 3,
// a latency or rate of 0, radices that do not fit bundles, pods, rates or oversubscription.
void check(const HtsimTopology&, const std::string& name);

// The text of a topology that `check` lets pass: comments, then keys; parse_htsim gives it back.
std::string write_htsim(const HtsimTopology&);

// Every link, wired as htsim does: a leaf to all spines of its pod, the spine at place p of a pod to the
// cores p, p + (spines of a pod), …; links of a bundle side by side. Nodes: hosts, leaves, spines, cores.
// Classes: one for each tier. Throws Error beyond 50 million links. Cost: 12 bytes for each link.
Graph graph_of(const HtsimTopology&);

// The same in closed form: counts of links and switches by tier as `classify` finds them in the graph.
Topology topology_of(const HtsimTopology&);

}  // namespace waverack::cluster
