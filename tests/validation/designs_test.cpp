// What the built-in designs say of themselves.

#include <gtest/gtest.h>

#include <cmath>

#include "waverack/design/solve.hpp"
#include "waverack/io/load.hpp"
#include "waverack/io/run.hpp"
#include "waverack/link/solve.hpp"

namespace waverack {
namespace {

link::LaneResult solved_lane_of(const std::string& name, const std::vector<std::string>& settings = {}) {
  link::SolveOptions options;
  options.penalties = options.charts = false;
  return link::solve(io::load_design(name, settings).loaded.design.lane, options);
}

// A lane below its error limit, and every limit that the design states of itself.
TEST(Designs, EveryOneMeetsItsLimits) {
  Options options;
  options.penalties = false;
  for (const std::string& name : io::design_names())
    for (const Check& check : io::solve_input(io::load_design(name), options).checks)
      EXPECT_EQ(check.verdict, Verdict::pass) << name << ": " << check.name << " is " << check.value;
}

// Source: facts, standards 7 (from memory): an active cable of 200 Gb/s per lane reaches 2.5 to 3 m. The loss
// of AWG 26 is that of the same facts within 4 %. Ours: 3 dB are left after 2.5 m, the code's limit is met
// after 3 m and not after 3.5 m.
TEST(Designs, ReachOfTheActiveCable) {
  EXPECT_GE(solved_lane_of("aec-1.6t").margin_db, 3.0);
  EXPECT_DOUBLE_EQ(solved_lane_of("aec-1.6t").reach_m, 2.5);
  const double three = solved_lane_of("aec-1.6t", {"lane.chain.twinax.length=3 m"}).margin_db;
  EXPECT_GT(three, 0.0);
  EXPECT_LT(three, 3.0);
  EXPECT_LT(solved_lane_of("aec-1.6t", {"lane.chain.twinax.length=3.5 m"}).margin_db, 0.0);
}

// cpo-6.4t says which blocks of cpo-3.2t must change: with all of them as they were the lane does not work at
// all, and each one put back alone brings it above its limit.
TEST(Designs, BlocksThatMustChangeForTwiceTheRate) {
  constexpr double limit = 2.4e-4;
  EXPECT_GT(solved_lane_of("cpo-3.2t", {"lane.symbol_rate=106.25 GBd"}).ber_pre_fec, 0.05);
  EXPECT_LT(solved_lane_of("cpo-6.4t").ber_pre_fec, 1e-5);
  const std::vector<std::string> put_back[] = {
      {"lane.chain.host_transmitter.card=host-xsr-tx", "lane.chain.receiver.card=host-xsr-rx"},
      {"lane.chain.package_line.card=package-xsr", "lane.chain.package_line_rx.card=package-xsr"},
      {"lane.chain.linear_driver.card=driver-cpo-cmos", "lane.chain.linear_driver.peaking=0 dB"}};
  for (const auto& settings : put_back)
    EXPECT_GT(solved_lane_of("cpo-6.4t", settings).ber_pre_fec, limit) << settings.front();
  // What need not change is what cpo-3.2t has.
  const link::Lane half = io::load_design("cpo-3.2t").loaded.design.lane,
                   full = io::load_design("cpo-6.4t").loaded.design.lane;
  const auto card_of = [](const std::vector<parts::Instance>& chain, std::string_view name) {
    for (const parts::Instance& instance : chain)
      if (instance.name == name) return instance.card;
    return std::string("none");
  };
  for (const char* name : {"mach_zehnder", "photodiode", "tia", "coupler_out", "coupler_in"})
    EXPECT_EQ(card_of(half.chain, name), card_of(full.chain, name)) << name;
  for (const char* name : {"cw_laser", "laser_path"})
    EXPECT_EQ(card_of(half.light, name), card_of(full.light, name)) << name;
}

// Facts, photonics 8.5: a claimed 100 GHz is probably that of modulator and driver; by the sum of 1/f² a lane
// of such blocks is far below it. engine-3.2t-400g says the same of itself.
TEST(Designs, CombinedBandwidthOfTheEngine) {
  const link::Bandwidths found = solved_lane_of("engine-3.2t-400g").bandwidths;
  EXPECT_GT(found.transmitter_cascade, 100e9);
  EXPECT_NEAR(found.transmitter / 1e9, 84.0, 1.0);  // 110 and 130 GHz
  EXPECT_LT(found.combined, 60e9);
}

}  // namespace
}  // namespace waverack
