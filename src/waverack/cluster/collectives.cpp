#include "waverack/cluster/collectives.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <span>
#include <string>

#include "waverack/base/error.hpp"

namespace waverack::cluster {
namespace {

double rounds_of(std::int64_t ranks) {
  return static_cast<double>(std::bit_width(static_cast<std::uint64_t>(ranks - 1)));  // ⌈log2 n⌉
}

// Passes of a ring or of halving and doubling: the same bytes, other numbers of messages.
struct Passes {
  double all = 1.0;       // over the data, each (n − 1)/n of it
  double reducing = 0.0;  // of those
};

Passes passes_of(CollectiveKind kind) {
  if (kind == CollectiveKind::all_reduce) return {2.0, 1.0};
  if (kind == CollectiveKind::reduce_scatter) return {1.0, 1.0};
  return {1.0, 0.0};
}

double all_but_own(std::int64_t ranks) { return 1.0 - 1.0 / static_cast<double>(ranks); }

CollectiveTime ring(CollectiveKind kind, std::int64_t ranks, double bytes, const MessageCost& cost) {
  const Passes passes = passes_of(kind);
  CollectiveTime time;
  time.messages = passes.all * static_cast<double>(ranks - 1);
  time.latency = time.messages * cost.latency;
  time.transfer = passes.all * all_but_own(ranks) * bytes * cost.seconds_per_byte;
  time.reduction = passes.reducing * all_but_own(ranks) * bytes * cost.reduction;
  return time;
}

CollectiveTime halving_doubling(CollectiveKind kind, std::int64_t ranks, double bytes,
                                const MessageCost& cost) {
  const Passes passes = passes_of(kind);
  const auto whole = static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(ranks)));
  CollectiveTime time;
  time.messages = passes.all * rounds_of(whole);
  time.transfer = passes.all * all_but_own(whole) * bytes * cost.seconds_per_byte;
  time.reduction = passes.reducing * all_but_own(whole) * bytes * cost.reduction;
  if (whole < ranks) {
    // Those beyond the power of two hand their data to a partner before, and get the result after.
    time.messages += passes.all;
    time.transfer += passes.all * bytes * cost.seconds_per_byte;
    time.reduction += passes.reducing * bytes * cost.reduction;
  }
  time.latency = time.messages * cost.worst_latency;
  return time;
}

// Two trees, each of half of the data in blocks of the best size: reduction to the root, and back.
CollectiveTime two_trees(std::int64_t ranks, double bytes, const MessageCost& cost) {
  CollectiveTime time;
  time.messages = 4.0 * rounds_of(ranks);
  time.latency = time.messages * cost.worst_latency;
  time.transfer = 2.0 * bytes * cost.seconds_per_byte;
  time.reduction = bytes * cost.reduction;
  time.overlap = 2.0 * std::sqrt(time.latency * (time.transfer + time.reduction));
  return time;
}

CollectiveTime pairwise(std::int64_t ranks, double bytes, const MessageCost& cost) {
  CollectiveTime time;
  time.messages = static_cast<double>(ranks - 1);
  time.latency = time.messages * cost.worst_latency;
  time.transfer = all_but_own(ranks) * bytes * cost.seconds_per_byte;
  return time;
}

CollectiveTime bruck(std::int64_t ranks, double bytes, const MessageCost& cost) {
  CollectiveTime time;
  time.messages = rounds_of(ranks);
  time.latency = time.messages * cost.worst_latency;
  time.transfer = time.messages * 0.5 * bytes * cost.seconds_per_byte;
  return time;
}

CollectiveTime one_message(double bytes, const MessageCost& cost) {
  CollectiveTime time;
  time.messages = 1.0;
  time.latency = cost.worst_latency;
  time.transfer = bytes * cost.seconds_per_byte;
  return time;
}

std::span<const Algorithm> algorithms_of(CollectiveKind kind) {
  using enum Algorithm;
  static constexpr std::array reducing{ring, halving_doubling, tree};
  static constexpr std::array exchanging{pairwise, bruck};
  static constexpr std::array sending{automatic};
  if (kind == CollectiveKind::all_to_all) return exchanging;
  if (kind == CollectiveKind::send) return sending;
  return std::span(reducing).first(kind == CollectiveKind::all_reduce ? 3 : 2);
}

CollectiveTime time_of(CollectiveKind kind, Algorithm algorithm, std::int64_t ranks, double bytes,
                       const MessageCost& cost) {
  switch (algorithm) {
    case Algorithm::ring:
      return ring(kind, ranks, bytes, cost);
    case Algorithm::tree:
      return two_trees(ranks, bytes, cost);
    case Algorithm::halving_doubling:
      return halving_doubling(kind, ranks, bytes, cost);
    case Algorithm::pairwise:
      return pairwise(ranks, bytes, cost);
    case Algorithm::bruck:
      return bruck(ranks, bytes, cost);
    case Algorithm::automatic:
      break;
  }
  return one_message(bytes, cost);
}

[[noreturn]] void refuse(CollectiveKind kind, Algorithm algorithm) {
  std::string allowed = "automatic";
  for (const Algorithm known : algorithms_of(kind))
    if (known != Algorithm::automatic) allowed += ", " + std::string(enum_name(known));
  throw Error(ErrorInfo{
      {},
      "job.collectives.algorithm",
      "there is no " + std::string(enum_name(algorithm)) + " algorithm of " + std::string(enum_name(kind)),
      allowed,
      {}});
}

}  // namespace

Algorithm fastest_algorithm(CollectiveKind kind, std::int64_t ranks, double bytes, const MessageCost& cost) {
  const auto list = algorithms_of(kind);
  if (ranks < 2) return list.front();
  return *std::ranges::min_element(list, {},
                                   [&](Algorithm a) { return time_of(kind, a, ranks, bytes, cost).total(); });
}

CollectiveTime collective_time(CollectiveKind kind, Algorithm algorithm, std::int64_t ranks, double bytes,
                               const MessageCost& cost) {
  if (algorithm == Algorithm::automatic)
    algorithm = fastest_algorithm(kind, ranks, bytes, cost);
  else if (const auto list = algorithms_of(kind); std::ranges::find(list, algorithm) == list.end())
    refuse(kind, algorithm);
  if (ranks < 2) return {};
  return time_of(kind, algorithm, ranks, bytes, cost);
}

double collective_bound(CollectiveKind kind, std::int64_t ranks, double bytes, const MessageCost& cost) {
  if (ranks < 2) return 0.0;
  if (kind == CollectiveKind::send) return one_message(bytes, cost).transfer;
  const CollectiveTime least =
      kind == CollectiveKind::all_to_all ? pairwise(ranks, bytes, cost) : ring(kind, ranks, bytes, cost);
  return std::max(rounds_of(ranks) * cost.latency, least.transfer + least.reduction);
}

double ring_latency_change(std::int64_t ranks, double links, double delta) {
  return 2.0 * static_cast<double>(ranks - 1) * links * delta;
}

}  // namespace waverack::cluster
