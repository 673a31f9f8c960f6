#include "waverack/cluster/choice_bill.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "waverack/base/decibel.hpp"

namespace waverack::cluster {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

Ranged operator*(const Ranged& number, double factor) {
  return {number.value * factor, number.low * factor, number.high * factor};
}

Ranged sum(const Ranged& a, const Ranged& b) { return {a.value + b.value, a.low + b.low, a.high + b.high}; }

// What one item of a line is, and how many of them there are.
struct Items {
  std::int64_t count = 0;
  Ranged power, failures, price;
  double share = 1.0;  // of a whole one
};

TechnologyPrice price_of(const ChoiceInput& input, std::size_t technology) {
  if (technology < input.prices.size()) return input.prices[technology];
  return {exactly(not_a_number), exactly(not_a_number)};
}

Items modules_of(const ChoiceInput& input, std::size_t index, const EndFit& fit, std::int64_t ends) {
  const Technology& technology = input.technologies[index];
  return {fit.modules(ends), technology.module_power * fit.share, technology.failures * fit.share,
          price_of(input, index).module * fit.share, fit.share};
}

// Laser modules are whole ones, but several engines may share one.
Items lasers_of(const ChoiceInput& input, std::size_t index, const EndFit& fit, std::int64_t ends) {
  const Technology& technology = input.technologies[index];
  if (!(technology.laser_power.value > 0.0) || technology.form == Form::cable) return {};
  const double each = technology.laser_modules > 0.0 ? technology.laser_modules : 1.0;
  const double used = static_cast<double>(fit.modules(ends)) * fit.share * each;
  return {static_cast<std::int64_t>(std::ceil(used - 1e-9)), technology.laser_power * (1.0 / each),
          technology.laser_failures * (1.0 / each), price_of(input, index).laser};
}

// A cable counts for both of its ends. Between switches one of more rate serves several links; at a network
// card it is built with the lanes that the link needs. A link of several cables shares none with another, and
// each of them is its part of the design.
Items cables_of(const ChoiceInput& input, const LinkClass& links, const Pair& pair, std::int64_t count) {
  const Technology& technology = input.technologies[pair.a];
  EndFit fit = pair.fit_a;
  if (pair.fit_b.share < 1.0) fit = pair.fit_b;
  const int each = links.cables_per_link;
  if (each > 1) {
    fit.ends_per_module = 1;
    fit.share = std::min(1.0, links.rate / technology.mac_rate);
  }
  const double share = fit.share / each;
  return {fit.modules(count) * each, sum(technology.module_power, technology.module_power) * share,
          sum(technology.failures, technology.failures) * share, price_of(input, pair.a).module * share,
          share};
}

BillLine line(ItemKind kind, std::string item, const Items& items, std::size_t technology) {
  BillLine made;
  made.kind = kind;
  made.item = std::move(item);
  made.quantity = items.count;
  made.technology = technology;
  made.power = items.power;
  made.failures = items.failures;
  made.price = items.price;
  made.share = items.share;
  return made;
}

void add(Objectives& total, const Items& items) {
  if (items.count == 0) return;
  const double count = static_cast<double>(items.count);
  total.watts += count * items.power.value;
  total.failures += count * items.failures.value;
  total.cost += count * items.price.value;
}

Ranged difference(const Ranged& a, const Ranged& b) {
  const double value = a.value - b.value, low = a.low - b.low, high = a.high - b.high;
  return {value, std::min({value, low, high}), std::max({value, low, high})};
}

}  // namespace

Ranged extra_host(const Choice& choice, const Network& network, const LinkEnd& end, const LinkClass& links,
                  const Technology& technology) {
  if (end.kind == EndKind::switch_port && network.switches.value && network.switches.value->own_optics)
    return exactly(0.0);
  const double line_bits = links.rate * technology.line_rate * technology.lanes / technology.mac_rate;
  const Ranged reference =
      host_energy(choice.host, to_db(choice.pluggable_host_loss), technology.symbol_rate) * line_bits;
  if (choice.host_watts == HostSource::design)
    return difference(exactly(technology.host_power * links.rate / technology.mac_rate), reference);
  const Ranged own =
      host_energy(choice.host, technology.equalised_loss_db, technology.symbol_rate) * line_bits;
  return difference(own, reference);
}

std::vector<BillLine> lines_of(const ChoiceInput& input, const LinkClass& links, const Pair& pair,
                               std::int64_t count, double length) {
  std::vector<BillLine> lines;
  const auto put = [&](BillLine made, std::string place, int tier, std::int64_t ends, double bandwidth) {
    made.network = input.topology->name;
    made.place = std::move(place);
    made.tier = tier;
    const bool at_endpoint = links.a.kind == EndKind::nic || links.b.kind == EndKind::nic;
    made.link_tier = at_endpoint ? 0 : links.tier;  // the faces of a torus end on GPUs too
    made.length = length;
    made.ends = ends;
    made.rate = links.rate;
    if (bandwidth > 0.0)
      made.fill = static_cast<double>(ends) * links.rate / (static_cast<double>(made.quantity) * bandwidth);
    lines.push_back(std::move(made));
  };
  const Technology& a = input.technologies[pair.a];
  if (a.form == Form::cable) {
    const Items cables = cables_of(input, links, pair, count);
    put(line(ItemKind::cable, a.name, cables, pair.a), links.name, links.tier, 2 * count,
        2.0 * a.mac_rate * cables.share);
    return lines;
  }
  const auto end = [&](const LinkEnd& where, std::size_t index, const EndFit& fit) {
    const Technology& technology = input.technologies[index];
    const std::string place = place_of(*input.topology, where);
    put(line(ItemKind::module, technology.name, modules_of(input, index, fit, count), index), place,
        where.tier, count, technology.mac_rate * fit.share);
    const Items lasers = lasers_of(input, index, fit, count);
    if (lasers.count > 0)
      put(line(ItemKind::external_laser, technology.name + " laser", lasers, index), place, where.tier, count,
          0.0);
  };
  end(links.a, pair.a, pair.fit_a);
  end(links.b, pair.b, pair.fit_b);
  Items fibres;
  fibres.count = count * links.cables_per_link;
  fibres.price = exactly(not_a_number);
  put(line(ItemKind::fibre, "fibre", fibres, pair.a), links.name, links.tier, 2 * count, 0.0);
  return lines;
}

Objectives total_of(const Choice& choice, const ChoiceInput& input, const LinkClass& links, const Pair& pair,
                    std::int64_t count) {
  Objectives total;
  const Technology &a = input.technologies[pair.a], &b = input.technologies[pair.b];
  total.watts = static_cast<double>(count) * (extra_host(choice, *input.network, links.a, links, a).value +
                                              extra_host(choice, *input.network, links.b, links, b).value);
  if (a.form == Form::cable) {
    add(total, cables_of(input, links, pair, count));
    return total;
  }
  add(total, modules_of(input, pair.a, pair.fit_a, count));
  add(total, lasers_of(input, pair.a, pair.fit_a, count));
  add(total, modules_of(input, pair.b, pair.fit_b, count));
  add(total, lasers_of(input, pair.b, pair.fit_b, count));
  return total;
}

}  // namespace waverack::cluster
