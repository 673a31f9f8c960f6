// Which loops a lane calls for, what is refused, and loops on lanes that are made up here.

#include "waverack/study/calibrate.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "lanes.hpp"
#include "unit/base/message_of.hpp"
#include "waverack/base/units.hpp"
#include "waverack/study/line_tuning.hpp"

namespace waverack::study {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> called_for(const link::Lane& lane) {
  Design design;
  design.lane = lane;
  std::vector<std::string> names;
  for (const LoopKind& kind : loop_kinds())
    if (kind.called_for(design)) names.emplace_back(kind.name);
  return names;
}

link::Lane lane_of(parts::AnyPart modulator) {
  link::Lane lane =
      lanes::optical_lane(53.125e9, link::Modulation::pam4, lanes::ideal_transmitter(0.2),
                          lanes::ideal_laser(1e-3), lanes::ideal_modulator(), lanes::ideal_photodiode(1.0),
                          lanes::linear_tia(), lanes::plain_receiver(0.75));
  lane.pattern = link::Pattern::prbs9q;
  lane.light.front().part = [] {
    parts::CwLaser laser = lanes::ideal_laser(1e-3);
    laser.rin = 1e-16;
    return laser;
  }();
  auto& tia = lanes::part_of<parts::Tia>(lane.chain);
  tia.noise_density = 20e-12;
  for (parts::Instance& instance : lane.chain)
    if (parts::as<parts::MachZehnder>(instance)) instance.part = std::move(modulator);
  return lane;
}

LoadedDesign design_of(link::Lane lane) {
  LoadedDesign loaded;
  loaded.design.lane = std::move(lane);
  return loaded;
}

// The settings that the loops here lay over it; ideal parts are beyond what a file may state.
Reload reload_of(const LoadedDesign& loaded) {
  return [&loaded](const std::vector<std::string>& settings) {
    LoadedDesign changed = loaded;
    std::vector<parts::Instance>& chain = changed.design.lane.chain;
    for (const std::string& setting : settings) {
      const std::size_t equals = setting.find('=');
      const std::string path = setting.substr(0, equals), value = setting.substr(equals + 1);
      if (path.ends_with("receiver.adaptation_step"))
        lanes::part_of<parts::Receiver>(chain).adaptation_step = std::stod(value);
      else if (path.ends_with("linear_driver.gain"))
        lanes::part_of<parts::LinearDriver>(chain).gain = parse_quantity(value, "dB");
      else if (path.ends_with("linear_driver.bandwidth"))
        lanes::part_of<parts::LinearDriver>(chain).bandwidth = parse_quantity(value, "GHz");
      else if (path.ends_with("mach_zehnder.v_pi_l"))
        lanes::part_of<parts::MachZehnder>(chain).v_pi_l = parse_quantity(value, "V cm");
      else
        throw std::logic_error("not a setting of these tests: " + setting);
    }
    return changed;
  };
}

TEST(Calibrate, LoopsThatThePartsCallFor) {
  EXPECT_THAT(called_for(lane_of(parts::MachZehnder{})), ElementsAre("quadrature"));
  EXPECT_THAT(called_for(lane_of(parts::LithiumNiobate{})), ElementsAre("quadrature"));
  link::Lane ring = lane_of(parts::MicroRing{});
  EXPECT_THAT(called_for(ring), ElementsAre("ring", "ring_errors"));
  ring.neighbours.longer = 3;
  EXPECT_THAT(called_for(ring), ElementsAre("ring", "ring_errors", "assignment"));
  lanes::part_of<parts::Receiver>(ring.chain).ffe_post = 4;
  EXPECT_THAT(called_for(ring), ElementsAre("ring", "ring_errors", "assignment", "training"));
}

TEST(Calibrate, DriversBehindAHostAreTunedAndThoseBehindARetimerAreNot) {
  link::Lane lane = lane_of(parts::MachZehnder{});
  lane.chain.insert(lane.chain.begin() + 1, lanes::instance(parts::LinearDriver{}));
  EXPECT_TRUE(has_linear_transmitter(lane));
  lane.chain.insert(lane.chain.begin() + 1, lanes::instance(parts::Retimer{}));
  EXPECT_FALSE(has_linear_transmitter(lane));
}

TEST(Calibrate, RefusesWhatThereIsNot) {
  const LoadedDesign loaded = design_of(lane_of(parts::MachZehnder{}));
  const Reload reload = reload_of(loaded);
  EXPECT_THAT(message_of([&] {
                calibrate(loaded, reload, {{"quadratur"}, 1, {}});
              }),
              testing::AllOf(HasSubstr("no loop 'quadratur'"), HasSubstr("quadrature")));
  EXPECT_THAT(message_of([&] {
                calibrate(loaded, reload, {{"ring"}, 1, {}});
              }),
              HasSubstr("needs a micro-ring"));
  const LoadedDesign copper = design_of(lanes::electrical_lane(
      53.125e9, link::Modulation::pam4, lanes::ideal_transmitter(1.0), lanes::plain_receiver(0.75)));
  EXPECT_THAT(message_of([&] { calibrate(copper, reload, {}); }),
              HasSubstr("no part of this lane is calibrated"));
}

// At quadrature with a linear phase the mean light is mean + amplitude·sin φ with the contrast that the data
// leave: the mean of cos(π·v/V_π) over the levels ±0.1 V and ±0.1/3 V, V_π 1 V.
TEST(Calibrate, QuadratureOfAnIdealModulator) {
  const LoadedDesign loaded = design_of(lane_of(lanes::ideal_modulator()));
  const CalibrationResult result = calibrate(loaded, reload_of(loaded), {{"quadrature"}, 3, {}});
  ASSERT_EQ(result.loops.size(), 1u);
  const module::CalibrationLoop& loop = result.loops.front();
  EXPECT_TRUE(loop.converged);
  EXPECT_LT(loop.residual, 2.0);
  double contrast = 0.0;
  for (const auto& measure : loop.measures)
    if (measure.key == "contrast") contrast = measure.value;
  const double pi = std::acos(-1.0);
  EXPECT_NEAR(contrast, 0.5 * (std::cos(0.1 * pi) + std::cos(0.1 * pi / 3.0)), 0.005);
  // Heater and monitor over the rate of the module's lane.
  EXPECT_NEAR(loop.energy_per_bit, (12.5e-3 + 1e-3) / 100e9, 0.05e-12 * 0.2);
  EXPECT_LT(loop.penalty_db, 0.02);
}

// A loop gives the same alone as with others.
TEST(Calibrate, StreamsAreTheLoopsOwn) {
  link::Lane lane = lane_of(lanes::ideal_modulator());
  lanes::part_of<parts::Receiver>(lane.chain).ffe_post = 4;
  LoadedDesign loaded = design_of(lane);
  loaded.design.module.calibration.quadrature.duration = 0.2;
  loaded.design.module.calibration.training.symbols = 20000;
  const Reload reload = reload_of(loaded);
  const CalibrationResult both = calibrate(loaded, reload, {}),
                          one = calibrate(loaded, reload, {{"training"}, 1, {}});
  ASSERT_EQ(both.loops.size(), 2u);
  EXPECT_EQ(both.loops[1].residual, one.loops[0].residual);
  EXPECT_NE(calibrate(loaded, reload, {{"training"}, 2, {}}).loops[0].residual, one.loops[0].residual);
}

// A swing that is too small and one that is too large: the driver's gain lies in between, and the line finds
// it within what its noise lets it see.
TEST(LineTuning, ComesNearTheExactOperatingPoint) {
  link::Lane lane = lane_of(lanes::ideal_modulator());
  lanes::part_of<parts::HostTransmitter>(lane.chain).swing = 0.1;
  parts::LinearDriver driver;
  driver.gain = from_db(6.0);
  driver.bandwidth = 100e9;
  lane.chain.insert(lane.chain.begin() + 1, lanes::instance(driver));
  LoadedDesign loaded = design_of(lane);
  loaded.design.tune = {{"lane.chain.linear_driver.gain", "0 dB", "20 dB"}};
  module::TuningSettings settings;
  settings.measurements = 15;
  settings.measurement_time = 2.0;
  const LineTuning tuning = tune_on_line(loaded, reload_of(loaded), settings, {1, 9, 0, 0});
  EXPECT_EQ(tuning.measurements, 15);
  EXPECT_DOUBLE_EQ(tuning.seconds, 30.0);
  EXPECT_GT(tuning.figure_after, tuning.figure_before + 1.0);
  EXPECT_NEAR(tuning.figure_after, tuning.figure_best, 0.1);
  EXPECT_EQ(tuning.unit.size(), 3u);  // gain and bandwidth of the driver, half-wave voltage of the modulator
  // Without spreads the unit is the design.
  settings.gain_spread = settings.bandwidth_spread = settings.half_wave_spread = 0.0;
  settings.measurements = 3;
  const LineTuning plain = tune_on_line(loaded, reload_of(loaded), settings, {1, 9, 0, 0});
  EXPECT_THAT(plain.unit, testing::Contains(HasSubstr("linear_driver.gain=6 dB")));
}

}  // namespace
}  // namespace waverack::study
