// Light that beats with the signal: pairs of reflections, and the other direction of a fibre.

#include "waverack/link/reflections.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "lanes.hpp"
#include "waverack/base/error.hpp"
#include "waverack/link/plan.hpp"

namespace waverack::link {
namespace {

double power(double db) { return std::pow(10.0, db / 10.0); }

Lane lane_with(std::vector<parts::Instance> path) {
  Lane lane =
      lanes::optical_lane(50e9, Modulation::pam4, lanes::ideal_transmitter(0.4), lanes::ideal_laser(1e-3),
                          lanes::ideal_modulator(), lanes::ideal_photodiode(1.0), lanes::linear_tia(),
                          lanes::plain_receiver(0.75));
  lane.chain.insert(lane.chain.begin() + 2, path.begin(), path.end());
  return lane;
}

parts::Instance joint(double loss_db, double return_loss_db, const std::string& name) {
  parts::Connector part;
  part.insertion_loss = power(loss_db);
  part.return_loss = power(return_loss_db);
  return lanes::instance(part, name);
}

parts::Instance circulator(double loss_db, double isolation_db, const std::string& name) {
  parts::Circulator part;
  part.insertion_loss = power(loss_db);
  part.return_loss = power(190.0);
  part.isolation = power(isolation_db);
  return lanes::instance(part, name);
}

std::vector<double> decibels(const Lane& lane) {
  std::vector<double> list;
  for (const double rho : beat_amplitudes(make_plan(lane).segments.front().reflectors))
    list.push_back(20.0 * std::log10(rho));
  std::sort(list.begin(), list.end());
  return list;
}

// One mirror of return loss 46 dB and loss 2 dB between circulators of 1 dB, 3 dB of fibre before it and 1 dB
// behind it. The other direction's light: 1 dB into the fibre, 1 dB to the mirror, 46 dB, 1 dB back, 1 dB
// out: −50 dB. The signal: 1 + 3 + 2 + 1 + 1 = 8 dB. So −42 dB of it. Leak of 60 dB: −52 dB.
TEST(Reflections, LightOfTheOtherDirection) {
  const Lane lane =
      lane_with({circulator(1.0, 60.0, "a"), joint(3.0, 190.0, "near"), joint(2.0, 46.0, "mirror"),
                 joint(1.0, 190.0, "far"), circulator(1.0, 60.0, "b")});
  const std::vector<double> found = decibels(lane);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_NEAR(found[0], -52.0, 1e-9);
  EXPECT_NEAR(found[1], -42.0, 1e-9);
}

// Without circulators the same mirror has no partner, and nothing beats.
TEST(Reflections, OneMirrorAloneDoesNothingToOneDirection) {
  EXPECT_TRUE(decibels(lane_with({joint(2.0, 46.0, "mirror")})).empty());
}

// Two connectors of 30 dB beat at −60 dB, but not through a circulator: what comes back leaves at its third
// port.
TEST(Reflections, CirculatorsPartPairs) {
  const auto near = joint(0.0, 30.0, "near"), far = joint(0.0, 30.0, "far");
  EXPECT_EQ(decibels(lane_with({near, far})).size(), 1u);
  EXPECT_NEAR(decibels(lane_with({near, far})).front(), -60.0, 1e-9);
  const auto a = circulator(0.0, 190.0, "a"), b = circulator(0.0, 190.0, "b");
  EXPECT_TRUE(decibels(lane_with({near, a, b, far})).empty());
  EXPECT_EQ(decibels(lane_with({near, far, a, b})).size(), 1u);
  EXPECT_EQ(decibels(lane_with({a, b, near, far})).size(), 1u);
  EXPECT_EQ(decibels(lane_with({a, near, far, b})).size(),
            3u);  // the pair, and each with the other direction
}

TEST(Reflections, OneCirculatorIsAMistake) {
  const Lane lane = lane_with({circulator(1.0, 50.0, "lonely")});
  try {
    make_plan(lane);
    FAIL() << "accepted";
  } catch (const Error& error) {
    EXPECT_STREQ(
        error.what(),
        "lane.chain.lonely: the light passes 1 circulator, one end of a fibre for both directions each "
        "(allowed: none, or two with the fibre between them)");
  }
}

}  // namespace
}  // namespace waverack::link
