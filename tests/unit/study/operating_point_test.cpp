// Operating points of a lane that is made up here: against fine sweeps of the same lane, and what is refused.

#include "waverack/study/operating_point.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <charconv>
#include <cmath>

#include "unit/base/message_of.hpp"
#include "waverack/base/document.hpp"
#include "waverack/base/units.hpp"
#include "waverack/link/solve.hpp"

namespace waverack::study {
namespace {

using testing::HasSubstr;

constexpr const char* gain_path = "lane.chain.linear_driver.gain";
constexpr const char* taps_path = "lane.chain.host_transmitter.taps";

// Little gain drowns in the noise of the receiver, much of it is flattened by the driver. The line makes a
// transmitter with taps worth having.
LoadedDesign small_design(double gain_db, const std::vector<double>& taps) {
  LoadedDesign loaded;
  link::Lane& lane = loaded.design.lane;
  lane.pattern = link::Pattern::prbs9q;
  lane.samples_per_symbol = 8;
  parts::HostTransmitter transmitter;
  transmitter.taps = taps;
  parts::PackageLine line;
  line.loss = 10.0;
  line.loss_frequency = 26.5625e9;
  parts::LinearDriver driver;
  driver.gain = std::pow(10.0, gain_db / 10.0);
  driver.saturation_swing = 2.0;
  parts::Receiver receiver;
  receiver.noise_density = 3e-7;
  receiver.ffe_pre = 0;
  receiver.ffe_post = 1;
  const auto add = [&](const char* name, parts::AnyPart part) {
    lane.chain.emplace_back();
    lane.chain.back().name = name;
    lane.chain.back().part = std::move(part);
  };
  add("host_transmitter", transmitter);
  add("package_line", line);
  add("linear_driver", driver);
  add("receiver", receiver);
  return loaded;
}

// Reads the two paths of the tests; the search's own settings are those of the lane already.
LoadedDesign reload_cpo(const std::vector<std::string>& settings) {
  double gain_db = 0.0;
  std::vector<double> taps{0.0, 1.0, 0.0};
  for (const std::string& setting : settings) {
    const std::string value = setting.substr(setting.find('=') + 1);
    if (setting.starts_with(gain_path)) gain_db = split_quantity(value).number;
    if (setting.starts_with(taps_path)) {
      Node list{Table{}};
      set_path(list, "taps", value);
      taps.clear();
      for (const Node& item : *find_path(list, "taps")->array())
        taps.push_back(item.string() ? std::stod(*item.string()) : std::stod(text_of(item)));
    }
  }
  return small_design(gain_db, taps);
}

double ber_of(const LoadedDesign& loaded) {
  link::SolveOptions options;
  options.penalties = options.charts = options.margins = false;
  return link::solve(loaded.design.lane, options).ber_pre_fec;
}

double number_of(const Node& node) { return split_quantity(text_of(node)).number; }

TEST(OperatingPoint, FindsTheGainThatAFineSweepFinds) {
  double best_gain = 0.0, best_ber = 1.0;
  for (double gain = -4.0; gain <= 20.0; gain += 0.5)
    if (const double ber = ber_of(small_design(gain, {0.0, 1.0, 0.0})); ber < best_ber) {
      best_ber = ber;
      best_gain = gain;
    }
  // An optimum inside, worth finding: not at the ends of the sweep.
  ASSERT_GT(best_gain, -3.0);
  ASSERT_LT(best_gain, 19.0);
  for (const double start : {0.0, 16.0}) {
    LoadedDesign design = small_design(start, {0.0, 1.0, 0.0});
    design.design.tune = {{gain_path, "", ""}};
    const OperatingPoint point = find_operating_point(design, reload_cpo);
    ASSERT_EQ(point.found.size(), 1u);
    EXPECT_EQ(point.found[0].path, gain_path);
    EXPECT_NEAR(number_of(point.found[0].before), start, 1e-9);
    // Half a decibel is the grid of the sweep, and around the optimum that is flat.
    EXPECT_NEAR(number_of(point.found[0].after), best_gain, 0.6) << "from " << start;
    EXPECT_LE(point.ber_after, best_ber * 1.02);
    EXPECT_LT(point.ber_after, point.ber_before);
    EXPECT_NEAR(point.ber_after / ber_of(reload_cpo(point.settings)), 1.0, 1e-9);
    EXPECT_LT(point.solves, 60);
    EXPECT_TRUE(point.converged);
  }
}

TEST(OperatingPoint, KeepsWhatTheTransmitterCanSend) {
  LoadedDesign design = small_design(0.0, {0.0, 0.9, 0.0});
  design.design.tune = {{taps_path, "", ""}, {gain_path, "", ""}};
  const OperatingPoint point = find_operating_point(design, reload_cpo);
  const Array& taps = *point.found.at(0).after.array();
  ASSERT_EQ(taps.size(), 3u);
  double sum = 0.0;
  for (const Node& tap : taps) sum += std::abs(std::stod(text_of(tap)));
  EXPECT_NEAR(sum, 0.9, 1e-9);
  LoadedDesign gain_alone = small_design(0.0, {0.0, 0.9, 0.0});
  gain_alone.design.tune = {{gain_path, "", ""}};
  EXPECT_LT(point.ber_after, point.ber_before);
  // Taps that may move are worth no less than taps that may not.
  EXPECT_LE(point.ber_after, 1.02 * find_operating_point(gain_alone, reload_cpo).ber_after);
}

TEST(OperatingPoint, StaysWithinItsBoundsAndIsNeverWorse) {
  LoadedDesign design = small_design(2.0, {0.0, 1.0, 0.0});
  design.design.tune = {{gain_path, "1 dB", "2.5 dB"}};
  const OperatingPoint bounded = find_operating_point(design, reload_cpo);
  EXPECT_GE(number_of(bounded.found[0].after), 1.0);
  EXPECT_LE(number_of(bounded.found[0].after), 2.5);
  EXPECT_LE(bounded.ber_after, bounded.ber_before);
  // From the optimum there is nothing to gain worth telling.
  LoadedDesign free = small_design(2.0, {0.0, 1.0, 0.0});
  free.design.tune = {{gain_path, "", ""}};
  const double best = number_of(find_operating_point(free, reload_cpo).found[0].after);
  LoadedDesign at_best = small_design(best, {0.0, 1.0, 0.0});
  at_best.design.tune = {{gain_path, "", ""}};
  const OperatingPoint again = find_operating_point(at_best, reload_cpo);
  EXPECT_LE(again.ber_after, again.ber_before);
  EXPECT_GT(again.ber_after, 0.98 * again.ber_before);
}

TEST(OperatingPoint, RefusesWhatIsNoNumberOfThePartsOfTheLane) {
  const auto message = [](std::vector<TunedPath> tune) {
    LoadedDesign design = small_design(0.0, {0.0, 1.0, 0.0});
    design.design.tune = std::move(tune);
    return message_of([&] { require_tunable(design); });
  };
  EXPECT_EQ(message({{gain_path, "", ""}}), "no error");
  EXPECT_THAT(message({{"lane.chain.linear_driver.gian", "", ""}}), HasSubstr("Did you mean 'gain'?"));
  EXPECT_THAT(message({{"lane.chain.linear_drive.gain", "", ""}}),
              HasSubstr("Did you mean 'linear_driver'?"));
  EXPECT_THAT(message({{"module.lanes", "", ""}}), HasSubstr("not a number of a part of the lane"));
  EXPECT_THAT(message({{"lane.chain.receiver.ffe_post", "", ""}}),
              HasSubstr("only numbers with a decimal point"));
  EXPECT_THAT(message({{gain_path, "1 V", ""}}), HasSubstr("'1 V' has the wrong dimension"));
  EXPECT_THAT(message({{gain_path, "3 dB", "1 dB"}}), HasSubstr("the bounds leave no room"));
  EXPECT_THAT(message({{gain_path, "1 dB", "3 dB"}}), HasSubstr("the design's own value, 0, lies outside"));
  EXPECT_THAT(message({{gain_path, "", ""}, {gain_path, "", ""}}), HasSubstr("to be found twice"));
}

}  // namespace
}  // namespace waverack::study
