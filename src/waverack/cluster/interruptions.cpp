#include "waverack/cluster/interruptions.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace waverack::cluster {
namespace {

Ranged times(const Ranged& number, double factor) {
  return {number.value * factor, number.low * factor, number.high * factor};
}

// Ends for each piece; 0 where the line counts none.
double ends_of_one(const BillLine& line) {
  return line.quantity > 0 ? static_cast<double>(line.ends) / static_cast<double>(line.quantity) : 0.0;
}

// Links for each piece, less than one where a link takes several; 1 where the line counts none.
double links_of_one(const BillLine& line) {
  const double ends = ends_of_one(line);
  const bool both_ends = line.kind == ItemKind::cable || line.kind == ItemKind::fibre;
  return ends > 0.0 ? (both_ends ? ends / 2.0 : ends) : 1.0;
}

// Bandwidth of one piece over that of a whole module: at a network card modules may be built with fewer
// lanes.
double share_of_module(const BillLine& line, const Technology& technology) {
  const double ends = line.kind == ItemKind::cable ? ends_of_one(line) / 2.0 : ends_of_one(line);
  return ends > 0.0 ? ends * line.rate / (line.fill * technology.mac_rate) : 1.0;
}

// A technology that states its own failures.
bool solved(const Technology* technology, const FailureRates& rates) {
  return technology && rates.solved && technology->failures.value > 0.0;
}

Ranged module_rate(const BillLine& line, const Technology* technology, const FailureRates& rates) {
  if (solved(technology, rates)) return times(technology->failures, share_of_module(line, *technology));
  if (!technology || technology->form != Form::co_packaged) return rates.pluggable;
  return times(rates.engine_port, share_of_module(line, *technology) * technology->mac_rate / 400e9);
}

// Of one laser module, which may serve a part of an engine or several.
Ranged laser_rate(const BillLine& line, const Technology* technology, const FailureRates& rates) {
  if (!technology) return rates.laser_module;
  const double engines = ends_of_one(line) * line.rate / technology->mac_rate;
  return times(solved(technology, rates) ? technology->laser_failures : rates.laser_module, engines);
}

// Both of its ends.
Ranged cable_rate(const BillLine& line, const Technology* technology, const FailureRates& rates) {
  if (!solved(technology, rates)) return rates.cable;
  return times(technology->failures, 2.0 * share_of_module(line, *technology));
}

Ranged failure_rate(const BillLine& line, const Technology* technology, const FailureRates& rates,
                    int gpus_per_node) {
  switch (line.kind) {
    case ItemKind::node:
      return times(rates.gpu, gpus_per_node);
    case ItemKind::network_card:
      return rates.network_card;
    case ItemKind::switch_box:
      return rates.switch_box;
    case ItemKind::module:
      return module_rate(line, technology, rates);
    case ItemKind::external_laser:
      return laser_rate(line, technology, rates);
    case ItemKind::cable:
      return cable_rate(line, technology, rates);
    case ItemKind::fibre:
      return rates.fibre;
    case ItemKind::circuit_switch:
      return rates.circuit_switch;
  }
  return {};
}

bool part_of_link(ItemKind kind) {
  return kind == ItemKind::module || kind == ItemKind::external_laser || kind == ItemKind::cable ||
         kind == ItemKind::fibre;
}

// Its loss is that of links or switches of the first tier.
bool at_first_tier(const BillLine& line) {
  if (line.kind == ItemKind::circuit_switch) return line.link_tier == 0;
  return part_of_link(line.kind) ? line.link_tier <= 0 : line.kind == ItemKind::switch_box && line.tier <= 0;
}

bool is_redundant(const BillLine& line, const Failures& failures) {
  if (!at_first_tier(line)) return false;
  // A module at a card that holds the links of both planes takes them down together.
  if (line.kind == ItemKind::module && line.tier < 0 && line.ends > line.quantity) return false;
  return asks_redundancy(failures, line.network);
}

// Of a mean first-tier link of a network with redundancy: everything that it needs, a leaf switch with it.
double rate_of_one_link(std::span<const BillLine> bill, const Failures& failures,
                        const std::string& network) {
  double parts = 0.0, ends = 0.0, switches = 0.0, boxes = 0.0;
  for (const BillLine& line : bill) {
    if (line.network != network || !is_redundant(line, failures)) continue;
    const double rate = static_cast<double>(line.quantity) * line.failures.value;
    if (line.kind == ItemKind::switch_box) {
      switches += rate;
      boxes += static_cast<double>(line.quantity);
    } else {
      parts += rate;
      if (line.kind == ItemKind::module || line.kind == ItemKind::cable)
        ends += static_cast<double>(line.ends);
    }
  }
  return (ends > 0.0 ? parts / (0.5 * ends) : 0.0) + (boxes > 0.0 ? switches / boxes : 0.0);
}

}  // namespace

bool asks_redundancy(const Failures& failures, const std::string& network) {
  const auto& networks = failures.redundant_networks;
  return failures.redundancy != Redundancy::none &&
         (networks.empty() || std::ranges::find(networks, network) != networks.end());
}

void assign_failures(std::span<BillLine> bill, std::span<const Technology> technologies,
                     const FailureRates& rates, int gpus_per_node) {
  for (BillLine& line : bill) {
    const bool has_technology = part_of_link(line.kind) && line.technology < technologies.size();
    const Technology* technology = has_technology ? &technologies[line.technology] : nullptr;
    line.failures = failure_rate(line, technology, rates, gpus_per_node);
    line.flaps = exactly(0.0);
    if (line.kind == ItemKind::module) line.flaps = times(rates.flaps, 0.5 * ends_of_one(line));
    if (line.kind == ItemKind::cable) line.flaps = times(rates.cable_flaps, 0.5 * ends_of_one(line));
  }
}

double outlasting_share(double outage, double timeout) {
  return outage > 0.0 ? std::exp(-timeout / outage) : 0.0;
}

double waited_outage(double outage, double timeout) {
  if (!(outage > 0.0)) return 0.0;
  const double x = timeout / outage;
  return outage * (1.0 - (1.0 + x) * std::exp(-x));
}

Interruptions interruptions(std::span<const BillLine> bill, const Failures& failures, double share) {
  const double outlasting = outlasting_share(failures.flap_outage.value, failures.job_timeout.value);
  const double waited = waited_outage(failures.flap_outage.value, failures.job_timeout.value);
  const double repair = failures.repair_time.value;
  Interruptions result;
  for (const BillLine& line : bill) {
    const double pieces = share * static_cast<double>(line.quantity);
    StopCause cause{line.item, line.place, line.network, line.kind, pieces * line.failures.value};
    const double flaps = pieces * line.flaps.value;
    if (is_redundant(line, failures)) {
      const double other = rate_of_one_link(bill, failures, line.network);
      cause.stops = cause.failures * -std::expm1(-std::max(links_of_one(line), 1.0) * other * repair);
      result.degradations += cause.failures - cause.stops;
    } else {
      const bool stops =
          line.kind == ItemKind::node || line.kind == ItemKind::network_card || at_first_tier(line);
      const double stopping = stops ? 1.0 : failures.stop_share_above;
      cause.stops = stopping * cause.failures;
      cause.flap_stops = stopping * outlasting * flaps;
      result.flap_stall += stopping * waited * flaps;
    }
    result.rate += cause.total();
    result.causes.push_back(std::move(cause));
  }
  std::ranges::stable_sort(result.causes, std::greater{}, &StopCause::total);
  result.mean_time = result.rate > 0.0 ? 1.0 / result.rate : std::numeric_limits<double>::infinity();
  return result;
}

}  // namespace waverack::cluster
