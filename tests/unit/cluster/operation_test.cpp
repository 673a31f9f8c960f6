#include "waverack/cluster/operation.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace waverack::cluster {
namespace {

BillLine plain_nodes(std::int64_t quantity) {
  BillLine line;
  line.item = "node";
  line.kind = ItemKind::node;
  line.quantity = quantity;
  line.failures = exactly(1e5 * fit);
  line.flaps = exactly(0.0);
  return line;
}

TEST(Operation, PutsTheirPartsTogether) {
  const std::vector<BillLine> bill{plain_nodes(128)};
  NetworkView view;
  view.name = "scale_out";
  view.rate = 800e9;
  Job job;
  job.ranks = 512;
  const Operation half = operate(bill, {&view, 1}, {}, job, 1024);
  EXPECT_DOUBLE_EQ(half.interruptions.rate, 64 * 1e5 * fit);  // half of the nodes
  EXPECT_DOUBLE_EQ(half.spares.front().failures_per_year, 128 * 1e5 * fit * 8760.0 * 3600.0);
  EXPECT_DOUBLE_EQ(half.step.total, step_time(job, 1024, {&view, 1}).total);
  EXPECT_NEAR(half.pace, half.goodput.goodput * half.step.compute / half.step.total, 1e-15);
  const Operation alone = operate(bill, {}, {}, Job{}, 1024);
  EXPECT_EQ(alone.pace, alone.goodput.goodput);
}

// A robot of 100 s beside mirrors: exactly the goodput of a restart that takes 100 s longer.
TEST(Operation, AJobWaitsForTheSlowestCircuitSwitch) {
  const std::vector<BillLine> bill{plain_nodes(128)};
  std::vector<NetworkView> views(2);
  views[0].rate = views[1].rate = 800e9;
  const double without = operate(bill, views, {}, Job{}, 1024).goodput.goodput;
  views[0].switching_time = 10e-3;
  views[1].switching_time = 100.0;
  const Operation slow = operate(bill, views, {}, Job{}, 1024);
  Job patient;
  patient.restart_time.value += 100.0;
  views[0].switching_time = views[1].switching_time = 0.0;
  EXPECT_DOUBLE_EQ(slow.goodput.goodput, operate(bill, views, {}, patient, 1024).goodput.goodput);
  // A restart of R lengthens the time of an interval by exp(R/M): Daly, eq. 13.
  EXPECT_NEAR(slow.goodput.goodput / without, std::exp(-100.0 / slow.interruptions.mean_time), 1e-9);
}

}  // namespace
}  // namespace waverack::cluster
