#include "waverack/cluster/step_time.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/base/text.hpp"

namespace waverack::cluster {
namespace {

const NetworkView& fabric_of(const Collective& collective, std::span<const NetworkView> fabrics) {
  if (fabrics.empty()) throw Error("the job exchanges data, and there is no network");
  if (collective.network.empty()) {
    const bool inside = collective.group == Group::tensor;
    const auto found = std::ranges::find(fabrics, inside, &NetworkView::scale_up);
    return found == fabrics.end() ? fabrics.front() : *found;
  }
  std::vector<std::string> names;
  for (const NetworkView& fabric : fabrics) {
    if (fabric.name == collective.network) return fabric;
    names.push_back(fabric.name);
  }
  std::string allowed;
  for (const std::string& name : names) allowed += (allowed.empty() ? "" : ", ") + name;
  throw Error(ErrorInfo{{},
                        "job.collectives.network",
                        "there is no network '" + collective.network + "'",
                        allowed,
                        nearest_name(collective.network, names)});
}

// Expected time that lost frames add to one collective: its messages follow one another, and each step waits
// for the slowest of the ranks' messages.
double retries_of(const NetworkView& fabric, const Job& job, std::int64_t ranks, const CollectiveTime& once,
                  double seconds_per_byte) {
  if (!(fabric.path.loss > 0.0) || !(once.messages > 0.0)) return 0.0;
  const double bytes = once.transfer / seconds_per_byte / once.messages;  // of a message
  const Transport& transport = job.transport;
  Flow flow;
  flow.frames = std::max(std::ceil(bytes / transport.frame_bytes), 1.0);
  flow.loss = loss_of_frame(fabric.path.loss, std::min(bytes, transport.frame_bytes));
  flow.ack_loss = fabric.path.loss;
  flow.rate = fabric.rate;
  flow.round_trip = 2.0 * fabric.path.mean.total();
  flow.link_round_trip = 2.0 * fabric.path.last_link;
  return once.messages * slowest_of(retry_cost(flow, transport), transport, static_cast<double>(ranks));
}

}  // namespace

std::vector<Collective> default_collectives(const Job& job) {
  constexpr double bytes_of_weights = 405e9 * 2.0;
  Collective gradients;
  gradients.kind = CollectiveKind::reduce_scatter;
  gradients.bytes = bytes_of_weights / (static_cast<double>(job.tensor) * job.pipeline);
  gradients.exposed = 0.1;
  Collective weights = gradients;
  weights.kind = CollectiveKind::all_gather;
  return {gradients, weights};
}

std::int64_t group_size(const Job& job, Group group, std::int64_t gpus) {
  const std::int64_t ranks = job.ranks > 0 ? job.ranks : gpus;
  const std::int64_t parts = static_cast<std::int64_t>(job.tensor) * job.pipeline;
  std::int64_t size = ranks;
  if (group == Group::tensor) size = job.tensor;
  if (group == Group::pipeline) size = job.pipeline;
  if (group == Group::expert) size = job.expert;
  if (group == Group::data) size = ranks / parts;
  return std::clamp<std::int64_t>(size, 1, std::max<std::int64_t>(ranks, 1));
}

NetworkView network_view(const Network& network, const Topology& topology,
                         std::span<const LinkLatency> links) {
  NetworkView view;
  view.name = network.name;
  view.scale_up = network.topology == TopologyKind::scale_up;
  view.rate = network.port_rate * network.ports_per_gpu;
  if (!topology.circuit_switches.empty() && network.circuit_switch.value)
    view.switching_time = network.circuit_switch.value->switching_time;
  view.path =
      path_latency(topology, links, network.switches.value ? network.switches.value->latency.value : 0.0);
  if (topology.bisection > 0.0 && topology.diameter_switches > 1) {
    const double cut =
        static_cast<double>(topology.endpoints) * network.port_rate / (2.0 * topology.bisection);
    const auto& classes = view.path.classes;
    view.oversubscription = std::max(1.0, cut * (classes.size() > 1 ? 1.0 - classes.front().share : 0.5));
  }
  return view;
}

MessageCost message_cost(const NetworkView& fabric, const Job& job, CollectiveKind kind) {
  MessageCost cost;
  cost.latency = job.transport.overhead.value + fabric.path.mean.total();
  cost.worst_latency =
      job.transport.overhead.value + std::max(fabric.path.worst.total(), fabric.path.mean.total());
  cost.seconds_per_byte = 8.0 / fabric.rate;
  if (kind == CollectiveKind::all_to_all) cost.seconds_per_byte *= std::max(fabric.oversubscription, 1.0);
  cost.reduction = 1.0 / job.reduction_rate;
  return cost;
}

StepTime step_time(const Job& job, std::int64_t gpus, std::span<const NetworkView> fabrics) {
  StepTime step;
  step.compute = step.total = job.compute_time.value;
  for (const Collective& collective : job.collectives.empty() ? default_collectives(job) : job.collectives) {
    const NetworkView& fabric = fabric_of(collective, fabrics);
    const MessageCost cost = message_cost(fabric, job, collective.kind);
    ExchangeTime exchange;
    exchange.collective = collective;
    exchange.ranks = group_size(job, collective.group, gpus);
    exchange.once =
        collective_time(collective.kind, collective.algorithm, exchange.ranks, collective.bytes, cost);
    if (collective.algorithm == Algorithm::automatic)
      exchange.collective.algorithm =
          fastest_algorithm(collective.kind, exchange.ranks, collective.bytes, cost);
    exchange.bound = collective_bound(collective.kind, exchange.ranks, collective.bytes, cost);
    exchange.retries = retries_of(fabric, job, exchange.ranks, exchange.once, cost.seconds_per_byte);
    exchange.exposed = collective.exposed * collective.count * (exchange.once.total() + exchange.retries);
    step.total += exchange.exposed;
    step.exchanges.push_back(std::move(exchange));
  }
  return step;
}

std::vector<NetworkView> with_link_delay(std::span<const NetworkView> fabrics, double delta) {
  std::vector<NetworkView> delayed(fabrics.begin(), fabrics.end());
  for (NetworkView& fabric : delayed) {
    double most_links = fabric.path.mean_links;
    for (PathClass& path : fabric.path.classes) {
      path.mean.modules += path.links * delta;
      path.worst.modules += path.links * delta;
      path.last_link += delta;
      if (path.share > 0.0) most_links = std::max(most_links, path.links);
    }
    fabric.path.mean.modules += fabric.path.mean_links * delta;
    fabric.path.worst.modules += most_links * delta;
    fabric.path.last_link += delta;
  }
  return delayed;
}

std::vector<LatencyEffect> latency_effects(const Job& job, const NetworkView& fabric, std::int64_t ranks,
                                           double delta, std::span<const double> sizes) {
  using enum CollectiveKind;
  const NetworkView slower = with_link_delay({&fabric, 1}, delta).front();
  std::vector<LatencyEffect> effects;
  for (const CollectiveKind kind : {all_reduce, all_gather, reduce_scatter, all_to_all})
    for (const double bytes : sizes) {
      const auto time = [&](const NetworkView& f) {
        return collective_time(kind, Algorithm::automatic, ranks, bytes, message_cost(f, job, kind)).total();
      };
      effects.push_back({kind, bytes, time(fabric), time(slower)});
    }
  return effects;
}

}  // namespace waverack::cluster
