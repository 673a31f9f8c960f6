#include "waverack/cluster/power.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace waverack::cluster {
namespace {

std::string name_of(const BillLine& line, PowerKey key) {
  switch (key) {
    case PowerKey::network:
      return line.kind == ItemKind::node ? "nodes" : line.network;
    case PowerKey::tier:
      return line.kind == ItemKind::node ? "nodes" : fmt::format("{} tier {}", line.network, line.tier);
    case PowerKey::item:
      return line.item;
    case PowerKey::kind:
      return std::string(enum_name(line.kind));
  }
  return {};
}

// Ends of links that modules and cables serve.
double link_ends(const std::vector<BillLine>& bill) {
  double ends = 0.0;
  for (const BillLine& line : bill)
    if (line.kind == ItemKind::module || line.kind == ItemKind::cable) ends += static_cast<double>(line.ends);
  return ends;
}

// Of all switches with the optics at them, over the number of switches.
double switch_power(const std::vector<BillLine>& bill) {
  double watts = 0.0, boxes = 0.0;
  for (const BillLine& box : bill) {
    if (box.kind != ItemKind::switch_box) continue;
    boxes += static_cast<double>(box.quantity);
    watts += watts_of(box);
    for (const BillLine& line : bill)
      if (is_optics(line) && line.network == box.network && line.place == box.place) watts += watts_of(line);
  }
  return boxes > 0.0 ? watts / boxes : 0.0;
}

}  // namespace

std::vector<PowerSum> power_by(const std::vector<BillLine>& bill, PowerKey key) {
  std::vector<PowerSum> sums;
  for (const BillLine& line : bill) {
    const std::string name = name_of(line, key);
    auto found =
        std::find_if(sums.begin(), sums.end(), [&](const PowerSum& sum) { return sum.name == name; });
    if (found == sums.end()) found = sums.insert(sums.end(), {name, 0, 0.0, 0.0});
    found->quantity += line.quantity;
    found->power_w += watts_of(line);
    found->liquid_w += watts_of(line) * line.liquid_share;
  }
  return sums;
}

double network_power(const std::vector<BillLine>& bill) {
  double watts = 0.0;
  for (const BillLine& line : bill)
    if (line.kind != ItemKind::node) watts += watts_of(line);
  return watts;
}

double optics_power(const std::vector<BillLine>& bill) {
  double watts = 0.0;
  for (const BillLine& line : bill)
    if (is_optics(line)) watts += watts_of(line);
  return watts;
}

double host_power(const std::vector<BillLine>& bill, std::span<const Technology> technologies) {
  double watts = 0.0;
  for (const BillLine& line : bill) {
    if (line.kind != ItemKind::module && line.kind != ItemKind::cable) continue;
    const Technology& technology = technologies[line.technology];
    // A module that serves several ends, or an end in part, has its host's SerDes in that proportion.
    watts += technology.host_power * static_cast<double>(line.ends) * line.rate / technology.mac_rate;
  }
  return watts;
}

std::vector<BillLine> cooled_alike(std::vector<BillLine> bill, const std::vector<BillLine>& baseline) {
  const auto box_of = [&](const BillLine& line, auto&& matches) {
    const ItemKind kind = line.kind == ItemKind::node ? ItemKind::node : ItemKind::switch_box;
    return std::find_if(baseline.begin(), baseline.end(), [&](const BillLine& box) {
      return box.kind == kind && box.network == line.network && matches(box);
    });
  };
  for (BillLine& line : bill) {
    // What stands at a network card is cooled by air, and circuit switches are what they are.
    const bool at_switch =
        line.tier >= 0 && (line.kind == ItemKind::switch_box || line.kind == ItemKind::module ||
                           line.kind == ItemKind::external_laser);
    if (line.kind != ItemKind::node && !at_switch) continue;
    auto box = box_of(line, [&](const BillLine& other) { return other.place == line.place; });
    if (box == baseline.end()) box = box_of(line, [](const BillLine&) { return true; });
    if (box != baseline.end()) line.liquid_share = box->liquid_share;
  }
  return bill;
}

std::span<const std::string_view> boundaries() {
  static constexpr std::array<std::string_view, 8> names{
      "module",  "module_with_host",     "switch",   "network",
      "cluster", "cluster_cooled_alike", "facility", "facility_cooled_alike"};
  return names;
}

std::vector<Saving> savings(const Powered& scenario, const Powered& baseline) {
  std::vector<Saving> list;
  const auto add = [&](std::string boundary, double value, double reference) {
    if (reference > 0.0) list.push_back({std::move(boundary), value, reference, 1.0 - value / reference});
  };
  const auto per_end = [](const Powered& of, double watts) {
    const double ends = link_ends(of.bill);
    return ends > 0.0 ? watts / ends : 0.0;
  };
  const auto with_host = [](const Powered& of) {
    return optics_power(of.bill) + host_power(of.bill, of.technologies);
  };
  add("module", per_end(scenario, optics_power(scenario.bill)),
      per_end(baseline, optics_power(baseline.bill)));
  add("module_with_host", per_end(scenario, with_host(scenario)), per_end(baseline, with_host(baseline)));
  add("switch", switch_power(scenario.bill), switch_power(baseline.bill));
  add("network", network_power(scenario.bill), network_power(baseline.bill));
  add("cluster", scenario.hall.it_w, baseline.hall.it_w);
  if (const HallResult* alike = scenario.hall_of_baseline)
    add("cluster_cooled_alike", alike->it_w, baseline.hall.it_w);
  add("facility", scenario.hall.facility_w, baseline.hall.facility_w);
  if (const HallResult* alike = scenario.hall_of_baseline)
    add("facility_cooled_alike", alike->facility_w, baseline.hall.facility_w);
  return list;
}

}  // namespace waverack::cluster
