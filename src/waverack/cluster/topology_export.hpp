#pragma once
// What was computed of the links of a topology, put into the topology files of simulators.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "waverack/cluster/classify.hpp"
#include "waverack/cluster/htsim.hpp"

namespace waverack::cluster {

// What is known of links of a class, or of the share of them that have one length.
struct LinkAnnotation {
  std::size_t link_class = 0;  // into Topology::links
  double share = 1.0;          // of the links of the class; the shares of a class add up to 1
  double latency = 0.0;        // of the whole link [s]
  double frame_loss = 0.0;     // share of frames that are lost
  int frame_octets = 64;       // of such a frame
  std::string technology;      // "cpo-3.2t"
  double length = 0.0;         // [m]
};

// How numbers of links become one number of a tier: the largest, or the mean over the links.
enum class Reduction { worst, mean };

// A latency as htsim states it: whole nanoseconds, the worst rounded upwards, at least 1.
std::int64_t whole_nanoseconds(double seconds, Reduction);

// The graph with latency and loss of the annotations: its class i is that of annotation i; links of classes
// without annotation keep what they had, in classes behind those. Of the n links of a class, in their order,
// those from n·(shares before) on get an annotation. Throws Error for an annotation of a class that is not
// there, a latency, loss or share out of range, and shares that do not add up to 1.
Graph annotated(const Graph&, const ClassifiedGraph&, std::span<const LinkAnnotation>);

// The graph with all links between the same two nodes as one of their rates together and of the class of the
// slowest: for simulators that know one link between two nodes.
struct BundledGraph {
  Graph graph;
  std::vector<std::size_t> class_of;  // of each class of the result, that of the graph; ascending
  std::int64_t links_merged = 0;      // that are no links of their own any more
};
BundledGraph bundled(const Graph&);

// The topology with the latency of the annotations, reduced for each tier. What htsim has no key for stands
// in comments: loss with its frame, technology, length, and how it was reduced. `classes` is what the
// annotations speak of: topology_of(htsim), or the scale-out network of the graph that it comes from. Tiers
// without annotation stay as they are.
HtsimTopology annotated(HtsimTopology, const Topology& classes, std::span<const LinkAnnotation>, Reduction);

// The fat tree that a graph is. GPUs become hosts, leaf by leaf; NVSwitches and their links are left out:
// both are warned of. Latencies of a tier are reduced as above; switches have none. Throws Error where htsim
// cannot state the graph: other than two or three tiers, GPUs with several links, tiers that are not alike
// throughout, other wiring than htsim's (htsim.hpp), rates that are not whole Gb/s, and what `check` refuses.
HtsimTopology htsim_of(const Graph&, Reduction);

// The fat tree of a Clos network with these counts: pods as small as the radix of the spines allows,
// latencies of 1 ns where nothing is annotated. Throws Error where its counts are those of no full fat tree.
HtsimTopology htsim_of(const Topology&);

}  // namespace waverack::cluster
