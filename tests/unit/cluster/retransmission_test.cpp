#include "waverack/cluster/retransmission.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

#include "waverack/fec/block_code.hpp"

namespace waverack::cluster {
namespace {

TEST(FrameLoss, SeveralCodewords) {
  EXPECT_NEAR(frame_loss(0.01, 3.0), 1.0 - 0.99 * 0.99 * 0.99, 1e-15);
  EXPECT_NEAR(frame_loss(1e-15, 4.0), 4e-15, 1e-27);
  EXPECT_EQ(frame_loss(0.0, 5.0), 0.0);
  EXPECT_EQ(frame_loss(1.0, 5.0), 1.0);
}

// Facts, cluster 8.1: frames of 64 octets at 2.4e-4, one stream of codewords and two in turn. Longer frames
// are what fec::frame_loss_ratio makes of the same codeword error ratio.
TEST(FrameLoss, OfLongerFrames) {
  for (const auto& [interleaved, published] : {std::pair{1, 9.2e-13}, {2, 1.74e-12}}) {
    const double ratio = published / (interleaved + 672.0 / 5140.0);
    for (const int octets : {64, 1518, 4096, 9000}) {
      const double expected = fec::frame_loss_ratio(fec::kp4, ratio, octets, interleaved);
      EXPECT_NEAR(loss_of_frame(published, octets, interleaved), expected, 1e-6 * expected) << octets;
    }
  }
}

TEST(FrameLoss, OfAPath) {
  const std::array losses{0.1, 0.2, 0.0};
  EXPECT_NEAR(path_loss(losses), 1.0 - 0.9 * 0.8, 1e-15);
  EXPECT_EQ(path_loss({}), 0.0);
}

// Frames one after another; a lost one is noticed when W − 1 more are sent, which are thrown away too.
TEST(Throughput, GoBackNIsThatOfASimulation) {
  std::mt19937_64 random(3);
  std::uniform_real_distribution<double> uniform;
  for (const auto& [loss, window] : {std::pair{0.01, 10}, {0.002, 200}, {0.1, 3}}) {
    double slots = 0.0, done = 0.0;
    while (slots < 2e6) {
      const bool lost = uniform(random) < loss;
      slots += lost ? window : 1;
      done += lost ? 0 : 1;
    }
    // 4000 losses at least: 1.6 % of them, and less of the throughput.
    EXPECT_NEAR(throughput(Recovery::go_back_n, loss, window), done / slots, 0.02) << loss;
    // Facts, cluster 8.1: 1/(1 + p·W), for small p.
    EXPECT_NEAR(throughput(Recovery::go_back_n, 1e-6, window), 1.0 / (1.0 + 1e-6 * window), 1e-9);
  }
  EXPECT_EQ(throughput(Recovery::selective, 0.25, 100.0), 0.75);
  EXPECT_EQ(throughput(Recovery::go_back_n, 0.0, 100.0), 1.0);
}

Flow flow_of(double loss, double frames) {
  Flow flow;
  flow.loss = loss;
  flow.ack_loss = 0.2 * loss;
  flow.frames = frames;
  flow.rate = 800e9;
  flow.round_trip = 10e-6;
  flow.link_round_trip = 0.5e-6;
  return flow;
}

TEST(RetryCost, WindowIsTheBandwidthDelayProduct) {
  Transport transport;
  transport.frame_bytes = 4096.0;
  const RetryCost cost = retry_cost(flow_of(1e-6, 1000.0), transport);
  // Facts, cluster 8.1: 800G times 10 µs is 1 MB.
  EXPECT_NEAR(cost.window * (4096.0 + 20.0), 1e6, 1e-3);
  EXPECT_NEAR(cost.each, 10e-6, 1e-12);
  EXPECT_NEAR(cost.losses, 999e-6, 1e-12);
  EXPECT_NEAR(cost.timeouts, 1.2e-6, 1e-11);
  EXPECT_NEAR(cost.expected, 999e-6 * 10e-6 + 1.2e-6 * 4e-3, 1e-13);
}

// A link shorter than a frame: at least the frame itself is sent again, 82.32 ns of 4116 octets at 400 Gb/s.
TEST(RetryCost, GoBackNSendsAtLeastTheFrameAgain) {
  Transport transport;
  transport.frame_bytes = 4096.0;
  Flow flow = flow_of(1e-6, 1000.0);
  flow.rate = 400e9;
  flow.round_trip = 10e-9;
  EXPECT_EQ(retry_cost(flow, transport).window, 1.0);
  EXPECT_NEAR(retry_cost(flow, transport).each, 82.32e-9, 1e-15);
}

TEST(RetryCost, SelectiveAndLinkRetriesCostLess) {
  Transport transport;
  const Flow flow = flow_of(1e-6, 1000.0);
  const double back = retry_cost(flow, transport).expected;
  transport.recovery = Recovery::selective;
  const double selective = retry_cost(flow, transport).expected;
  transport.recovery = Recovery::link_level;
  const RetryCost link = retry_cost(flow, transport);
  EXPECT_LT(selective, back);
  EXPECT_LT(link.expected, selective);
  EXPECT_EQ(link.timeouts, 0.0);
  EXPECT_LT(link.each, 0.6e-6);  // a round trip of one link, and the frame
}

// Maximum over flows of drawn numbers of losses, 20 000 steps: 1 % of the mean is four standard deviations.
TEST(RetryCost, SlowestOfManyFlows) {
  Transport transport;
  RetryCost cost;
  cost.losses = 0.3;
  cost.each = 1.0;
  std::mt19937_64 random(11);
  std::poisson_distribution<int> losses(cost.losses);
  constexpr int steps = 20000, flows = 64;
  double sum = 0.0;
  for (int i = 0; i < steps; ++i) {
    int most = 0;
    for (int f = 0; f < flows; ++f) most = std::max(most, losses(random));
    sum += most;
  }
  EXPECT_NEAR(slowest_of(cost, transport, flows), sum / steps, 0.02);
  EXPECT_NEAR(slowest_of(cost, transport, 1.0), cost.losses, 1e-9);  // one flow: its mean
  cost.losses = 0.0;
  cost.timeouts = 1e-6;
  EXPECT_NEAR(slowest_of(cost, transport, 1e4), 1e-2 * 4e-3, 1e-6);
}

}  // namespace
}  // namespace waverack::cluster
