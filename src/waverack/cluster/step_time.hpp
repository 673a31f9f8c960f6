#pragma once
// A job's step: computing, and waiting for the network.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "waverack/cluster/collectives.hpp"
#include "waverack/cluster/latency.hpp"
#include "waverack/cluster/retransmission.hpp"

namespace waverack::cluster {

// A network as the ranks of a job see it.
struct NetworkView {
  std::string name;
  bool scale_up = false;  // joins domains and no more
  double rate = 0.0;      // of a GPU, one direction, all of its ports [bit/s]
  double oversubscription =
      1.0;  // by which exchanges among all are slower than the endpoints' rate; at least 1
  PathLatency path;
  double switching_time = 0.0;  // of its circuit switches, until new paths carry light; 0: it has none [s]
};

// A network from its parts: `links` of each class of the topology. Its `oversubscription` comes from the
// bisection B of N endpoints of rate r: that of a folded Clos network is N·r/(2·B) of the traffic that leaves
// a leaf; of other networks, half of the traffic crosses the cut, so that N·r/(4·B) counts. (theory:
// collectives, eq. 20)
NetworkView network_view(const Network&, const Topology&, std::span<const LinkLatency> links);

// α of the path and the transport's overhead, β of the GPU's rate, all-to-all with the oversubscription.
// (theory: collectives, eq. 10)
MessageCost message_cost(const NetworkView&, const Job&, CollectiveKind);

struct ExchangeTime {
  Collective collective;  // with its algorithm
  std::int64_t ranks = 1;
  CollectiveTime once;
  double bound = 0.0;    // of once [s]
  double retries = 0.0;  // added once by lost frames, expected [s]
  double exposed = 0.0;  // of a step, retries included [s]
};

struct StepTime {
  double compute = 0.0;  // [s]
  std::vector<ExchangeTime> exchanges;
  double total = 0.0;  // compute and what is exposed [s]
  double exposed_share() const { return total > 0.0 ? 1.0 - compute / total : 0.0; }
};

// `networks` by name. A collective without a name takes the first that is no scale-up domain, in a tensor
// group the first that is one, else whatever there is. Throws Error for a name that is none of them, and
// those of collective_time. Cost: microseconds. (theory: collectives, eq. 19)
StepTime step_time(const Job&, std::int64_t gpus, std::span<const NetworkView>);

// The same with `delta` more on each link of all fabrics: what a module's latency is worth. [s]
std::vector<NetworkView> with_link_delay(std::span<const NetworkView>, double delta);

// One collective of one size with and without `delta` on each link.
struct LatencyEffect {
  CollectiveKind kind = CollectiveKind::all_reduce;
  double bytes = 0.0;
  double time = 0.0, slower = 0.0;  // [s]
  double ratio() const { return time > 0.0 ? slower / time : 1.0; }
};

// Of all_reduce, all_gather, reduce_scatter and all_to_all among `ranks`, for each of `sizes` [B], every one
// with the algorithm that is fastest for it.
std::vector<LatencyEffect> latency_effects(const Job&, const NetworkView&, std::int64_t ranks, double delta,
                                           std::span<const double> sizes);

}  // namespace waverack::cluster
