#include "waverack/cluster/collectives.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/cluster/step_time.hpp"

namespace waverack::cluster {
namespace {

using enum CollectiveKind;

constexpr MessageCost cost_of(double latency = 10e-6) { return {latency, 1.5 * latency, 1e-11, 1e-12}; }

// What is bound to hold of every algorithm, whatever the ranks and the size.
TEST(Collectives, NoneBeatsTheBound) {
  const std::pair<CollectiveKind, std::vector<Algorithm>> lists[] = {
      {all_reduce, {Algorithm::ring, Algorithm::tree, Algorithm::halving_doubling}},
      {all_gather, {Algorithm::ring, Algorithm::halving_doubling}},
      {reduce_scatter, {Algorithm::ring, Algorithm::halving_doubling}},
      {all_to_all, {Algorithm::pairwise, Algorithm::bruck}}};
  for (const auto& [kind, algorithms] : lists)
    for (const std::int64_t ranks : {2, 3, 7, 8, 64, 1000, 65536})
      for (const double bytes : {0.0, 1e3, 1e6, 1e9, 1e12}) {
        const double bound = collective_bound(kind, ranks, bytes, cost_of());
        double best = 1e300;
        for (const Algorithm algorithm : algorithms) {
          const double time = collective_time(kind, algorithm, ranks, bytes, cost_of()).total();
          EXPECT_GE(time, bound * (1.0 - 1e-12))
              << enum_name(kind) << " " << enum_name(algorithm) << " " << ranks;
          EXPECT_GE(time, collective_time(kind, algorithm, ranks, bytes, cost_of(5e-6)).total());
          best = std::min(best, time);
        }
        EXPECT_DOUBLE_EQ(collective_time(kind, Algorithm::automatic, ranks, bytes, cost_of()).total(), best);
      }
}

// A ring all-reduce, step by step: in each of 2·(n − 1) steps every rank sends a block to the next.
TEST(Collectives, RingStepByStep) {
  constexpr int ranks = 12;
  constexpr double bytes = 3e6;
  const MessageCost cost = cost_of();
  std::vector<double> ready(ranks, 0.0);
  for (int step = 0; step < 2 * (ranks - 1); ++step) {
    std::vector<double> next(ranks);
    const double add = step < ranks - 1 ? cost.reduction * bytes / ranks : 0.0;
    for (int rank = 0; rank < ranks; ++rank)
      next[(rank + 1) % ranks] = std::max(ready[rank], ready[(rank + 1) % ranks]) + cost.latency +
                                 cost.seconds_per_byte * bytes / ranks + add;
    ready = next;
  }
  EXPECT_NEAR(collective_time(all_reduce, Algorithm::ring, ranks, bytes, cost).total(), ready[0], 1e-12);
}

// Recursive halving and doubling of 16 ranks, exchange by exchange.
TEST(Collectives, HalvingAndDoublingRoundByRound) {
  const MessageCost cost = cost_of();
  double time = 0.0, block = 4e6;
  for (int round = 0; round < 4; ++round) {
    block *= 0.5;
    time += cost.worst_latency + (cost.seconds_per_byte + cost.reduction) * block;
  }
  for (int round = 0; round < 4; ++round, block *= 2.0)
    time += cost.worst_latency + cost.seconds_per_byte * block;
  EXPECT_NEAR(collective_time(all_reduce, Algorithm::halving_doubling, 16, 4e6, cost).total(), time, 1e-15);
}

// Theory: collectives, eq. 13, of 1000 ranks: (√(4·10·α) + √((2β + γ)·S))².
TEST(Collectives, TwoTreesInBlocksOfTheBestSize) {
  const MessageCost cost = cost_of();
  const double expected = std::pow(std::sqrt(40.0 * 15e-6) + std::sqrt((2.0 * 1e-11 + 1e-12) * 1e8), 2.0);
  EXPECT_NEAR(collective_time(all_reduce, Algorithm::tree, 1000, 1e8, cost).total(), expected, 1e-12);
}

// Bruck's algorithm, round by round: in round r every rank sends those blocks whose number has the bit r,
// half of them where the ranks are a power of two.
TEST(Collectives, BruckRoundByRound) {
  constexpr int ranks = 16;
  const MessageCost cost = cost_of();
  double time = 0.0;
  for (int bit = 1; bit < ranks; bit *= 2) {
    int blocks = 0;
    for (int block = 0; block < ranks; ++block) blocks += (block & bit) != 0;
    time += cost.worst_latency + cost.seconds_per_byte * blocks * 1e6 / ranks;
  }
  EXPECT_NEAR(collective_time(all_to_all, Algorithm::bruck, ranks, 1e6, cost).total(), time, 1e-15);
}

TEST(Collectives, LargeMessagesTakeRingsAndSmallOnesRounds) {
  EXPECT_EQ(fastest_algorithm(all_to_all, 1024, 1e2, cost_of()), Algorithm::bruck);
  EXPECT_EQ(fastest_algorithm(all_to_all, 1024, 1e10, cost_of()), Algorithm::pairwise);
  EXPECT_EQ(fastest_algorithm(all_reduce, 1024, 1e3, cost_of()), Algorithm::halving_doubling);
  EXPECT_EQ(fastest_algorithm(all_reduce, 1000, 1e12, cost_of()), Algorithm::ring);
  EXPECT_EQ(collective_time(all_reduce, Algorithm::ring, 1, 1e9, cost_of()).total(), 0.0);
}

TEST(Collectives, WrongAlgorithmIsAnError) {
  try {
    collective_time(all_to_all, Algorithm::ring, 8, 1.0, cost_of());
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("there is no ring algorithm of all_to_all"));
    EXPECT_THAT(error.info().allowed, testing::HasSubstr("pairwise, bruck"));
  }
}

// Facts, cluster 8.2: 2·(n − 1)·hops·Δ.
TEST(Collectives, LatencyOfARing) {
  const double change =
      collective_time(all_reduce, Algorithm::ring, 16, 1e6, cost_of(10e-6 + 6 * 200e-9)).total() -
      collective_time(all_reduce, Algorithm::ring, 16, 1e6, cost_of(10e-6)).total();
  EXPECT_NEAR(change, ring_latency_change(16, 6.0, 200e-9), 1e-15);
  EXPECT_NEAR(change, 36e-6, 1e-15);
}

NetworkView fabric(double loss = 0.0) {
  NetworkView result;
  result.name = "scale_out";
  result.rate = 400e9;
  PathClass path;
  path.share = 1.0;
  path.links = 6.0;
  path.mean.switches = path.worst.switches = 3e-6;
  result.path.classes = {path};
  result.path.mean = result.path.worst = path.mean;
  result.path.mean_links = 6.0;
  result.path.loss = loss;
  return result;
}

TEST(StepTime, ComputingAndWhatIsExposed) {
  Job job;
  job.tensor = 8;
  job.pipeline = 2;
  job.compute_time = exactly(1.0);
  Collective gradients;
  gradients.kind = all_reduce;
  gradients.bytes = 1e9;
  gradients.count = 2.0;
  gradients.exposed = 0.25;
  gradients.algorithm = Algorithm::ring;
  job.collectives = {gradients};
  const NetworkView fabrics[] = {fabric()};
  const StepTime step = step_time(job, 1024, fabrics);
  ASSERT_EQ(step.exchanges.size(), 1u);
  EXPECT_EQ(step.exchanges[0].ranks, 64);
  // 126 messages of 8 µs; 126/64 of 20 ms; 63/64 of a gigabyte at 1.5 TB/s.
  const double once = 126 * 8e-6 + 126.0 / 64.0 * 0.02 + 63.0 / 64.0 * 1e9 / 1.5e12;
  EXPECT_NEAR(step.exchanges[0].once.total(), once, 1e-12);
  EXPECT_NEAR(step.total, 1.0 + 0.5 * once, 1e-12);
  EXPECT_NEAR(step.exposed_share(), 0.5 * once / step.total, 1e-12);
  job.collectives[0].network = "scale_in";
  EXPECT_THROW(step_time(job, 1024, fabrics), Error);
}

// Tensor groups stay inside a scale-up domain, others go beyond it.
TEST(StepTime, NetworksOfGroups) {
  NetworkView domain = fabric();
  domain.name = "scale_up";
  domain.scale_up = true;
  domain.rate = 7.2e12;
  const NetworkView both[] = {domain, fabric()};
  Job job;
  Collective sums;
  sums.kind = all_reduce;
  sums.bytes = 1e9;
  sums.group = Group::tensor;
  Collective gradients = sums;
  gradients.group = Group::data;
  job.collectives = {sums, gradients};
  const StepTime step = step_time(job, 8192, both);
  EXPECT_NEAR(step.exchanges[0].once.transfer, 2.0 * 7.0 / 8.0 * 8e9 / 7.2e12, 1e-12);
  EXPECT_NEAR(step.exchanges[1].once.transfer, 2.0 * 63.0 / 64.0 * 8e9 / 400e9, 1e-12);
}

// Theory: collectives, eq. 10 and 20: only exchanges among all meet the narrow middle, here three times too
// narrow. Of 64 ranks 63 blocks of a gigabyte's 64 go out, at 400 Gb/s.
TEST(StepTime, AllToAllMeetsTheOversubscription) {
  NetworkView narrow = fabric();
  narrow.oversubscription = 3.0;
  const double alone = 63.0 / 64.0 * 8e9 / 400e9;
  const auto transfer = [&](CollectiveKind kind, Algorithm algorithm) {
    return collective_time(kind, algorithm, 64, 1e9, message_cost(narrow, Job{}, kind)).transfer;
  };
  EXPECT_NEAR(transfer(all_to_all, Algorithm::pairwise), 3.0 * alone, 1e-12);
  EXPECT_NEAR(transfer(all_gather, Algorithm::ring), alone, 1e-12);
}

// Facts, cluster 8.2: 2·(n − 1)·hops·Δ, with the mean number of links on a way.
TEST(StepTime, DelayOfLinksSlowsRingsByTheMeanWay) {
  const NetworkView before[] = {fabric()};
  const std::vector<NetworkView> after = with_link_delay(before, 200e-9);
  const auto time = [](const NetworkView& view) {
    return collective_time(all_reduce, Algorithm::ring, 16, 1e6, message_cost(view, Job{}, all_reduce))
        .total();
  };
  EXPECT_NEAR(time(after[0]) - time(before[0]), ring_latency_change(16, 6.0, 200e-9), 1e-12);
}

TEST(StepTime, LossesCostTimeAndLinkRetriesHardlyAny) {
  Job job;
  const NetworkView clean[] = {fabric()}, lossy[] = {fabric(1e-9)};
  const double without = step_time(job, 100000, clean).total;
  const double with = step_time(job, 100000, lossy).total;
  EXPECT_GT(with, without);
  job.transport.recovery = Recovery::link_level;
  EXPECT_LT(step_time(job, 100000, lossy).total - without, 0.1 * (with - without));
}

TEST(StepTime, DelayOfLinksMattersToSmallMessages) {
  const double sizes[] = {1e3, 1e6, 1e9};
  const auto effects = latency_effects(Job{}, fabric(), 64, 200e-9, sizes);
  ASSERT_EQ(effects.size(), 12u);
  for (std::size_t i = 0; i < effects.size(); ++i) {
    EXPECT_GT(effects[i].ratio(), 1.0);
    if (i % 3 > 0) {
      EXPECT_LT(effects[i].ratio(), effects[i - 1].ratio());
    }
  }
  // α from 8 to 9.2 µs.
  EXPECT_NEAR(effects[0].ratio(), 9.2 / 8.0, 0.002);
  EXPECT_LT(effects[2].ratio(), 1.001);
}

}  // namespace
}  // namespace waverack::cluster
