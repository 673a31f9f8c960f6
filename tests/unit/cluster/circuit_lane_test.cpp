#include "waverack/cluster/circuit_lane.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "lanes.hpp"
#include "unit/cluster/networks.hpp"
#include "waverack/base/error.hpp"
#include "waverack/link/solve.hpp"

namespace waverack::cluster {
namespace {

// −10·log10 of what the chain's passive parts let through.
double loss_db(const link::Lane& lane) {
  double loss = 1.0;
  for (const parts::Instance& part : lane.chain)
    if (!parts::as<parts::MachZehnder>(part)) loss *= parts::optical_loss_of(part.part);
  return 10.0 * std::log10(loss);
}

TEST(CircuitLane, AddsLossesAndKeepsTheFibre) {
  const link::Lane lane = lanes::complete_lane();
  CircuitSwitch device = circuit_switch();
  device.insertion_loss = exactly(from_db(2.0));
  device.circulator_loss = exactly(from_db(0.8));
  const link::Lane through = through_circuit_switches(lane, device, 2);
  EXPECT_NEAR(loss_db(through) - loss_db(lane), 2.0 * 2.0 + 2.0 * 0.8, 1e-9);
  double length = 0.0;
  for (const parts::Instance& part : through.chain)
    if (const auto* fibre = parts::as<parts::Fibre>(part)) length += fibre->length;
  EXPECT_NEAR(length, parts::Fibre{}.length, 1e-9);
  device.bidirectional = false;
  EXPECT_NEAR(loss_db(through_circuit_switches(lane, device, 1)) - loss_db(lane), 2.0, 1e-9);
  EXPECT_EQ(through_circuit_switches(lane, device, 0).chain.size(), lane.chain.size());
}

// Loss costs margin decibel for decibel; with circulators the mirrors' reflections cost something beside it,
// and the more the lower their return loss is.
TEST(CircuitLane, LossAndReflectionsReachTheMargin) {
  const auto penalty = [](double return_loss_db, bool bidirectional, int passes) {
    CircuitSwitch device = circuit_switch();
    device.insertion_loss = exactly(from_db(1.0));
    device.return_loss = exactly(from_db(return_loss_db));
    device.bidirectional = bidirectional;
    device.circulator_loss = exactly(1.0);
    device.circulator_return_loss = device.circulator_isolation = exactly(from_db(100.0));
    const link::Lane lane = lanes::complete_lane();
    return link::solve(lane).margin_db -
           link::solve(through_circuit_switches(lane, device, passes)).margin_db;
  };
  EXPECT_EQ(penalty(46.0, false, 0), 0.0);
  EXPECT_NEAR(penalty(100.0, false, 1), 1.0, 0.05);
  const double quiet = penalty(100.0, true, 1);
  EXPECT_NEAR(quiet, 1.0, 0.05);
  const double good = penalty(46.0, true, 1), poor = penalty(30.0, true, 1);
  EXPECT_GT(good, quiet);
  EXPECT_GT(poor, good + 0.1);
}

TEST(CircuitLane, NeedsAFibre) {
  link::Lane lane = lanes::complete_lane();
  std::erase_if(lane.chain, [](const parts::Instance& part) { return parts::as<parts::Fibre>(part); });
  EXPECT_THROW(through_circuit_switches(lane, circuit_switch(), 1), Error);
}

}  // namespace
}  // namespace waverack::cluster
