#include "waverack/cluster/dragonfly.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "waverack/base/error.hpp"
#include "waverack/base/text.hpp"

namespace waverack::cluster {
namespace {

// Of the links between one pair of groups: how many different routers they start and end at, and how many
// different pairs of routers they join.
struct PairOfGroups {
  std::set<int> sources, targets;
  std::set<std::pair<int, int>> direct;
};

std::vector<PairOfGroups> pairs_of_groups(const Dragonfly& d) {
  std::vector<PairOfGroups> pairs(static_cast<std::size_t>(d.groups));
  const std::vector<GroupPort> ports = group_ports(d.groups, d.routers * d.global_ports);
  for (std::size_t port = 0; port < ports.size(); ++port) {
    if (ports[port].offset == 0) continue;
    PairOfGroups& pair = pairs[static_cast<std::size_t>(ports[port].offset)];
    const int source = static_cast<int>(port) / d.global_ports, target = ports[port].partner / d.global_ports;
    pair.sources.insert(source);
    pair.targets.insert(target);
    pair.direct.insert({source, target});
  }
  return pairs;
}

}  // namespace

Dragonfly dragonfly_of(const Network& network, std::int64_t endpoints, int radix, const std::string& path) {
  Dragonfly d{network.hosts_per_router, network.routers_per_group, network.global_links_per_router, 0};
  const int stated = (d.hosts > 0) + (d.routers > 0) + (d.global_ports > 0);
  if (stated == 0) {
    d.hosts = d.global_ports = (radix + 1) / 4;
    d.routers = 2 * d.hosts;
    if (d.hosts == 0)
      refuse_at(join_path(path, "switches"),
                fmt::format("a balanced dragonfly of radix {} has no hosts", radix), "a radix of at least 3");
  } else if (stated < 3) {
    refuse_at(join_path(path, d.hosts == 0     ? "hosts_per_router"
                              : d.routers == 0 ? "routers_per_group"
                                               : "global_links_per_router"),
              "a dragonfly needs hosts_per_router, routers_per_group and global_links_per_router",
              "all three, or none for the balanced one");
  }
  const int ports = d.hosts + d.routers - 1 + d.global_ports;
  if (ports > radix)
    refuse_at(
        join_path(path, "switches"),
        fmt::format("a router needs {} ports ({} hosts, {} in its group, {} global), and a switch has {}",
                    ports, d.hosts, d.routers - 1, d.global_ports, radix),
        fmt::format("at most {} ports", radix));
  const std::int64_t group = static_cast<std::int64_t>(d.hosts) * d.routers;
  const std::int64_t most = static_cast<std::int64_t>(d.routers) * d.global_ports + 1;
  const std::int64_t groups = (endpoints + group - 1) / group;
  if (groups > most)
    refuse_at(join_path(path, "routers_per_group"),
              fmt::format("{} groups of {} endpoints carry {} endpoints, not {}", most, group, most * group,
                          endpoints),
              "a larger radix, larger groups, more global links or fewer endpoints");
  d.groups = static_cast<int>(groups);
  return d;
}

std::vector<GroupPort> group_ports(int groups, int ports) {
  std::vector<GroupPort> result(static_cast<std::size_t>(ports));
  if (groups < 2) return result;
  const int others = groups - 1;
  for (int port = 0; port < ports; ++port) {
    const int round = port / others * others, place = port - round;
    const bool last_alone = port == ports - 1 && place % 2 == 0 && place != others - 1;
    GroupPort& to = result[static_cast<std::size_t>(port)];
    if ((groups % 2 == 0 && place == others - 1) || last_alone) {
      if (groups % 2 == 0) to = {groups / 2, port};  // the group opposite, which sees this one alike
    } else {
      to = place % 2 == 0 ? GroupPort{place / 2 + 1, port + 1} : GroupPort{groups - 1 - place / 2, port - 1};
    }
  }
  return result;
}

std::int64_t global_links(const Dragonfly& d) {
  std::int64_t used = 0;
  for (const GroupPort& port : group_ports(d.groups, d.routers * d.global_ports)) used += port.offset != 0;
  return used * d.groups / 2;
}

double mean_routers(const Dragonfly& d, std::int64_t endpoints) {
  if (endpoints < 2) return 1.0;
  const double a = d.routers, n = static_cast<double>(endpoints);
  const double hosts = n / (a * d.groups);
  double sum = std::max(0.0, hosts - 1.0) * 1.0 + (a - 1.0) * hosts * 2.0;
  const std::vector<PairOfGroups> pairs = pairs_of_groups(d);
  for (std::size_t offset = 1; offset < pairs.size(); ++offset) {
    const PairOfGroups& pair = pairs[offset];
    const auto share = [&](std::size_t count) { return static_cast<double>(count) / a; };
    const double either = 1.0 - (1.0 - share(pair.sources.size())) * (1.0 - share(pair.targets.size()));
    sum += a * hosts * (4.0 - either - share(pair.direct.size()) / a);
  }
  return sum / (n - 1.0);
}

int most_routers(const Dragonfly& d) {
  int most = d.routers > 1 ? 2 : 1;
  const std::size_t a = static_cast<std::size_t>(d.routers);
  const std::vector<PairOfGroups> pairs = pairs_of_groups(d);
  for (std::size_t offset = 1; offset < pairs.size(); ++offset) {
    const PairOfGroups& pair = pairs[offset];
    const bool all = pair.sources.size() == a || pair.targets.size() == a;
    most = std::max(most, !all ? 4 : pair.direct.size() < a * a ? 3 : 2);
  }
  return most;
}

}  // namespace waverack::cluster
