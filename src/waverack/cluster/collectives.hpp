#pragma once
// How long ranks take to exchange what they have: the α–β–γ model.
//
// A message of b bytes takes α + β·b, adding up b bytes γ·b; every rank sends and receives one message at a
// time. Sources: R. Thakur, R. Rabenseifner, W. Gropp, Int. J. High Perform. Comput. Appl. 19 (2005) 49; E.
// Chan, M. Heimlich, A. Purkayastha, R. van de Geijn, Concurr. Comput. 19 (2007) 1749 (bounds); P. Sanders,
// J. Speck, J. L. Träff, Parallel Comput. 35 (2009) 581 (two trees); J. Bruck et al., IEEE TPDS 8 (1997)
// 1143.

#include <cstdint>

#include "waverack/cluster/job.hpp"

namespace waverack::cluster {

// What a message meets.
struct MessageCost {
  double latency = 0.0;           // α of a mean pair [s]
  double worst_latency = 0.0;     // α of the slowest pair; at least `latency` [s]
  double seconds_per_byte = 0.0;  // β
  double reduction = 0.0;         // γ [s/B]
};

struct CollectiveTime {
  double latency = 0.0;    // α part [s]
  double transfer = 0.0;   // β part [s]
  double reduction = 0.0;  // γ part [s]
  double overlap = 0.0;    // what a pipeline of blocks adds beyond them [s]
  double messages = 0.0;   // one after another, α of which add up
  double total() const { return latency + transfer + reduction + overlap; }
};

// Of `bytes` as Collective::bytes counts them, among `ranks`; nothing for one rank. A ring waits for the mean
// pair (a block passes all of them), what goes in rounds for the worst. Numbers of ranks that are no power of
// two cost halving_doubling a further exchange before and after. Algorithms that a kind does not have
// (pairwise and bruck are of all_to_all, tree of all_reduce) throw Error. `automatic` is the fastest that it
// has. (theory: collectives, eq. 10 to 17)
CollectiveTime collective_time(CollectiveKind, Algorithm, std::int64_t ranks, double bytes,
                               const MessageCost&);

// The algorithm that `automatic` takes.
Algorithm fastest_algorithm(CollectiveKind, std::int64_t ranks, double bytes, const MessageCost&);

// What no algorithm beats: the larger of the bounds on latency, and on transfer and reduction. [s]
// (theory: collectives, eq. 18)
double collective_bound(CollectiveKind, std::int64_t ranks, double bytes, const MessageCost&);

// Latency that a ring all-reduce gains from `delta` on each of `links` links on the way of a message:
// 2·(n − 1)·links·Δ (facts: cluster 8.2). With acknowledgements that are waited for, twice. [s]
double ring_latency_change(std::int64_t ranks, double links, double delta);

}  // namespace waverack::cluster
