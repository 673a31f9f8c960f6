// Laws of baseline wander.

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "lanes.hpp"
#include "waverack/link/solve.hpp"

namespace waverack {
namespace {

link::LaneResult solution_of(const link::Lane& lane, bool penalties = false) {
  link::SolveOptions options;
  options.charts = options.margins = false;
  options.penalties = penalties;
  return link::solve(lane, options);
}

// A receiver whose noise makes about one error in a thousand, behind a capacitor.
link::Lane blocked_lane(double corner, parts::Receiver receiver = lanes::plain_receiver(0.75)) {
  receiver.noise_density = 0.2e-6;
  link::Lane lane =
      lanes::electrical_lane(50e9, link::Modulation::pam4, lanes::ideal_transmitter(0.8), receiver);
  parts::AcCoupling capacitor;
  capacitor.corner = corner;
  lane.chain.insert(lane.chain.begin() + 1, lanes::instance(capacitor));
  return lane;
}

// A line of its own in the budget, as large as the closed form: σ_w² = ⟨a²⟩·π·f_c·T in levels of ±1, ±1/3,
// relative to half their distance, 1/3.
TEST(BaselineWanderLaws, TheBudgetHasIt) {
  constexpr double corner = 10e6;
  const link::LaneResult result = solution_of(blocked_lane(corner), true);
  const double expected = std::sqrt(5.0 / 9.0 * std::numbers::pi * corner / 50e9) * 3.0;
  int found = 0;
  for (const link::NoiseShare& share : result.segments.front().noise_budget) {
    if (share.label != "Baseline wander") continue;
    ++found;
    EXPECT_EQ(share.source, "lane.chain.ac_coupling.wander");
    // Gain for slow signals over the size of the levels: the pulse has little interference but some.
    EXPECT_NEAR(share.rms / expected, 1.0, 0.05);
  }
  EXPECT_EQ(found, 1);
  for (const link::Penalty& penalty : result.penalties)
    if (penalty.label == "Baseline wander") {
      ++found;
      EXPECT_EQ(penalty.impairment, "noise:lane.chain.ac_coupling.wander");
      EXPECT_GT(penalty.penalty_db, 0.01);
    }
  EXPECT_EQ(found, 2);
}

// A higher corner never helps: of a capacitor and of the offset loop of a TIA.
TEST(BaselineWanderLaws, AHigherCornerNeverHelps) {
  constexpr double corners[] = {1e3, 1e5, 1e6, 5e6, 2e7, 5e7, 1e8};
  double before = 0.0, first = 0.0;
  for (const double corner : corners) {
    const double ber = solution_of(blocked_lane(corner)).ber_pre_fec;
    EXPECT_GE(ber, before * (1.0 - 1e-9)) << corner;
    before = ber;
    if (first == 0.0) first = ber;
  }
  EXPECT_GT(before, 2.0 * first);
  before = 0.0;
  link::Lane lane = lanes::complete_lane();
  for (const double corner : corners) {
    lanes::part_of<parts::Tia>(lane.chain).offset_loop_corner = corner;
    const double ber = solution_of(lane).segments.back().ber_pre_fec;
    EXPECT_GE(ber, before * (1.0 - 1e-9)) << corner;
    before = ber;
  }
}

// A receiver of many taps that knows of the wander gives up gain for slow signals to be rid of some of it:
// what the budget shows is less than the closed form says for a receiver that does not.
TEST(BaselineWanderLaws, TheEqualiserSuppressesIt) {
  parts::Receiver receiver = lanes::plain_receiver(0.75);
  receiver.ffe_pre = 10;
  receiver.ffe_post = 20;
  const auto wander = [](const link::LaneResult& result) {
    for (const link::NoiseShare& share : result.segments.front().noise_budget)
      if (share.label == "Baseline wander") return share.rms;
    return 0.0;
  };
  constexpr double corner = 50e6;
  const double closed_form = std::sqrt(5.0 / 9.0 * std::numbers::pi * corner / 50e9) * 3.0;
  const double suppressed = wander(solution_of(blocked_lane(corner, receiver)));
  EXPECT_GT(suppressed, 0.3 * closed_form);
  EXPECT_LT(suppressed, 0.95 * closed_form);
}

}  // namespace
}  // namespace waverack
