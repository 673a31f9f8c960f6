// Operating points for the least TECQ, of a lane that is made up here: where symmetry says that the least is,
// against a fine sweep, from a closed eye, and what is refused.

#include "waverack/study/tecq_goal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "lanes.hpp"
#include "unit/base/message_of.hpp"
#include "waverack/base/document.hpp"
#include "waverack/base/units.hpp"
#include "waverack/link/solve.hpp"
#include "waverack/study/operating_point.hpp"

namespace waverack::study {
namespace {

using testing::HasSubstr;

constexpr const char* bias_path = "lane.chain.mach_zehnder.bias_phase";
constexpr const char* goal_taps_path = "lane.chain.host_transmitter.taps";

// An ideal transmitter and modulator (V_pi is 1 V), a test point before and one behind the fibre.
struct Transmitter {
  double swing = 0.1;
  std::vector<double> taps{1.0, 0.0};
  double bias_deg = 0.0;
  double bandwidth = lanes::very_wide;  // of the modulator, one pole
  int equaliser_taps = 5;
};

LoadedDesign goal_design_of(const Transmitter& numbers) {
  LoadedDesign loaded;
  parts::HostTransmitter transmitter = lanes::ideal_transmitter(numbers.swing);
  transmitter.taps = numbers.taps;
  parts::CwLaser laser = lanes::ideal_laser(1e-3);
  laser.rin = 1e-30;  // the design is written in decibels, which have no zero
  parts::MachZehnder modulator = lanes::ideal_modulator();
  modulator.bias_phase = numbers.bias_deg * std::numbers::pi / 180.0;
  modulator.rc_bandwidth = numbers.bandwidth;
  link::Lane& lane = loaded.design.lane;
  lane = lanes::optical_lane(53.125e9, link::Modulation::pam4, transmitter, laser, modulator,
                             lanes::ideal_photodiode(1.0), lanes::linear_tia(), lanes::plain_receiver(0.75));
  lane.pattern = link::Pattern::prbs9q;
  lane.chain.insert(lane.chain.begin() + 2,
                    {lanes::instance(parts::TestPoint{}, "TP2"), lanes::instance(parts::Fibre{}),
                     lanes::instance(parts::TestPoint{}, "TP3")});
  compliance::Pmd pmd;
  pmd.wavelength_low = {1304.5e-9};
  pmd.wavelength_high = {1317.5e-9};
  pmd.tdecq.equaliser.taps = numbers.equaliser_taps;
  pmd.tdecq.equaliser.most_pre = std::min(2, numbers.equaliser_taps - 1);
  lane.pmd = {"made up", std::make_shared<const compliance::Pmd>(pmd)};
  loaded.design.tune_for = TuneGoal::tecq;
  return loaded;
}

// Reads the two paths of the tests.
Reload reload_of(const Transmitter& start) {
  return [start](const std::vector<std::string>& settings) {
    Transmitter numbers = start;
    for (const std::string& setting : settings) {
      const std::string value = setting.substr(setting.find('=') + 1);
      if (setting.starts_with(bias_path)) numbers.bias_deg = split_quantity(value).number;
      if (setting.starts_with(goal_taps_path)) {
        Node list{Table{}};
        set_path(list, "taps", value);
        numbers.taps.clear();
        for (const Node& item : *find_path(list, "taps")->array())
          numbers.taps.push_back(std::stod(text_of(item)));
      }
    }
    return goal_design_of(numbers);
  };
}

OperatingPoint found(const Transmitter& start, std::vector<TunedPath> tune) {
  LoadedDesign design = goal_design_of(start);
  design.design.tune = std::move(tune);
  return find_operating_point(design, reload_of(start));
}

double decibel(double ratio) { return 10.0 * std::log10(ratio); }
double tecq_of(const Transmitter& numbers) { return tecq_at(goal_design_of(numbers).design.lane, "TP2"); }

// cos²-shaped light turned upside down is that of the opposite bias, and TECQ of symbols turned upside down
// is the same: TECQ is an even function of the bias. Off quadrature the levels are uneven on top of what the
// curve does to them, so that quadrature is its minimum.
TEST(TecqGoal, FindsQuadratureByTheSymmetryOfTheCurve) {
  Transmitter start;
  start.swing = 0.5;
  start.bias_deg = 20.0;
  EXPECT_NEAR(decibel(tecq_of({.swing = 0.5, .bias_deg = 12.0})),
              decibel(tecq_of({.swing = 0.5, .bias_deg = -12.0})), 0.03);  // PRBS9Q has no such symmetry
  const OperatingPoint point = found(start, {{bias_path, "-30 deg", "30 deg"}});
  ASSERT_TRUE(point.tecq.has_value());
  EXPECT_EQ(point.tecq->test_point, "TP2");
  // Two degrees from quadrature TECQ is flat within 0.02 dB.
  EXPECT_NEAR(split_quantity(text_of(point.found.at(0).after)).number, 0.0, 2.0);
  EXPECT_NEAR(decibel(point.tecq->after), decibel(tecq_of({.swing = 0.5})), 0.02);
  EXPECT_NEAR(point.tecq->before, tecq_of(start), 1e-12);
  EXPECT_LT(point.tecq->after, point.tecq->before);
  EXPECT_TRUE(point.converged);
}

// One pole at a quarter of the symbol rate leaves exp(−2π/4) = 0.21 of the last symbol at the end of one that
// is held; a reference receiver of one tap takes nothing away, so the transmitter's tap must, and more of it
// where the eye is looked at before that end.
TEST(TecqGoal, FindsTheTapAgainstOnePole) {
  Transmitter start;
  start.bandwidth = 0.25 * 53.125e9;
  start.equaliser_taps = 1;
  double best = 1e9, best_tap = 0.0;
  for (double tap = -0.4; tap <= 0.0; tap += 0.02) {
    Transmitter numbers = start;
    numbers.taps = {1.0 + tap, tap};
    if (const double tecq = tecq_of(numbers); tecq < best) {
      best = tecq;
      best_tap = tap;
    }
  }
  const OperatingPoint point = found(start, {{goal_taps_path, "", ""}});
  const Array& taps = *point.found.at(0).after.array();
  const double main = std::stod(text_of(taps.at(0))), post = std::stod(text_of(taps.at(1)));
  EXPECT_NEAR(main - post, 1.0, 1e-9);
  EXPECT_LT(post / main, -std::exp(-0.5 * std::numbers::pi) + 0.02);
  EXPECT_NEAR(post, best_tap, 0.03);  // a step and a half of the sweep
  EXPECT_LE(decibel(point.tecq->after), decibel(best) + 0.02);
}

// A tap of 0.4 where none is wanted closes the eye. On the way back, at 0.32, levels have crossed, and folded
// counting takes them for an open eye with a TECQ of 3.4 dB.
TEST(TecqGoal, FindsItsWayFromAClosedEye) {
  Transmitter start;
  start.equaliser_taps = 1;
  start.taps = {0.6, 0.4};
  ASSERT_LT(decibel(tecq_of({.taps = {0.68, 0.32}, .equaliser_taps = 1})), 4.0);
  const OperatingPoint point = found(start, {{goal_taps_path, "", ""}});
  EXPECT_GT(decibel(point.tecq->before), 6.0);
  // What it begins with without that tap: the golden number for five taps is 0.325 dB (facts: standards 3.7).
  EXPECT_LT(decibel(point.tecq->after), decibel(tecq_of({.equaliser_taps = 1})) + 0.02);
}

// The point of a result has the same TECQ: same draw, same receiver.
TEST(TecqGoal, MeasuresWhatTheResultStates) {
  Transmitter numbers;
  numbers.swing = 0.5;
  LoadedDesign design = goal_design_of(numbers);
  lanes::part_of<parts::HostTransmitter>(design.design.lane.chain).sndr = from_db(30.0);
  link::SolveOptions options;
  options.penalties = options.margins = false;
  const link::LaneResult result = link::solve(design.design.lane, options);
  ASSERT_EQ(result.test_points.size(), 2u);
  for (const link::TestPointResult& point : result.test_points)
    EXPECT_NEAR(tecq_at(design.design.lane, point.name) / point.reference->tdecq, 1.0, 1e-9) << point.name;
}

TEST(TecqGoal, IsRefusedWhereTecqCannotBeMeasured) {
  const auto message = [](const std::function<void(Design&)>& change) {
    LoadedDesign design = goal_design_of({});
    design.design.tune = {{bias_path, "", ""}};
    change(design.design);
    return message_of([&] { require_tunable(design); });
  };
  EXPECT_EQ(message([](Design&) {}), "no error");
  EXPECT_EQ(message([](Design& d) { d.tune_at = "TP3"; }), "no error");
  EXPECT_THAT(message([](Design& d) { d.lane.pmd = {}; }), HasSubstr("the lane must name its PMD"));
  EXPECT_EQ(message([](Design& d) {
              d.lane.pmd = {};
              d.tune_for = TuneGoal::ber;
            }),
            "no error");
  EXPECT_THAT(message([](Design& d) { d.lane.symbol_rate = 106.25e9; }),
              HasSubstr("'made up' is for 53.125 GBd"));
  EXPECT_THAT(message([](Design& d) { d.lane.modulation = link::Modulation::pam2; }),
              HasSubstr("TECQ is that of PAM4"));
  EXPECT_THAT(message([](Design& d) { d.tune_at = "TP4"; }),
              HasSubstr("there is no test point of light 'TP4'"));
  EXPECT_THAT(message([](Design& d) { d.lane.chain.erase(d.lane.chain.begin() + 2); }),
              HasSubstr("no test point of light in front of its fibre"));
}

}  // namespace
}  // namespace waverack::study
