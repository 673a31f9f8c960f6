#pragma once
// How much of its time a job works: checkpoints, work lost and done again, restarts.

#include "waverack/cluster/interruptions.hpp"

namespace waverack::cluster {

struct Checkpointing {
  double checkpoint = 0.0;  // time that one takes off the job [s]
  double restart = 0.0;     // from the stop until the job works again [s]
  bool operator==(const Checkpointing&) const = default;
};

// Shares of the job's time; they add up to 1.
struct TimeShares {
  double work = 1.0;
  double checkpoints = 0.0;
  double rework = 0.0;  // lost since the last checkpoint: half an interval each time where failures are rare
  double restarts = 0.0;  // begun restarts that failed included
};

// Exact for failures of constant rate 1/mean_time, during checkpoints and restarts too: J. T. Daly, Future
// Gener. Comput. Syst. 22 (2006) 303, eq. 13. interval > 0: work between two checkpoints [s].
// (theory: goodput, eq. 6 and 7)
TimeShares shares_of_time(const Checkpointing&, double mean_time, double interval);

// The interval with the largest share of work: exact, by Newton's method on eq. 8, to 1e-12; and √(2·C·M),
// its approximation for C much smaller than M (J. W. Young, Commun. ACM 17 (1974) 530). Infinite for an
// infinite mean time. (theory: goodput, eq. 8 and 9)
double best_interval(double checkpoint, double mean_time);
double first_order_interval(double checkpoint, double mean_time);

// C/τ + τ/(2·M) + R/M. May exceed 1 outside its range. (theory: goodput, eq. 10)
double first_order_waste(const Checkpointing&, double mean_time, double interval);

struct Goodput {
  double mean_time = 0.0;             // between interruptions [s]
  double interval = 0.0;              // best, exact [s]
  double first_order_interval = 0.0;  // [s]
  double first_order_waste = 0.0;     // at that interval, checkpoints and failures alone
  TimeShares shares;                  // at `interval`, flaps and degraded links left out
  double flap_factor = 1.0;           // of the pace, from flaps that the job waits out
  double degraded_share = 0.0;        // of time with at least one endpoint at half its bandwidth
  double degraded_factor = 1.0;       // of the pace, mean over time
  double goodput = 1.0;               // useful time over time: the product
};

// `exposed_communication`: share of a step in which the job waits for the network, 0 … 1; a degraded endpoint
// makes that part twice as long for the whole job. Cost: microseconds. (theory: goodput, eq. 11 and 12)
Goodput goodput(const Interruptions&, const Failures&, const Checkpointing&, double exposed_communication);

}  // namespace waverack::cluster
