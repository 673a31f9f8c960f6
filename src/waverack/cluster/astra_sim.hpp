#pragma once
// Network files of the analytical backend of ASTRA-sim (docs/formats/topologies.md).
//
//   topology: [ Ring, Switch ]     # a building block for each dimension
//   npus_count: [ 8, 4 ]
//   bandwidth: [ 400.0, 50.0 ]     # GB/s of 2^30 bytes, of each link in one direction
//   latency: [ 936.25, 1000 ]      # ns, of each link
//
// Source: astra-network-analytical, common/NetworkFunction.cpp (facts: cluster 11.5).

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "waverack/cluster/topology.hpp"

namespace waverack::cluster {

enum class AstraBlock { ring, fully_connected, a_switch };

struct AstraDimension {
  AstraBlock block = AstraBlock::ring;
  int npus = 0;          // along this dimension
  double rate = 0.0;     // of a link, one direction [bit/s]
  double latency = 0.0;  // of a link [s]
};

struct AstraNetwork {
  std::vector<AstraDimension> dimensions;  // at least one
  std::vector<Warning> warnings;           // keys that are not read
  std::int64_t npus() const;               // of all dimensions together
};

// Reads the part of YAML that such files use: lines `key: [ a, b, … ]`, blank lines, and comments behind `#`.
// Throws Error with file, line and column for anything else; for a key that is missing or comes twice, lists
// of different lengths, a block of another name, counts that are no whole numbers from 1, more than 2^31
// NPUs, and bandwidths or latencies that are no numbers in their range ("tbd" among them).
AstraNetwork parse_astra_network(std::string_view text, const std::string& name);

// Links of each dimension as a class of its tier, "dim-1-ring": n links in a ring (1 of two NPUs), n(n − 1)/2
// among fully connected ones, n to a switch; as many of them as the other dimensions have NPUs. A switch is
// one of as many ports as it takes. The rate of ASTRA-sim is that of one link in a ring or a full connection,
// and that of the port of a switch. No bisection is computed.
Topology topology_of(const AstraNetwork&);

}  // namespace waverack::cluster
