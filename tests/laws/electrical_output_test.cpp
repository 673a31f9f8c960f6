// The electrical outputs of lanes as a standard sees them, against closed forms.

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <numbers>

#include "lanes.hpp"
#include "waverack/link/solve.hpp"

namespace waverack::link {
namespace {

constexpr double electrical_symbol_rate = 53.125e9, swing = 0.8;

double amplitude_db(double amplitude_ratio) { return 20.0 * std::log10(amplitude_ratio); }

// Lines of no length, a reference receiver that is wide open and silent, EECQ by the rules of the golden
// table of TDECQ.
compliance::ElectricalInterface plain_interface() {
  compliance::ElectricalInterface interface;
  interface.title = "of this test";
  interface.host_board.length = interface.module_board.length = 0.0;
  interface.host_board.impedance = interface.module_board.impedance = 100.0;
  // What is not limited is not measured.
  interface.host_output.eecq_high_db = interface.module_output.eecq_high_db = 60.0;
  interface.host_output.vec_high_db = interface.module_output.vec_high_db = 60.0;
  return interface;
}

compliance::ComSheet plain_receiver() {
  compliance::ComSheet sheet;
  sheet.noise.density = 0.0;
  sheet.receiver_filter.bandwidth_ratio = 2.0;  // settles to 1 % within a symbol
  sheet.ctle.zero = sheet.ctle.pole_1;          // at gains of 1 it leaves everything as it is
  sheet.ctle.pole_2 = lanes::very_wide;
  sheet.cases = {{"none", {}, {}, {}}};
  return sheet;
}

// Host, TP1a, retimer, TP4, host.
Lane lane_of(parts::HostTransmitter host, parts::HostTransmitter module,
             compliance::ElectricalInterface interface, const compliance::ComSheet& receiver) {
  Lane lane =
      lanes::electrical_lane(symbol_rate, Modulation::pam4, std::move(host), lanes::plain_receiver(0.75));
  parts::Retimer retimer;
  retimer.output = std::move(module);
  lane.chain.insert(lane.chain.begin() + 1,
                    {lanes::instance(parts::TestPoint{}, "TP1a"), lanes::instance(retimer),
                     lanes::instance(parts::TestPoint{}, "TP4")});
  lane.pattern = Pattern::ssprq;
  interface.receiver = {"of this test", std::make_shared<const compliance::ComSheet>(receiver)};
  lane.electrical = {"of this test", std::make_shared<const compliance::ElectricalInterface>(interface)};
  return lane;
}

LaneResult measured_output(const Lane& lane) {
  SolveOptions options;
  options.penalties = options.margins = false;
  return solve(lane, options);
}

// EECQ is 20·log10 of the ratio whose 10·log10 is TDECQ (facts: standards 3.1), so an ideal output has twice
// the golden 0.325 dB of an ideal transmitter (facts: standards 3.7), with twice its tolerance. VMA is the
// outer swing; its runs settle to 1e-3 in their middle.
TEST(ElectricalOutput, OfAnIdealTransmitterHasTwiceTheGoldenTdecq) {
  const LaneResult result =
      measured_output(lane_of(lanes::ideal_transmitter(swing), lanes::ideal_transmitter(0.5 * swing),
                              plain_interface(), plain_receiver()));
  ASSERT_EQ(result.test_points.size(), 2u);
  const ElectricalCompliance& host = result.test_points[0].electrical.value();
  const ElectricalCompliance& module = result.test_points[1].electrical.value();
  EXPECT_EQ(host.output_of, parts::Place::host);
  EXPECT_EQ(module.output_of, parts::Place::module);
  EXPECT_NEAR(amplitude_db(host.eecq->tdecq), 2.0 * 0.325, 0.1);
  EXPECT_NEAR(host.eecq->oma_outer, swing, 1e-3 * swing);
  EXPECT_NEAR(host.eecq->r_lm, 1.0, 0.01);
  EXPECT_NEAR(module.eecq->tdecq, host.eecq->tdecq, 1e-3);
  EXPECT_NEAR(module.eecq->oma_outer, 0.5 * swing, 1e-3 * swing);
}

// A board without frequency dependence lowers every voltage by its loss and changes no ratio. Each output is
// seen through its own board.
TEST(ElectricalOutput, IsSeenThroughTheBoardOfItsSide) {
  compliance::ElectricalInterface interface = plain_interface();
  parts::PackageLine& board = interface.host_board;
  board.a_1 = board.a_2 = 0.0;
  board.gamma_0 = 1.0;
  board.length = 3.0 / amplitude_db(std::numbers::e);  // 3 dB
  const auto output = [](double rms) {
    parts::HostTransmitter transmitter = lanes::ideal_transmitter(swing);
    transmitter.rise_time = rms;
    return transmitter;
  };
  const LaneResult result =
      measured_output(lane_of(output(8e-12), output(8e-12), interface, plain_receiver()));
  const ElectricalCompliance& behind = result.test_points[0].electrical.value();
  const ElectricalCompliance& bare = result.test_points[1].electrical.value();
  EXPECT_NEAR(amplitude_db(bare.eecq->oma_outer / behind.eecq->oma_outer), 3.0, 1e-3);
  EXPECT_NEAR(amplitude_db(bare.eecq->tdecq / behind.eecq->tdecq), 0.0, 0.02);
  EXPECT_NEAR(amplitude_db(bare.eye->veo / behind.eye->veo), 3.0, 0.01);
  EXPECT_NEAR(bare.eye->vec_db, behind.eye->vec_db, 0.01);
}

// Gaussian noise alone: an eye between two levels A apart is A − 2σ·Q⁻¹(DER0) high, σ² =
// η0·f_3dB·(π/8)/sin(π/8), the noise bandwidth of a Butterworth of fourth order; Q⁻¹(1e-5) = 4.26489
// (Abramowitz and Stegun, table 26.5). 0.02 dB: the simulation ends at eight times the symbol rate, above
// which is 1e-3 of the noise.
TEST(ElectricalOutput, HasTheEyeOfGaussianNoise) {
  compliance::ComSheet receiver = plain_receiver();
  const double amplitude = swing / 3.0, sigma = amplitude / 16.0;
  const double bandwidth = 2.0 * symbol_rate * (std::numbers::pi / 8.0) / std::sin(std::numbers::pi / 8.0);
  receiver.noise.density = sigma * sigma / bandwidth;
  receiver.signal.detector_error_ratio = 1e-5;
  const LaneResult result = measured_output(
      lane_of(lanes::ideal_transmitter(swing), lanes::ideal_transmitter(swing), plain_interface(), receiver));
  const double height = amplitude - 2.0 * 4.26489 * sigma;
  const ReferenceEye& eye = result.test_points[0].electrical.value().eye.value();
  ASSERT_EQ(eye.heights.size(), 3u);
  for (std::size_t l = 0; l < 3; ++l) {
    EXPECT_NEAR(eye.amplitudes[l], amplitude, 0.01 * amplitude);
    EXPECT_NEAR(amplitude_db(eye.heights[l] / height), 0.0, 0.1);
  }
  EXPECT_NEAR(eye.vec_db, amplitude_db(amplitude / height), 0.02);
  EXPECT_NEAR(amplitude_db(eye.veo / height), 0.0, 0.1);
}

// The levels of R_LM 0.9 (120D.3.1.2): the inner ones at ±(2 − R_LM)/3 of half the swing, so the outer eyes
// have R_LM/2 + 1/4 … of what the middle one has; written out: 1 − ES and 2·ES.
TEST(ElectricalOutput, VecIsThatOfTheWorstEye) {
  compliance::ComSheet receiver = plain_receiver();
  const double sigma = swing / 60.0;
  const double bandwidth = 2.0 * symbol_rate * (std::numbers::pi / 8.0) / std::sin(std::numbers::pi / 8.0);
  receiver.noise.density = sigma * sigma / bandwidth;
  receiver.signal.detector_error_ratio = 1e-5;
  parts::HostTransmitter host = lanes::ideal_transmitter(swing);
  host.r_lm = 0.9;
  const LaneResult result =
      measured_output(lane_of(host, lanes::ideal_transmitter(swing), plain_interface(), receiver));
  const ElectricalCompliance& output = result.test_points[0].electrical.value();
  const double inner = (2.0 - 0.9) / 3.0;
  const double outer_eye = 0.5 * swing * (1.0 - inner);
  EXPECT_NEAR(output.eecq->r_lm, 0.9, 0.01);
  EXPECT_NEAR(output.eye->vec_db, amplitude_db(outer_eye / (outer_eye - 2.0 * 4.26489 * sigma)), 0.05);
}

// Nothing is measured, and a warning says why, where the interface is for another rate.
TEST(ElectricalOutput, OfAnotherRateIsNotMeasured) {
  compliance::ElectricalInterface interface = plain_interface();
  interface.symbol_rate = 106.25e9;
  compliance::ComSheet receiver = plain_receiver();
  receiver.signal.symbol_rate = 106.25e9;
  const LaneResult result = measured_output(
      lane_of(lanes::ideal_transmitter(swing), lanes::ideal_transmitter(swing), interface, receiver));
  EXPECT_FALSE(result.test_points[0].electrical);
  ASSERT_EQ(result.warnings.size(), 1u);
  EXPECT_EQ(result.warnings[0].path, "lane.electrical");
  EXPECT_NE(result.warnings[0].message.find("106.25 GBd"), std::string::npos) << result.warnings[0].message;
}

// Which side a voltage belongs to: in front of the first part of the module, or behind its last, capacitors
// apart; not inside it, and not light.
TEST(ElectricalOutput, IsInFrontOfAModuleOrBehindIt) {
  Lane lane = lanes::complete_lane();  // host, package, twinax, capacitors, retimer, driver, …, TIA, host
  lane.chain.erase(lane.chain.begin() + 2);  // that of a module
  const auto add = [&](std::size_t place, const char* name) {
    lane.chain.insert(lane.chain.begin() + static_cast<std::ptrdiff_t>(place),
                      lanes::instance(parts::TestPoint{}, name));
  };
  add(lane.chain.size() - 1, "behind the module");
  add(4, "inside");
  add(3, "behind the capacitors");
  add(2, "in front of the capacitors");
  EXPECT_EQ(electrical_output(lane, "in front of the capacitors"), parts::Place::host);
  EXPECT_EQ(electrical_output(lane, "behind the capacitors"), parts::Place::host);
  EXPECT_EQ(electrical_output(lane, "inside"), std::nullopt);
  EXPECT_EQ(electrical_output(lane, "tp2"), std::nullopt);
  EXPECT_EQ(electrical_output(lane, "behind the module"), parts::Place::module);
  EXPECT_EQ(electrical_output(lane, "no such point"), std::nullopt);
}

}  // namespace
}  // namespace waverack::link
