#include "waverack/cluster/latency.hpp"

#include <algorithm>
#include <cmath>

namespace waverack::cluster {
namespace {

LatencyParts of_length(const Technology& technology, double length) {
  return {technology.latency, technology.fec_latency, length * technology.delay_per_metre, 0.0};
}

double log_survival(double loss, double links) { return links * std::log1p(-loss); }

// Tiers of a folded Clos network; 0 where the topology is none: every class of links joins tier i − 1 to tier
// i, and the longest way goes up to the top and down again.
int clos_tiers(const Topology& topology) {
  const int tiers = static_cast<int>(topology.links.size());
  if (topology.diameter_switches != 2 * tiers - 1) return 0;
  for (int tier = 0; tier < tiers; ++tier) {
    const LinkClass& link = topology.links[tier];
    if (link.tier != tier || link.a.tier != tier - 1 || link.b.tier != tier) return 0;
  }
  return tiers;
}

// Shares of pairs that meet in tier 0, 1 … when groups grow by `growth` from `leaf` endpoints on.
std::vector<double> meeting_shares(double endpoints, double leaf, double growth, int tiers) {
  std::vector<double> shares;
  double below = 0.0, group = leaf;
  for (int tier = 0; tier < tiers; ++tier, group *= growth) {
    const double within =
        tier + 1 == tiers ? 1.0 : (std::min(group, endpoints) - 1.0) / std::max(endpoints - 1.0, 1.0);
    shares.push_back(within - below);
    below = within;
  }
  return shares;
}

double mean_switches(const std::vector<double>& shares) {
  double mean = 0.0;
  for (std::size_t tier = 0; tier < shares.size(); ++tier)
    mean += shares[tier] * (2.0 * static_cast<double>(tier) + 1.0);
  return mean;
}

std::vector<double> clos_shares(const Topology& topology, int tiers) {
  const double endpoints = static_cast<double>(topology.endpoints);
  if (tiers == 1) return {1.0};
  if (tiers == 2) {
    const double same = std::clamp((3.0 - topology.mean_switches) / 2.0, 0.0, 1.0);
    return {same, 1.0 - same};
  }
  double leaves = 1.0;
  for (const SwitchClass& box : topology.switches)
    if (box.tier == 0) leaves = static_cast<double>(box.count);
  const double leaf = std::clamp(static_cast<double>(topology.links.front().count) / leaves, 1.0, endpoints);
  // Larger groups mean fewer switches on the way.
  double low = 0.0, high = std::log(endpoints / leaf);
  for (int step = 0; step < 50; ++step) {
    const double middle = 0.5 * (low + high);
    const auto shares = meeting_shares(endpoints, leaf, std::exp(middle), tiers);
    (mean_switches(shares) > topology.mean_switches ? low : high) = middle;
  }
  return meeting_shares(endpoints, leaf, std::exp(low), tiers);
}

std::string clos_name(int tier, int tiers) {
  if (tier == 0) return "same leaf";
  if (tier == 1) return tiers == 2 ? "across spines" : "same pod";
  return tier + 1 == tiers ? "across the core" : "across tier " + std::to_string(tier + 1);
}

void add_links(PathClass& path, const LinkLatency& link, double number) {
  path.mean += number * link.mean;
  path.worst += number * link.worst;
  path.loss += log_survival(link.loss, number);  // its logarithm until all are added
  path.links += number;
}

void finish(PathClass& path, double worst_switches, double switch_latency) {
  path.mean.switches = path.switches * switch_latency;
  path.worst.switches = worst_switches * switch_latency;
  path.loss = -std::expm1(path.loss);
}

std::vector<PathClass> clos_classes(const Topology& topology, std::span<const LinkLatency> links,
                                    double switch_latency, int tiers) {
  const std::vector<double> shares = clos_shares(topology, tiers);
  std::vector<PathClass> classes;
  for (int top = 0; top < tiers; ++top) {
    PathClass path;
    path.name = clos_name(top, tiers);
    path.share = shares[top];
    path.switches = 2.0 * top + 1.0;
    for (int tier = 0; tier <= top; ++tier) add_links(path, links[tier], 2.0);
    finish(path, path.switches, switch_latency);
    classes.push_back(std::move(path));
  }
  return classes;
}

bool at_endpoint(const LinkClass& link) { return link.a.kind == EndKind::nic && link.b.kind != EndKind::nic; }

PathClass mean_class(const Topology& topology, std::span<const LinkLatency> links, double switch_latency) {
  PathClass path;
  path.name = "any two";
  path.share = 1.0;
  path.switches = topology.mean_switches;
  double inner = 0.0;
  bool endpoint_links = false;
  for (const LinkClass& link : topology.links) {
    if (at_endpoint(link))
      endpoint_links = true;
    else
      inner += static_cast<double>(link.count);
  }
  // Between n switches lie n − 1 links, and through n endpoints that pass traffic on lead n + 1.
  const auto between = [&](double switches) { return endpoint_links ? switches - 1.0 : switches + 1.0; };
  const double stretch =
      between(topology.diameter_switches) / std::max(between(topology.mean_switches), 1e-9);
  for (std::size_t i = 0; i < links.size(); ++i) {
    const LinkClass& link = topology.links[i];
    if (at_endpoint(link)) {
      add_links(path, links[i], 2.0);
      continue;
    }
    const double number = between(topology.mean_switches) * static_cast<double>(link.count) / inner;
    add_links(path, links[i], number);
    path.worst += number * (stretch - 1.0) * links[i].worst;
  }
  finish(path, topology.diameter_switches, switch_latency);
  return path;
}

}  // namespace

LatencyParts& LatencyParts::operator+=(const LatencyParts& other) {
  modules += other.modules;
  fec += other.fec;
  medium += other.medium;
  switches += other.switches;
  return *this;
}

LatencyParts operator*(double factor, const LatencyParts& parts) {
  return {factor * parts.modules, factor * parts.fec, factor * parts.medium, factor * parts.switches};
}

LinkLatency link_latency(std::span<const LinkUse> uses) {
  LinkLatency link;
  for (const LinkUse& use : uses) {
    const double middle = 0.5 * (use.from + use.to);
    link.mean += use.share * of_length(*use.technology, middle);
    const LatencyParts worst = of_length(*use.technology, use.to);
    if (worst.total() > link.worst.total()) link.worst = worst;
    link.loss += use.share * use.loss;
  }
  return link;
}

PathLatency path_latency(const Topology& topology, std::span<const LinkLatency> links,
                         double switch_latency) {
  PathLatency result;
  if (const int tiers = clos_tiers(topology); tiers > 0)
    result.classes = clos_classes(topology, links, switch_latency, tiers);
  else
    result.classes.push_back(mean_class(topology, links, switch_latency));
  for (PathClass& path : result.classes) {
    if (!links.empty()) path.last_link = links.front().mean.total();
    result.mean += path.share * path.mean;
    result.mean_links += path.share * path.links;
    result.loss += path.share * path.loss;
    result.last_link += path.share * path.last_link;
    if (path.share > 0.0 && path.worst.total() > result.worst.total()) result.worst = path.worst;
  }
  return result;
}

}  // namespace waverack::cluster
