#include "waverack/cluster/topology.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "waverack/base/error.hpp"
#include "waverack/base/text.hpp"
#include "waverack/cluster/classify.hpp"
#include "waverack/cluster/clos.hpp"
#include "waverack/cluster/dragonfly.hpp"
#include "waverack/cluster/reach.hpp"
#include "waverack/cluster/torus.hpp"

namespace waverack::cluster {
namespace {

constexpr LinkEnd nic{EndKind::nic, -1};
LinkEnd port(int tier) { return {EndKind::switch_port, tier}; }

// Builds one network: its functions fill in `topology`.
struct Builder {
  const Network& network;
  std::int64_t gpus;
  const std::string& path;
  Topology topology;

  std::int64_t endpoints() const { return gpus * network.ports_per_gpu; }

  // `tiers` of links in all; their upper ends serve groups of `group` endpoints.
  LinkClass& add_links(std::string name, int tier, int tiers, LinkEnd a, LinkEnd b, double rate,
                       std::int64_t count, std::int64_t group = 0, int circuit_switches = 0) {
    LinkClass link;
    link.name = std::move(name);
    link.tier = tier;
    link.a = a;
    link.b = b;
    link.rate = rate;
    link.count = count;
    const std::int64_t gpus_of_group = std::min(gpus, group / network.ports_per_gpu);
    const Reach reach = reach_of(network, tier, tiers, circuit_switches > 0, gpus_of_group, path);
    link.lengths = reach.bins;
    link.lengths_kind = reach.kind;
    link.lengths_source = reach.source;
    link.circuit_switches = circuit_switches;
    link.cables_per_link = network.cables_per_link;
    topology.links.push_back(std::move(link));
    return topology.links.back();
  }

  // As few circuit switches as have ports for these links.
  void add_circuit_switches(std::string name, std::int64_t links) {
    const CircuitSwitch& device = *network.circuit_switch.value;
    const int each = paths_per_link(device, network.circuit_fibres);
    const std::int64_t ports = usable_ports(device);
    topology.circuit_switches.push_back(
        {std::move(name), (links * each + ports - 1) / ports, links * each, each});
  }

  void clos();
  void replace_top(const Clos& clos, double rate);
  void warn_of_parts();
  void dragonfly();
  void torus();
  void scale_up();
};

void Builder::clos() {
  const bool railed = network.topology != TopologyKind::clos;
  const bool apart = network.topology == TopologyKind::rail_only;
  if (railed && gpus % network.rails != 0)
    refuse_at(join_path(path, "rails"),
              fmt::format("{} GPUs do not fill servers with {} rails", gpus, network.rails),
              fmt::format("a divisor of {}", gpus));
  const int copies = network.planes * (apart ? network.rails : 1);
  const double rate = network.port_rate / network.planes;
  topology.radix = radix_of(network, path);
  const Clos clos = count_clos(apart ? endpoints() / network.rails : endpoints(), topology.radix,
                               network.tiers, network.oversubscription, path);
  topology.endpoints = endpoints();
  topology.diameter_switches = 2 * clos.tiers - 1;
  topology.mean_switches = mean_clos_switches(clos);
  std::int64_t narrowest = clos.endpoints;
  std::int64_t group = 1;
  for (int tier = 0; tier < clos.tiers; ++tier) {
    const ClosTier& level = clos.levels[static_cast<std::size_t>(tier)];
    narrowest = std::min(narrowest, level.down_ends);
    group = tier + 1 == clos.tiers ? endpoints() : std::min(endpoints(), group * level.down);
    // Leaves of rails stand together, one for each rail.
    const std::int64_t together = railed && tier == 0 ? group * network.rails : group;
    add_links((tier == 0 ? "nic" : tier_name(tier - 1)) + "-" + tier_name(tier), tier, clos.tiers,
              tier == 0 ? nic : port(tier - 1), port(tier), rate, copies * level.down_ends, together);
    topology.switches.push_back({tier_name(tier), tier, copies * level.switches,
                                 copies * (level.down_ends + level.up_ends), copies * level.whole});
  }
  topology.bisection = static_cast<double>(copies * narrowest) * rate / 2.0;
  if (apart)
    topology.warnings.push_back(
        {path, "nothing joins the rails: traffic between them goes through the scale-up domain of a server"});
  if (network.circuit_switch.value) replace_top(clos, rate);
  warn_of_parts();
}

// Counts of the bill are those of the closed form, which whole switches of each tier may exceed.
void Builder::warn_of_parts() {
  std::string counted, whole;
  bool differ = false;
  for (const SwitchClass& tier : topology.switches) {
    counted += fmt::format("{}{} {}", counted.empty() ? "" : ", ", tier.name, tier.count);
    whole += fmt::format("{}{} {}", whole.empty() ? "" : ", ", tier.name, tier.whole);
    differ = differ || tier.whole != tier.count;
  }
  if (differ)
    topology.warnings.push_back(
        {path, fmt::format("switches are counted by the ports of all tiers together: {}; with "
                           "whole ones in every tier they are {}",
                           counted, whole)});
}

// Circuit switches stand in for the top tier: the blocks below it are joined directly, all to all.
void Builder::replace_top(const Clos& clos, double rate) {
  const std::string key = join_path(path, "circuit_switch");
  if (network.topology == TopologyKind::rail_only)
    refuse_at(key, "circuit switches do not stand in for a tier of separate rails", "topology \"clos\"");
  if (clos.tiers < 2)
    refuse_at(key, "there is one tier of switches, and circuit switches cannot stand in for it",
              "at least 2 tiers; state them with tiers");
  std::int64_t block = 1;
  for (int tier = 0; tier + 1 < clos.tiers; ++tier) block *= clos.levels[static_cast<std::size_t>(tier)].down;
  const std::int64_t blocks = clos.endpoints / block;
  if (clos.endpoints % block != 0 || blocks < 2)
    refuse_at(key, fmt::format("{} endpoints do not fill two or more blocks of {}", clos.endpoints, block),
              fmt::format("a multiple of {} endpoints", block),
              std::to_string(std::max<std::int64_t>(2, (clos.endpoints + block - 1) / block) * block));
  const std::int64_t ups = clos.levels[static_cast<std::size_t>(clos.tiers - 2)].up_ends / blocks;
  if (blocks - 1 > ups)
    refuse_at(key, fmt::format("{} blocks cannot all be joined by {} links each", blocks, ups),
              "larger blocks or less oversubscription");
  std::int64_t used = 0;
  for (const GroupPort& port : group_ports(static_cast<int>(blocks), static_cast<int>(ups)))
    used += port.offset != 0;
  const std::int64_t links = network.planes * blocks * used / 2;
  topology.switches.pop_back();
  topology.switches.back().ports_used -= network.planes * blocks * (ups - used);
  LinkClass& top = topology.links.back();
  const int tier = clos.tiers - 2;
  top.name = tier_name(tier) + "-" + tier_name(tier);
  top.b = top.a;
  top.count = links;
  top.circuit_switches = 1;
  add_circuit_switches("blocks", links);
  // One switch less on the ways that went through the top tier.
  const double n = static_cast<double>(clos.endpoints), b = static_cast<double>(block);
  topology.mean_switches -= (n - b) / (n - 1.0);
  topology.diameter_switches -= 1;
  const double half = static_cast<double>(blocks / 2), rest = static_cast<double>(blocks) - half;
  const double across = static_cast<double>(links) * 2.0 * half * rest /
                        (static_cast<double>(blocks) * static_cast<double>(blocks - 1));
  topology.bisection = std::min(topology.bisection, across * rate);
}

void Builder::dragonfly() {
  topology.radix = radix_of(network, path);
  topology.endpoints = endpoints();
  const Dragonfly d = dragonfly_of(network, endpoints(), topology.radix, path);
  const std::int64_t local = static_cast<std::int64_t>(d.groups) * d.routers * (d.routers - 1) / 2;
  const std::int64_t global = global_links(d);
  const bool circuits = network.circuit_switch.value != nullptr;
  add_links("nic-router", 0, 3, nic, port(0), network.port_rate, endpoints());
  add_links("local", 1, 3, port(0), port(0), network.port_rate, local,
            static_cast<std::int64_t>(d.routers) * d.hosts);
  add_links("global", 2, 3, port(0), port(0), network.port_rate, global, endpoints(), circuits ? 1 : 0);
  if (circuits) add_circuit_switches("global", global);
  topology.switches.push_back(
      {"router", 0, static_cast<std::int64_t>(d.groups) * d.routers, endpoints() + 2 * local + 2 * global});
  topology.diameter_switches = most_routers(d);
  topology.mean_switches = mean_routers(d, endpoints());
  // Half of the groups from the other half, or half of the only one.
  const std::int64_t members = d.groups > 1 ? d.groups : d.routers;
  const std::int64_t links = d.groups > 1 ? global : local;
  const double half = static_cast<double>(members / 2), rest = static_cast<double>(members) - half;
  const double pairs = static_cast<double>(members) * static_cast<double>(members - 1) / 2.0;
  topology.bisection = pairs > 0.0 ? static_cast<double>(links) * half * rest / pairs * network.port_rate
                                   : static_cast<double>(endpoints()) * network.port_rate / 2.0;
}

void Builder::torus() {
  const Torus t = torus_of(network, gpus, path);
  topology.endpoints = 2 * (t.near_links + t.far_links);
  add_links("neighbour", 0, 2, nic, nic, network.port_rate, t.near_links);
  add_links(t.cubes > 0 ? "face" : "wrap", 1, 2, nic, nic, network.port_rate, t.far_links, 0,
            t.cubes > 0 ? 1 : 0);
  if (t.cubes > 0) {
    const int each = paths_per_link(*network.circuit_switch.value, network.circuit_fibres);
    topology.circuit_switches.push_back({"faces", t.circuit_switches, t.far_links * each, each});
  }
  topology.diameter_switches = most_hops(t) - 1;
  topology.mean_switches = mean_hops(t) - 1.0;
  topology.bisection = static_cast<double>(bisection_links(t)) * network.port_rate;
}

void Builder::scale_up() {
  topology.radix = radix_of(network, path);
  if (network.domain > topology.radix)
    refuse_at(
        join_path(path, "domain"),
        fmt::format("one tier of switches of radix {} joins no {} GPUs", topology.radix, network.domain),
        fmt::format("at most {}", topology.radix), std::to_string(topology.radix));
  topology.endpoints = endpoints();
  const std::int64_t ends = static_cast<std::int64_t>(network.domain) * network.ports_per_gpu;
  const std::int64_t each = (ends + topology.radix - 1) / topology.radix;
  const std::int64_t domains = (gpus + network.domain - 1) / network.domain;
  add_links("gpu-switch", 0, 1, nic, port(0), network.port_rate, endpoints());
  topology.switches.push_back({"scale-up switch", 0, domains * each, endpoints()});
  topology.diameter_switches = 1;
  topology.mean_switches = 1.0;
  topology.bisection = static_cast<double>(std::min(ends, endpoints())) * network.port_rate / 2.0;
  if (network.circuit_switch.value)
    refuse_at(join_path(path, "circuit_switch"), "a scale-up domain has no links for circuit switches",
              "topologies torus, clos and dragonfly");
}

}  // namespace

int radix_of(const Network& network, const std::string& path) {
  const std::string key = join_path(path, "switches");
  if (!network.switches.value)
    refuse_at(key, "the network names no switch", "the name of a profile of kind switch, or a table");
  const double rate = network.port_rate / network.planes;
  const double radix = network.switches.value->capacity / rate;
  if (radix > 1e6 || radix < 2.0)
    refuse_at(key,
              fmt::format("a switch of {:g} Tb/s has {:.0f} ports of {:g} Gb/s",
                          network.switches.value->capacity / 1e12, radix, rate / 1e9),
              "2 to 1000000 ports");
  return static_cast<int>(radix + 1e-6);
}

Topology build_topology(const Network& network, std::int64_t gpus, const std::string& path) {
  constexpr std::int64_t most_gpus = 100'000'000;
  if (gpus < 1 || gpus > most_gpus)
    refuse_at(path, fmt::format("a network of {} GPUs", gpus), fmt::format("1 to {}", most_gpus));
  if (network.ports_per_gpu < 1 || network.planes < 1 || network.rails < 1 || network.cables_per_link < 1 ||
      network.circuit_fibres < 1 || !(network.port_rate > 0.0))
    refuse_at(path, "ports, planes, rails, cables, fibres and the port's rate are counted from 1",
              "at least 1");
  Builder builder{network, gpus, path, {}};
  builder.topology.name = network.name;
  switch (network.topology) {
    case TopologyKind::clos:
    case TopologyKind::rail_optimised:
    case TopologyKind::rail_only:
      builder.clos();
      break;
    case TopologyKind::dragonfly:
      builder.dragonfly();
      break;
    case TopologyKind::torus:
      builder.torus();
      break;
    case TopologyKind::scale_up:
      builder.scale_up();
      break;
    case TopologyKind::file:
      refuse_at(join_path(path, "topology"), "a topology file is read, not built",
                "any topology but \"file\"");
  }
  return std::move(builder.topology);
}

std::int64_t Topology::switch_count() const {
  std::int64_t count = 0;
  for (const SwitchClass& item : switches) count += item.count;
  return count;
}

std::int64_t Topology::link_count() const {
  std::int64_t count = 0;
  for (const LinkClass& item : links) count += item.count;
  return count;
}

std::int64_t Topology::cable_count() const {
  std::int64_t count = 0;
  for (const LinkClass& item : links) count += item.count * item.cables_per_link;
  return count;
}

std::int64_t Topology::circuit_switch_count() const {
  std::int64_t count = 0;
  for (const CircuitSwitchClass& item : circuit_switches) count += item.count;
  return count;
}

}  // namespace waverack::cluster
