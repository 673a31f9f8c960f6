#pragma once
// What a cluster costs: to buy, to keep spares for, to run over its years; and for what it delivers.
// (theory: cost-and-bands, sections 1 and 2)

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "waverack/cluster/bill.hpp"
#include "waverack/cluster/economics.hpp"

namespace waverack::cluster {

// What a network delivers and draws.
struct NetworkUse {
  std::string name;
  double injection = 0.0;  // what all its endpoints together can send [bit/s]
  double bisection = 0.0;  // one direction across the worst cut into halves [bit/s]
  double energy = 0.0;     // a year, with its share of cooling and losses [J]
};

struct CostUse {
  double energy = 0.0;  // of the hall, a year [J]
  double gpus = 0.0;
  double goodput = 1.0;  // share of the time that makes progress
  std::vector<NetworkUse> networks{};
};

// All lines of one item in one network. Amounts are NaN where the price is not known.
struct ItemCost {
  ItemKind kind = ItemKind::module;
  std::string network;  // "" for nodes
  std::string item;
  std::int64_t quantity = 0;
  std::int64_t spares = 0;
  double capital = 0.0;         // without spares [USD]
  double spares_capital = 0.0;  // [USD]
};

// Sums leave out what has no price and count it in `without`; they are NaN where nothing has one.
struct NetworkCost {
  std::string name;
  double capital = 0.0;         // without spares [USD]
  double spares_capital = 0.0;  // [USD]
  int without = 0;              // items without a price
  double share = 0.0;           // of the capital of the cluster
  double total = 0.0;           // over the years, with spares, energy and maintenance [USD]
  double per_injection = 0.0;   // total over what the endpoints can send [USD/(bit/s)]
  double per_bisection = 0.0;   // total over the bisection; NaN where that is 0 [USD/(bit/s)]
};

struct CostResult {
  std::vector<ItemCost> items;        // in the order of the bill
  std::vector<NetworkCost> networks;  // in the order of CostUse
  double capital = 0.0;               // without spares [USD]
  double spares_capital = 0.0;        // [USD]
  int without = 0;                    // items without a price, each counted once for each network
  double electricity = 0.0;           // a year [USD]
  double maintenance = 0.0;           // a year [USD]
  double total = 0.0;                 // over the years [USD]
  double per_useful_gpu_hour = 0.0;   // total over the hours in which GPUs make progress [USD/h]
};

// Years of payments of 1 at the end of each, worth today: (1 − (1 + d)^−Y)/d, or Y where d is 0.
double payment_years(const Economics&);

// Capital with spares, and the energy [J a year] and the maintenance of the years.
double total_cost(const Economics&, double capital, double spares_capital, double energy);

// A line of the bill without quantity and spares costs nothing and lacks nothing. A year has 8760 h.
CostResult cost(std::span<const BillLine> bill, const Economics&, const CostUse&);

}  // namespace waverack::cluster
