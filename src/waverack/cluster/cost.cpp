#include "waverack/cluster/cost.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace waverack::cluster {
namespace {

constexpr double hours_per_year = 8760.0;

// A sum that knows whether anything was added.
class KnownSum {
 public:
  void add(double amount) {
    if (std::isnan(amount)) return;
    sum_ += amount;
    known_ = true;
  }
  double value() const { return known_ ? sum_ : std::numeric_limits<double>::quiet_NaN(); }

 private:
  double sum_ = 0.0;
  bool known_ = false;
};

struct Capital {
  KnownSum bought, spares;
  int without = 0;

  void add(const ItemCost& item) {
    bought.add(item.capital);
    spares.add(item.spares_capital);
    without += std::isnan(item.capital);
  }
};

std::vector<ItemCost> items_of(std::span<const BillLine> bill, double price_of_list) {
  std::vector<ItemCost> items;
  for (const BillLine& line : bill) {
    if (line.quantity == 0 && line.spares == 0) continue;
    auto item = std::find_if(items.begin(), items.end(), [&](const ItemCost& other) {
      return other.item == line.item && other.kind == line.kind && other.network == line.network;
    });
    if (item == items.end()) {
      items.push_back({line.kind, line.network, line.item});
      item = items.end() - 1;
    }
    const double price = line.price.value * price_of_list;
    item->quantity += line.quantity;
    item->spares += line.spares;
    item->capital += static_cast<double>(line.quantity) * price;
    item->spares_capital += static_cast<double>(line.spares) * price;
  }
  return items;
}

NetworkCost cost_of(const NetworkUse& network, const std::vector<ItemCost>& items, const Economics& economics,
                    double cluster_capital) {
  Capital capital;
  for (const ItemCost& item : items)
    if (item.network == network.name) capital.add(item);
  NetworkCost cost;
  cost.name = network.name;
  cost.capital = capital.bought.value();
  cost.spares_capital = capital.spares.value();
  cost.without = capital.without;
  cost.share = cost.capital / cluster_capital;
  cost.total = total_cost(economics, cost.capital, cost.spares_capital, network.energy);
  const auto per = [&](double bandwidth) {
    return bandwidth > 0.0 ? cost.total / bandwidth : std::numeric_limits<double>::quiet_NaN();
  };
  cost.per_injection = per(network.injection);
  cost.per_bisection = per(network.bisection);
  return cost;
}

}  // namespace

double payment_years(const Economics& economics) {
  if (economics.discount == 0.0) return economics.years;
  return -std::expm1(-economics.years * std::log1p(economics.discount)) / economics.discount;
}

double total_cost(const Economics& economics, double capital, double spares_capital, double energy) {
  const double of_a_year = energy * economics.electricity_price.value + capital * economics.maintenance.value;
  return capital + spares_capital + of_a_year * payment_years(economics);
}

CostResult cost(std::span<const BillLine> bill, const Economics& economics, const CostUse& use) {
  CostResult result;
  result.items = items_of(bill, 1.0 / (1.0 - economics.margin.value));
  Capital capital;
  for (const ItemCost& item : result.items) capital.add(item);
  result.capital = capital.bought.value();
  result.spares_capital = capital.spares.value();
  result.without = capital.without;
  for (const NetworkUse& network : use.networks)
    result.networks.push_back(cost_of(network, result.items, economics, result.capital));
  result.electricity = use.energy * economics.electricity_price.value;
  result.maintenance = result.capital * economics.maintenance.value;
  result.total = total_cost(economics, result.capital, result.spares_capital, use.energy);
  const double useful_hours = use.gpus * use.goodput * hours_per_year * payment_years(economics);
  result.per_useful_gpu_hour = result.total / useful_hours;
  return result;
}

}  // namespace waverack::cluster
