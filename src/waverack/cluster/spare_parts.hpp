#pragma once
// How many spares a cluster keeps, and how many it uses.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "waverack/cluster/bill.hpp"
#include "waverack/cluster/failures.hpp"

namespace waverack::cluster {

// The smallest s for which a Poisson count of this mean is at most s with probability `level`, 0 ≤ level < 1.
// Relative error of the probability below 1e-12 for means up to 1e5. Cost: about log(mean) times √mean steps.
std::int64_t spares_for(double mean, double level);

// Expected demand that `spares` do not meet, of a Poisson count of this mean.
double expected_shortage(double mean, std::int64_t spares);

struct SpareNeed {
  std::string item;
  ItemKind kind = ItemKind::node;
  double failures_per_year = 0.0;  // broken ones
  double pulled_per_year = 0.0;    // with those in which no fault is found
  double demand = 0.0;             // mean, in the time to restock
  std::int64_t spares = 0;
  double level = 1.0;     // probability that they last for that time
  double shortage = 0.0;  // expected, in that time
};

// One for each item of the bill, whose lines share one shelf, with lines of any failures; those of nodes are
// whole nodes. A year has 8760 h. (theory: goodput, eq. 13 to 15)
std::vector<SpareNeed> spare_needs(std::span<const BillLine>, const Failures&);

// Fills `spares` of the lines: those of an item shared by quantity, so that they add up.
void assign_spares(std::span<BillLine>, const std::vector<SpareNeed>&);

}  // namespace waverack::cluster
