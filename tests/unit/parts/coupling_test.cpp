#include "waverack/parts/coupling.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "waverack/parts/connector.hpp"

namespace waverack::parts {
namespace {

double loss_db(double efficiency) { return -10.0 * std::log10(efficiency); }
constexpr double um = 1e-6, degree = M_PI / 180.0;

// Photonics facts 7.1, Gaussian overlap table.
TEST(Coupling, GaussianOverlapTable) {
  const double one_db = from_db(1.0), half_db = from_db(0.5);
  EXPECT_NEAR(offset_for_loss(9.2 * um, one_db) / um, 2.21, 0.006);
  EXPECT_NEAR(offset_for_loss(9.2 * um, half_db) / um, 1.56, 0.006);
  EXPECT_NEAR(tilt_for_loss(9.2 * um, one_db, 1310e-9) / degree, 2.49, 0.006);
  EXPECT_NEAR(offset_for_loss(4.0 * um, one_db) / um, 0.96, 0.006);
  EXPECT_NEAR(offset_for_loss(4.0 * um, half_db) / um, 0.68, 0.006);
  EXPECT_NEAR(tilt_for_loss(4.0 * um, one_db, 1310e-9) / degree, 5.7, 0.06);
  EXPECT_NEAR(loss_db(mismatch_efficiency(4.0 * um, 9.2 * um)), 2.72, 0.006);
  EXPECT_NEAR(loss_db(mismatch_efficiency(3.0 * um, 4.0 * um)), 0.35, 0.006);
  EXPECT_DOUBLE_EQ(mismatch_efficiency(9.2 * um, 9.2 * um), 1.0);
}

TEST(Coupling, ForwardAndInverseAgree) {
  EXPECT_NEAR(loss_db(offset_efficiency(9.2 * um, 9.2 * um, 2.2077 * um)), 1.0, 1e-3);
  EXPECT_NEAR(loss_db(tilt_efficiency(4.0 * um, 4.0 * um, 5.733 * degree, 1310e-9)), 1.0, 1e-3);
}

// At a gap of twice the Rayleigh range half of the light couples (Joyce and DeLoach 1984). z_R of a 9.2 µm
// mode at 1310 nm in air: π·(4.6 µm)²/1.31 µm = 50.7 µm.
TEST(Coupling, Gap) {
  EXPECT_DOUBLE_EQ(gap_efficiency(9.2 * um, 0.0, 1310e-9), 1.0);
  EXPECT_NEAR(gap_efficiency(9.2 * um, 101.49 * um, 1310e-9), 0.5, 1e-3);
}

// docs.nvidia.com cabling (photonics facts 7.1): LC 0.25 dB, return loss 55 dB.
TEST(Connector, LossAndReflection) {
  const Connector part;
  EXPECT_NEAR(10.0 * std::log10(std::norm(response(part, Conditions{})(1e9))), -0.25, 1e-9);
  EXPECT_NEAR(10.0 * std::log10(reflectance(part)), -55.0, 1e-9);
}

}  // namespace
}  // namespace waverack::parts
