#pragma once
// What stops a job, how often, and what only slows it.

#include <span>
#include <string>
#include <vector>

#include "waverack/cluster/bill.hpp"
#include "waverack/cluster/failures.hpp"
#include "waverack/cluster/technology.hpp"

namespace waverack::cluster {

// Fills `failures` and `flaps` of every line. A technology's own rates come first where `rates.solved` says
// so and it has any, by the share of a whole module that a piece is (`ends`, `rate` and `fill` tell); those
// of its lasers are shared by what the line counts. Engines by published rates count for each 400 Gb/s. A
// link's flaps are halved among its two ends; a cable has them whole. `gpus_per_node` turns the rate of a GPU
// into that of a node. (theory: goodput, section 1)
void assign_failures(std::span<BillLine>, std::span<const Technology>, const FailureRates&,
                     int gpus_per_node);

// Whether the failures' keys say that endpoints of this network have redundancy.
bool asks_redundancy(const Failures&, const std::string& network);

// What one line of the bill does to a job [1/s].
struct StopCause {
  std::string item, place, network;
  ItemKind kind = ItemKind::node;
  double failures = 0.0;    // hard ones
  double stops = 0.0;       // of those
  double flap_stops = 0.0;  // flaps that outlast the job's patience
  double total() const { return stops + flap_stops; }
};

struct Interruptions {
  std::vector<StopCause> causes;  // the most frequent first; their totals add up to rate
  double rate = 0.0;              // [1/s]
  double mean_time = 0.0;         // between interruptions; infinite without any [s]
  double flap_stall = 0.0;        // seconds for which flaps hold the job up, for each second of its work
  double degradations = 0.0;      // losses of one of two links of an endpoint [1/s]
};

// For a job on `share` of the cluster, 0 < share ≤ 1. Nodes, network cards and what a first-tier link needs
// (modules, lasers, cables, fibres and circuit switches of link_tier 0, switches of tier 0) stop it; of what
// is above, `stop_share_above`. Where endpoints are redundant a first-tier loss degrades, and stops only
// where the other link of the same endpoint fails before the repair; `ends` of a line tell how many links a
// piece serves. Failures are independent and their rates constant. Cost: linear in the lines, quadratic in
// those of redundant networks. (theory: goodput, eq. 1 to 5)
Interruptions interruptions(std::span<const BillLine>, const Failures&, double share = 1.0);

// Share of flaps that outlast `timeout`, and the mean outage of one, those counted as zero, when outages are
// exponential with mean `outage`. (theory: goodput, eq. 3)
double outlasting_share(double outage, double timeout);
double waited_outage(double outage, double timeout);

}  // namespace waverack::cluster
