#pragma once
// How long the links of a topology are, where its file does not say.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "waverack/base/describe.hpp"
#include "waverack/cluster/network.hpp"

namespace waverack::cluster {

struct Reach {
  std::vector<LengthBin> bins;
  Kind kind = Kind::assumed;
  std::string source;
};

// The default of one tier of links. `circuit` says whether the links pass circuit switches.
Reach default_reach(TopologyKind topology, int tier, bool circuit);

// Of the network: what its `lengths` state for the tier; what its floor makes of a group of `group_gpus` GPUs
// that the upper ends of these links serve (0: the floor does not tell); or the default. `tiers` is the
// number of tiers of links that the topology has. Throws Error for a tier that it has not or that is stated
// twice, for bins that run backwards, and for shares that do not add up to 1.
Reach reach_of(const Network& network, int tier, int tiers, bool circuit, std::int64_t group_gpus,
               const std::string& path);

}  // namespace waverack::cluster
