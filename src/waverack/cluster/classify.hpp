#pragma once
// A topology given link by link, as classes of links with their counts.

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "waverack/cluster/graph.hpp"

namespace waverack::cluster {

// Which links are looked at: those of NVSwitches and between GPUs (scale_up), all others (scale_out), or
// both.
enum class Fabric { all, scale_out, scale_up };

inline constexpr std::uint16_t not_classified = std::numeric_limits<std::uint16_t>::max();

struct ClassifiedGraph {
  Topology topology;
  std::vector<std::uint16_t> tier_of_node;   // not_classified for GPUs and for nodes outside the fabric
  std::vector<std::uint16_t> class_of_link;  // into topology.links; not_classified outside the fabric
};

// Links of one class join ends of the same kinds and tiers and have the same rate. The tier of a switch is
// its distance from the nearest GPU less one, where GPUs pass nothing on. Classes stand in the order of their
// tiers, and have no lengths: the files state none. Names: "nic-leaf", "leaf-spine", "spine-core",
// "gpu-nvswitch"; classes that differ in their rate alone have it in their name.
//
// NVSwitches are a class of switches of their own; where both fabrics are looked at, tier 0 stands for
// NVSwitches and for leaves. Endpoints are ends of links at GPUs. `radix` is the
// largest number of links at a switch: files tell no ports that stay empty.
//
// `diameter_switches` and `mean_switches` are those from up to 64 GPUs, evenly spaced, to all others: exact
// for as many GPUs, and for graphs that look the same from every GPU. Pairs without a way are left out, and a
// warning tells. `bisection` is half of the narrowest tier where all links join neighbouring tiers and there
// are no NVSwitches among them, else 0: not computed.
//
// Throws Error for a switch that no GPU reaches, and for more than 65 534 classes. Cost: linear, about 0.3 µs
// and 30 bytes for each link.
ClassifiedGraph classify(const Graph&, Fabric = Fabric::all);

// "leaf", "spine", "core", then "tier-3" …
std::string tier_name(int tier);

}  // namespace waverack::cluster
