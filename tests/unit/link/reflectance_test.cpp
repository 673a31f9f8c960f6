// What comes back from a chain of reflectors.

#include "waverack/link/reflectance.hpp"

#include <gtest/gtest.h>

#include "lanes.hpp"

namespace waverack::link {
namespace {

// R1 + R2/L1² towards the fibre's end, and the modulator behind a connector the other way.
TEST(Reflectance, AddsWhatReflectorsBehindLossSendBack) {
  parts::MachZehnder modulator = lanes::ideal_modulator();
  modulator.return_loss = from_db(26.0);
  parts::Photodiode photodiode = lanes::ideal_photodiode(1.0);
  photodiode.return_loss = from_db(30.0);
  Lane lane =
      lanes::optical_lane(53.125e9, Modulation::pam4, lanes::ideal_transmitter(0.1), lanes::ideal_laser(1e-3),
                          modulator, photodiode, lanes::linear_tia(), lanes::plain_receiver(0.75));
  parts::Connector near, far;
  near.insertion_loss = from_db(1.5);
  near.return_loss = from_db(40.0);
  far.insertion_loss = from_db(0.5);
  far.return_loss = from_db(35.0);
  lane.chain.insert(lane.chain.begin() + 2,
                    {lanes::instance(near, "near"), lanes::instance(parts::TestPoint{}, "TP2"),
                     lanes::instance(parts::TestPoint{}, "TP3"), lanes::instance(far, "far")});
  const double back = from_db(-40.0) + from_db(-26.0 - 3.0), ahead = from_db(-35.0) + from_db(-30.0 - 1.0);
  for (const char* point : {"TP2", "TP3"}) {
    EXPECT_NEAR(reflectance_towards_modulator(lane, {}, point) / back, 1.0, 1e-12) << point;
    EXPECT_NEAR(reflectance_towards_photodiode(lane, {}, point) / ahead, 1.0, 1e-12) << point;
  }
  EXPECT_EQ(reflectance_towards_photodiode(lane, {}, "TP5"), 0.0);
}

}  // namespace
}  // namespace waverack::link
