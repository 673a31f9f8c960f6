// Reflections into the laser against the level at which it loses its coherence.

#include <gtest/gtest.h>

#include <cmath>

#include "closed_forms.hpp"
#include "lanes.hpp"
#include "waverack/design/result.hpp"
#include "waverack/io/load.hpp"
#include "waverack/link/plan.hpp"
#include "waverack/link/solve.hpp"

namespace waverack {
namespace {

parts::DiodeLaser laser_of(double alpha, double damping_per_ns, double round_trip_ps) {
  parts::DiodeLaser laser;
  laser.linewidth_enhancement = alpha;
  laser.damping_rate = damping_per_ns * 1e9;
  laser.round_trip_time = round_trip_ps * 1e-12;
  laser.facet_reflectance = 0.32;
  return laser;
}

// Source: facts, photonics 5.2 [computed], Helms and Petermann with R = 0.32. Tolerance: the printed digit.
TEST(Feedback, CriticalLevels) {
  const struct {
    double alpha, damping, round_trip, level_db;
  } rows[] = {{2, 10, 8, -34.6}, {3, 10, 8, -38.6}, {5, 10, 8, -43.4}, {1, 25, 30, -7.1}};
  for (const auto& row : rows) {
    const auto critical = critical_feedback(laser_of(row.alpha, row.damping, row.round_trip));
    EXPECT_NEAR(db(critical.level), row.level_db, 0.05) << row.alpha;
    EXPECT_EQ(critical.level, critical.formula);
  }
}

// Source: same. With the numbers of the quantum dot the formula passes 0 dB at an alpha of about 0.60; below
// it is held there, and the lane says so. Tolerance: the printed digit.
TEST(Feedback, FormulaEndsAtAllOfTheLight) {
  double low = 0.3, high = 1.0;
  while (high - low > 1e-6) {
    const double middle = 0.5 * (low + high);
    (critical_feedback(laser_of(middle, 25, 30)).formula > 1.0 ? low : high) = middle;
  }
  EXPECT_NEAR(low, 0.60, 0.005);
  const auto critical = critical_feedback(laser_of(0.32, 25, 30));
  EXPECT_EQ(critical.level, 1.0);
  EXPECT_GT(critical.formula, 1.0);
}

parts::DiodeLaser laser_of_card(const std::string& card) {
  const io::Input input =
      io::load_design("dr8-1.6t-isolator-free-qd", {"lane.light.diode_laser.card=" + card});
  return std::get<parts::DiodeLaser>(input.loaded.design.lane.light.front().part);
}

// Source: facts, photonics 5.1: a quantum-dot laser of 175 to 185 mW has 38.4 % of wall-plug efficiency at
// room temperature, and CW to 80 to 90 degC; a quantum-well DFB of 100 to 200 mW 20 % at 70 degC. The cards
// are made to meet them. Tolerance: half a per cent, the rounding of the cards' numbers.
TEST(LaserCards, MeetThePublishedEfficiencies) {
  const parts::DiodeLaser dot = laser_of_card("laser-qd"), well = laser_of_card("laser-qw-dfb");
  const auto drive_of_dot = drive_for(dot, 180e-3, 273.15 + 25.0);
  const auto drive_of_well = drive_for(well, 100e-3, 273.15 + 70.0);
  ASSERT_TRUE(drive_of_dot && drive_of_well);
  EXPECT_NEAR(drive_of_dot->efficiency, 0.384, 0.005);
  EXPECT_NEAR(drive_of_well->efficiency, 0.20, 0.005);
  EXPECT_GT(largest_power(dot, 273.15 + 90.0), 100e-3);
  // From 25 to 85 degC the threshold of the dots rises by exp(60 K/212 K), that of the wells by exp(60 K/90
  // K).
  const auto rise = [](const parts::DiodeLaser& laser) {
    return drive_for(laser, 0.0, 273.15 + 85.0)->threshold / drive_for(laser, 0.0, 273.15 + 25.0)->threshold;
  };
  EXPECT_NEAR(rise(dot), std::exp(60.0 / 212.0), 0.01);
  EXPECT_NEAR(rise(well), std::exp(60.0 / 90.0), 0.01);
}

// A laser, 3 dB of loss, and one reflector of −26 dB: the photodiode of a lane without other reflections.
link::Lane lane_with_one_reflector(const parts::DiodeLaser& laser) {
  parts::Photodiode photodiode = lanes::ideal_photodiode(0.9);
  photodiode.return_loss = from_db(26.0);
  link::Lane lane = lanes::optical_lane(53.125e9, link::Modulation::pam4, lanes::ideal_transmitter(0.4),
                                        lanes::ideal_laser(1e-3), lanes::ideal_modulator(), photodiode,
                                        lanes::linear_tia(), lanes::plain_receiver(0.75));
  parts::Fibre fibre;
  fibre.length = 1.0;
  fibre.attenuation = 3.0 / 10.0 * std::log(10.0);
  lane.light = {lanes::instance(laser), lanes::instance(fibre)};
  return lane;
}

const link::FeedbackReflector& reflector(const link::Feedback& feedback, std::string_view name) {
  for (const link::FeedbackReflector& item : feedback.reflectors)
    if (item.name == name) return item;
  throw std::logic_error("no such reflector");
}

// Source: same. A −26 dB reflector behind 3 dB one-way returns −32 dB: above what the quantum well bears,
// 25 dB below what the quantum dot bears.
TEST(Feedback, ReflectorBehindThreeDecibels) {
  const link::Feedback well = link::feedback_of(lane_with_one_reflector(laser_of(3, 10, 8)), {});
  EXPECT_NEAR(db(reflector(well, "photodiode").level), -32.0, 1e-9);
  EXPECT_GT(well.ratio(), 1.0);
  const link::Feedback dot = link::feedback_of(lane_with_one_reflector(laser_of(1, 25, 30)), {});
  EXPECT_NEAR(-db(dot.ratio()), 25.0, 0.15);  // −7.1 less −32, both as printed
}

// An isolator counts once with its isolation and once with its loss.
TEST(Feedback, IsolatorProtects) {
  link::Lane lane = lane_with_one_reflector(laser_of(3, 10, 8));
  parts::Isolator isolator;
  isolator.insertion_loss = from_db(0.5);
  isolator.isolation = from_db(30.0);
  isolator.return_loss = from_db(60.0);
  lane.light.insert(lane.light.begin() + 1, lanes::instance(isolator));
  const link::Feedback feedback = link::feedback_of(lane, {});
  EXPECT_NEAR(db(reflector(feedback, "photodiode").level), -32.0 - 30.5, 1e-9);
  EXPECT_NEAR(db(reflector(feedback, "isolator").level), -60.0, 1e-9);
  EXPECT_LT(feedback.ratio(), 1.0);
}

// By hand: connectors of 0.5 dB and −55 dB, a facet of −40 dB, then 1.5 dB, a split to four of 6.02 dB and
// 0.3 dB; four modulators of −26 dB, of which one returns −26 − 2·(1 + 1.5 + 6.02 + 0.3) dB.
TEST(Feedback, ReflectorsBehindASplitCountForEachLane) {
  link::Lane lane = lane_with_one_reflector(laser_of(3, 10, 8));
  parts::LaserPath path;
  path.connector_loss = from_db(0.5);
  path.coupling_loss = from_db(1.5);
  path.split_excess_loss = from_db(0.3);
  path.connector_return_loss = from_db(55.0);
  path.coupling_return_loss = from_db(40.0);
  lane.light[1] = lanes::instance(path);
  auto& modulator = lanes::part_of<parts::MachZehnder>(lane.chain);
  modulator.return_loss = from_db(26.0);
  modulator.insertion_loss = from_db(2.0);
  const link::Feedback feedback = link::feedback_of(lane, {});
  const double one_way = 2.8 + 10.0 * std::log10(4.0);
  EXPECT_NEAR(db(reflector(feedback, "laser_path: connector 1").level), -55.0, 1e-9);
  EXPECT_NEAR(db(reflector(feedback, "laser_path: connector 2").level), -56.0, 1e-9);
  EXPECT_NEAR(db(reflector(feedback, "laser_path: facet of the chip").level), -42.0, 1e-9);
  EXPECT_NEAR(db(reflector(feedback, "mach_zehnder").level), -26.0 - 2.0 * one_way, 1e-9);
  EXPECT_NEAR(db(reflector(feedback, "photodiode").level), -30.0 - 2.0 * one_way, 1e-9);
  EXPECT_EQ(reflector(feedback, "laser_path: connector 2").count, 1);
  EXPECT_EQ(reflector(feedback, "mach_zehnder").count, 4);
  const double together = std::pow(10, -5.5) + std::pow(10, -5.6) + std::pow(10, -4.2) +
                          4.0 * (std::pow(10, -2.6) + std::pow(10, -3.0)) * std::pow(10, -0.2 * one_way);
  EXPECT_NEAR(feedback.level / together, 1.0, 1e-9);
}

// The noise of the lane rises as the critical level comes near, and a collapse is told.
TEST(Feedback, RaisesTheNoiseOfTheLane) {
  double before = 0.0;
  for (const double return_loss : {80.0, 45.0, 40.0, 34.0, 20.0}) {
    parts::DiodeLaser laser = laser_of(3, 10, 8);
    laser.output_power = lanes::from_dbm(8.0);
    laser.rin_resonance = from_db(-130.0);
    link::Lane lane = lane_with_one_reflector(laser);
    lanes::part_of<parts::Photodiode>(lane.chain).return_loss = from_db(return_loss);
    lanes::part_of<parts::Tia>(lane.chain).noise_density = 15e-12;
    const link::Plan plan = link::make_plan(lane);
    link::SolveOptions options;
    options.penalties = options.margins = options.charts = false;
    const double ber = link::solve(lane, options).ber_pre_fec;
    EXPECT_GT(ber, before) << return_loss;
    before = ber;
    EXPECT_EQ(plan.warnings.size(), return_loss < 33.0 ? 1u : 0u) << return_loss;
  }
}

// The verdict of the check that every lane with a laser diode has.
Verdict verdict_on_feedback(const LoadedDesign& loaded) {
  Options options;
  options.penalties = false;
  for (const Check& check : solve(loaded, options).checks)
    if (check.name == "lane.feedback.margin_db") return check.verdict;
  return Verdict::info;
}

// The claim of an isolator-free module: it stands with quantum dots and falls with a quantum well, which an
// isolator saves.
TEST(Feedback, IsolatorFreeModuleNeedsQuantumDots) {
  const std::string name = "dr8-1.6t-isolator-free-qd", pattern = "lane.pattern=PRBS13Q";
  EXPECT_EQ(verdict_on_feedback(io::load_design(name, {pattern}).loaded), Verdict::pass);
  LoadedDesign well = io::load_design(name, {pattern, "lane.light.diode_laser.card=laser-qw-dfb"}).loaded;
  EXPECT_EQ(verdict_on_feedback(well), Verdict::fail);
  std::vector<parts::Instance>& light = well.design.lane.light;
  light.insert(light.begin() + 1, lanes::instance(parts::Isolator{}));
  EXPECT_EQ(verdict_on_feedback(well), Verdict::pass);
}

TEST(Feedback, NothingIsKnownOfALaserByItsPowerAlone) {
  link::Lane lane = lane_with_one_reflector({});
  lane.light[0] = lanes::instance(lanes::ideal_laser(1e-3));
  EXPECT_FALSE(link::feedback_of(lane, {}).present);
}

}  // namespace
}  // namespace waverack
