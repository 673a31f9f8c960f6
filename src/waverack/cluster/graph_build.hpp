#pragma once
// A topology link by link: what build_topology counts, generated.

#include <cstdint>
#include <string>

#include "waverack/cluster/graph.hpp"

namespace waverack::cluster {

// The nodes are the GPUs, 0 … gpus − 1, then the switches: of a Clos network plane by plane, rail by rail
// (rail_only), tier by tier; of a dragonfly group by group; of scale-up domains domain by domain. The classes
// are those of build_topology in their order, with their rates and no latency. Cost: about 12 bytes and a few
// nanoseconds a link.
//
// The links of each class are as many as build_topology counts. The switches of a tier are whole ones here,
// while the closed form rounds the sum of all tiers up, so a partly filled Clos network may have up to
// tiers − 1 switches more (of each plane and rail), and some more where an odd radix or an uneven
// oversubscription leaves ports of every switch empty. Circuit switches are no nodes: a link through them
// joins its ends.
//
// Throws what build_topology throws, and Error for more than 500,000,000 links.
Graph build_graph(const Network& network, std::int64_t gpus, const std::string& path);

}  // namespace waverack::cluster
