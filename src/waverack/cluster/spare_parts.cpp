#include "waverack/cluster/spare_parts.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/module/reliability.hpp"
#include "waverack/signal/special.hpp"

namespace waverack::cluster {
namespace {

using module::seconds_per_year;

// P(count > s).
double more_than(double mean, std::int64_t s) {
  return mean > 0.0 ? signal::lower_gamma(static_cast<double>(s) + 1.0, mean) : 0.0;
}

bool same_item(const SpareNeed& need, const BillLine& line) {
  return need.kind == line.kind && need.item == line.item;
}

// Rates by model count broken devices, those of fleets what was replaced.
double pulled_for_each(const FailureRates& rates) {
  return rates.solved ? 1.0 / (1.0 - rates.no_fault_found.value) : 1.0;
}

}  // namespace

std::int64_t spares_for(double mean, double level) {
  std::int64_t low = -1, high = 1;  // more than `low` are needed, `high` suffice
  while (more_than(mean, high) > 1.0 - level) {
    low = high;
    high *= 2;
  }
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (more_than(mean, middle) > 1.0 - level ? low : high) = middle;
  }
  return high;
}

double expected_shortage(double mean, std::int64_t spares) {
  // Σ_{k > s} (k − s)·P(k) = mean·P(count ≥ s) − s·P(count > s).
  const double s = static_cast<double>(spares);
  const double at_least = spares > 0 ? more_than(mean, spares - 1) : 1.0;
  return std::max(mean * at_least - s * more_than(mean, spares), 0.0);
}

std::vector<SpareNeed> spare_needs(std::span<const BillLine> bill, const Failures& failures) {
  const double pulled = pulled_for_each(rates_of(failures));
  std::vector<SpareNeed> needs;
  for (const BillLine& line : bill) {
    const double each_year = static_cast<double>(line.quantity) * line.failures.value * seconds_per_year;
    if (!(each_year > 0.0)) continue;
    auto need = std::ranges::find_if(needs, [&](const SpareNeed& n) { return same_item(n, line); });
    if (need == needs.end()) need = needs.insert(needs.end(), SpareNeed{line.item, line.kind});
    need->failures_per_year += each_year;
  }
  for (SpareNeed& need : needs) {
    const bool node = need.kind == ItemKind::node;  // mended in place
    need.pulled_per_year = need.failures_per_year * (node ? 1.0 : pulled);
    need.demand = need.pulled_per_year * failures.restock_time.value / seconds_per_year;
    need.spares = spares_for(need.demand, failures.spare_level);
    need.level = 1.0 - more_than(need.demand, need.spares);
    need.shortage = expected_shortage(need.demand, need.spares);
  }
  return needs;
}

void assign_spares(std::span<BillLine> bill, const std::vector<SpareNeed>& needs) {
  for (BillLine& line : bill) line.spares = 0;
  for (const SpareNeed& need : needs) {
    double quantity = 0.0;
    for (const BillLine& line : bill)
      if (same_item(need, line)) quantity += static_cast<double>(line.quantity);
    // Rounded sums, so that no spare is lost or made.
    double counted = 0.0;
    std::int64_t given = 0;
    for (BillLine& line : bill) {
      if (!same_item(need, line)) continue;
      counted += static_cast<double>(line.quantity);
      const auto so_far = std::llround(static_cast<double>(need.spares) * counted / quantity);
      line.spares = so_far - given;
      given = so_far;
    }
  }
}

}  // namespace waverack::cluster
