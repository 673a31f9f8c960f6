#include "waverack/link/aggressor.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "unit/base/message_of.hpp"
#include "waverack/link/plan.hpp"

namespace waverack::link {
namespace {

parts::Instance part(std::string name, parts::AnyPart any) {
  parts::Instance instance;
  instance.name = std::move(name);
  instance.part = std::move(any);
  return instance;
}

// Two-port with the transmission `s21`, flat from 0 Hz to `last`.
std::shared_ptr<const network::Network> flat(double s21, double last) {
  network::Network network;
  network.name = "fext.s2p";
  network.ports = 2;
  network.frequencies = {0.0, 0.5 * last, last};
  for (int k = 0; k < 3; ++k) network.s.insert(network.s.end(), {0.0, s21, s21, 0.0});
  return std::make_shared<const network::Network>(std::move(network));
}

Aggressor flat_aggressor(double s21) {
  Aggressor aggressor;
  aggressor.name = "fext";
  aggressor.into = "board";
  aggressor.file = {"fext.s2p", flat(s21, 200e9)};
  return aggressor;
}

Lane copper(std::vector<Aggressor> aggressors) {
  parts::LinearDriver driver;
  driver.gain = from_db(6.0);
  driver.bandwidth = 40e9;
  Lane lane;
  lane.chain = {part("host", parts::HostTransmitter{}), part("driver", driver),
                part("board", parts::PackageLine{}), part("decision", parts::Receiver{})};
  lane.aggressor = std::move(aggressors);
  return lane;
}

std::string refusal(Aggressor aggressor) {
  const Lane lane = copper({std::move(aggressor)});
  return message_of([&] { make_plan(lane); });
}

// The far end passes copies of what stands before the board, the near end only
// the aggressor's own edge.
TEST(Aggressor, PathToTheVictim) {
  Aggressor far = flat_aggressor(0.1), near = far;
  near.name = "next";
  near.kind = Side::near_end;
  const Lane lane = copper({far, near});
  const Plan plan = make_plan(lane);
  ASSERT_EQ(plan.segments[0].crosstalk.size(), 2u);
  const Crosstalk &first = plan.segments[0].crosstalk[0], &second = plan.segments[0].crosstalk[1];
  const double edge = std::abs(response(parts::HostTransmitter{}, plan.conditions)(40e9));
  EXPECT_NEAR(std::abs(first.response(40e9)), 0.1 * edge * std::sqrt(from_db(6.0) * 0.5), 2e-4);
  EXPECT_NEAR(std::abs(second.response(40e9)), 0.1 * edge, 1e-6);
  // Behind the board, before the receiver's front end.
  EXPECT_EQ(first.element, second.element);
  EXPECT_EQ(plan.segments[0].elements[first.element - 1].name, "board");
  EXPECT_EQ(plan.segments[0].elements[first.element].name, "decision");
  EXPECT_EQ(first.path, "lane.aggressor.fext");
}

TEST(Aggressor, ItsOwnTransmitter) {
  Aggressor own = flat_aggressor(0.1);
  own.swing = 0.5;
  own.taps = {-0.1, 0.9};
  own.main_tap = 1;
  const Lane lane = copper({flat_aggressor(0.1), [&] {
                              own.name = "own";
                              return own;
                            }()});
  const Plan plan = make_plan(lane);
  EXPECT_EQ(plan.segments[0].crosstalk[0].transmitter.swing, parts::HostTransmitter{}.swing);
  EXPECT_EQ(plan.segments[0].crosstalk[1].transmitter.swing, 0.5);
  EXPECT_EQ(plan.segments[0].crosstalk[1].transmitter.taps, (std::vector<double>{-0.1, 0.9}));
  EXPECT_EQ(plan.segments[0].crosstalk[1].transmitter.main_tap, 1);
}

// 20 dB per decade through −40 dB at 10 GHz.
TEST(Aggressor, StatedCoupling) {
  Aggressor stated = flat_aggressor(0.1);
  stated.kind = Side::near_end;
  stated.file = {};
  stated.coupling = 1e-4;
  stated.coupling_frequency = 10e9;
  const Lane lane = copper({stated});
  const Plan plan = make_plan(lane);
  const auto edge = response(parts::HostTransmitter{}, plan.conditions);
  for (const double f : {1e9, 10e9, 30e9})
    EXPECT_NEAR(std::abs(plan.segments[0].crosstalk[0].response(f) / edge(f)), 0.01 * f / 10e9, 1e-12);
  EXPECT_EQ(plan.segments[0].crosstalk[0].response(0.0), 0.0);
}

TEST(Aggressor, DataThatStopEarlyAreRemarked) {
  Aggressor aggressor = flat_aggressor(0.1);
  aggressor.file.network = flat(0.1, 40e9);
  const Lane lane = copper({aggressor});
  const Plan plan = make_plan(lane);
  ASSERT_EQ(plan.warnings.size(), 1u);
  EXPECT_EQ(plan.warnings[0].path, "lane.aggressor.fext");
  EXPECT_EQ(plan.warnings[0].message,
            "the data of 'fext.s2p' stop at 40 GHz, below the symbol rate "
            "53.125 GBd: the loss law of their upper "
            "half is continued");
}

// What is not given is not written, and reads as the victim's again.
TEST(Aggressor, WritingAndReadingIsTheIdentity) {
  Aggressor stated;
  stated.name = "driver";
  stated.into = "tia";
  stated.kind = Side::near_end;
  stated.coupling = from_db(-45.0);
  const Node written(write(stated));
  EXPECT_EQ(written.table()->find("swing"), nullptr);
  EXPECT_EQ(written.table()->find("file"), nullptr);
  const ReadSources sources;
  ReadContext context(sources);
  const Aggressor again = read<Aggressor>(context, written, "lane.aggressor.driver");
  EXPECT_EQ(text_of(Node(write(again))), text_of(written));
  EXPECT_EQ(again.coupling, stated.coupling);
  EXPECT_TRUE(std::isnan(again.swing));
  EXPECT_EQ(message_of([&] {
              Table table;
              table.set("name", Node("fext"));
              table.set("into", Node("board"));
              table.set("file", Node("fext.s4p"));
              read<Aggressor>(context, Node(std::move(table)), "lane.aggressor.fext");
            }),
            "lane.aggressor.fext.file: 'fext.s4p' cannot be read: there is no place to look for files");
}

TEST(Aggressor, Refusals) {
  Aggressor aggressor = flat_aggressor(0.1);
  aggressor.into = "bord";
  EXPECT_EQ(refusal(aggressor),
            "lane.aggressor.fext.into: no part 'bord' of the chain gives a "
            "voltage (allowed: host, driver, board). Did "
            "you mean 'board'?");
  aggressor = flat_aggressor(0.1);
  aggressor.into = "decision";
  EXPECT_EQ(refusal(aggressor).substr(0, 73),
            "lane.aggressor.fext.into: no part 'decision' of the chain gives a "
            "voltage");
  aggressor = flat_aggressor(0.1);
  aggressor.coupling = 1e-3;
  EXPECT_EQ(refusal(aggressor),
            "lane.aggressor.fext.coupling: both a file and a coupling are "
            "given (allowed: one of file and coupling)");
  aggressor.coupling = std::nan("");
  aggressor.file = {};
  EXPECT_EQ(refusal(aggressor),
            "lane.aggressor.fext.file: neither a file nor a coupling is given "
            "(allowed: one of file and coupling)");
  aggressor = flat_aggressor(0.1);
  aggressor.taps = {1.0};
  aggressor.main_tap = 1;
  EXPECT_EQ(refusal(aggressor),
            "lane.aggressor.fext.main_tap: tap 1 does not "
            "exist: the FIR has 1 taps (allowed: 0 to 0)");
  aggressor = flat_aggressor(0.1);
  aggressor.ports = {1, 3};
  EXPECT_EQ(refusal(aggressor),
            "fext.s2p: lane.aggressor.fext.file: there is "
            "no port 3 (allowed: 1 to 2)");
  const Lane twice = copper({flat_aggressor(0.1), flat_aggressor(0.2)});
  EXPECT_EQ(message_of([&] { make_plan(twice); }),
            "lane.aggressor.fext.name: there are two aggressors of this name "
            "(allowed: a name of its own for each)");
}

}  // namespace
}  // namespace waverack::link
