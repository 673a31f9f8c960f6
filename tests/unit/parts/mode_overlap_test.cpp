// Gaussian overlap against the table of photonics facts 7.1 (two digits after the point, so half of the
// last), and against the overlap integral of two beams.

#include "waverack/parts/mode_overlap.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numbers>

#include "waverack/parts/connector.hpp"

namespace waverack::parts {
namespace {

using std::numbers::pi;

double loss_db(const Joint& joint) { return -10.0 * std::log10(mode_overlap(joint)); }

Joint fields(double a, double b) {
  Joint joint;
  joint.mode_field_a = a;
  joint.mode_field_b = b;
  return joint;
}

TEST(ModeOverlap, OffsetsOfTheTable) {
  const auto at = [](double field, double offset) {
    Joint joint = fields(field, field);
    joint.offset = offset;
    return loss_db(joint);
  };
  // An offset d costs d² · const, so the last digit of the offset is 2·0.005/d of the loss.
  EXPECT_NEAR(at(9.2e-6, 2.21e-6), 1.0, 0.005);
  EXPECT_NEAR(at(9.2e-6, 1.56e-6), 0.5, 0.004);
  EXPECT_NEAR(at(4e-6, 0.96e-6), 1.0, 0.011);
  EXPECT_NEAR(at(4e-6, 0.68e-6), 0.5, 0.008);
}

TEST(ModeOverlap, AnglesOfTheTable) {
  const auto at = [](double field, double degrees) {
    Joint joint = fields(field, field);
    joint.tilt = degrees * pi / 180.0;
    return loss_db(joint);
  };
  EXPECT_NEAR(at(9.2e-6, 2.49), 1.0, 0.005);
  EXPECT_NEAR(at(4e-6, 5.7), 1.0, 0.018);
}

TEST(ModeOverlap, MismatchOfTheTable) {
  EXPECT_NEAR(loss_db(fields(4e-6, 9.2e-6)), 2.72, 0.005);
  EXPECT_NEAR(loss_db(fields(3e-6, 4e-6)), 0.35, 0.005);
  EXPECT_DOUBLE_EQ(loss_db(fields(9.2e-6, 9.2e-6)), 0.0);
}

// |∫∫ E_a*·E_b|² of the beam of one mode behind the gap and the other mode, in the paraxial approximation.
double integrated(const Joint& joint) {
  const double wavelength = joint.wavelength / joint.index, k = 2.0 * pi / wavelength;
  const double a = joint.mode_field_a / 2, b = joint.mode_field_b / 2, z = joint.gap;
  const double range = pi * a * a / wavelength, width = a * std::hypot(1.0, z / range);
  const double curvature = z > 0.0 ? z / (z * z + range * range) : 0.0;  // 1/R
  const double step = b / 40.0;
  std::complex<double> sum = 0.0;
  double of_a = 0.0, of_b = 0.0;
  for (double x = -6.0 * b; x <= 6.0 * b; x += step)
    for (double y = -6.0 * b; y <= 6.0 * b; y += step) {
      // The beam leaves with a tilt from an axis that is `offset` away.
      const double u = x - joint.offset - joint.tilt * z;
      const std::complex<double> beam =
          std::exp(-(u * u + y * y) / (width * width)) *
          std::polar(1.0, -k * (0.5 * curvature * (u * u + y * y) + joint.tilt * u));
      const double mode = std::exp(-(x * x + y * y) / (b * b));
      sum += beam * mode;
      of_a += std::norm(beam);
      of_b += mode * mode;
    }
  return std::norm(sum) / (of_a * of_b);
}

TEST(ModeOverlap, IsTheOverlapIntegral) {
  Joint joint = fields(4e-6, 6e-6);
  joint.offset = 0.7e-6;
  EXPECT_NEAR(mode_overlap(joint), integrated(joint), 1e-4);
  joint.gap = 10e-6;
  EXPECT_NEAR(mode_overlap(joint), integrated(joint), 2e-3);
  joint.offset = 0.0;
  joint.tilt = 0.05;
  joint.gap = 0.0;
  EXPECT_NEAR(mode_overlap(joint), integrated(joint), 1e-4);
  // Equal modes across a gap: 1/(1 + (z/2z_R)²), D. Marcuse, Bell Syst. Tech. J. 56 (1977) 703, eq. 41.
  Joint gap = fields(9.2e-6, 9.2e-6);
  gap.gap = 20e-6;
  const double range = pi * 4.6e-6 * 4.6e-6 / 1310e-9;
  EXPECT_NEAR(mode_overlap(gap), 1.0 / (1.0 + std::pow(20e-6 / (2.0 * range), 2)), 1e-12);
}

TEST(ModeOverlap, AConnectorLosesMoreWhereItIsNotAligned) {
  Connector connector;
  connector.insertion_loss = from_db(1.5);
  connector.mode_field = connector.mode_field_2 = 4e-6;
  connector.offset_x = 0.6e-6;
  connector.offset_y = -0.748e-6;  // 0.96 um together
  EXPECT_NEAR(10.0 * std::log10(optical_loss(connector)), 2.5, 0.011);
  EXPECT_NEAR(20.0 * std::log10(std::abs(response(connector, {})(1e9))), -2.5, 0.011);
  // Different modes lose nothing beyond the stated loss where they are aligned.
  connector.mode_field_2 = 9.2e-6;
  connector.offset_x = connector.offset_y = 0.0;
  EXPECT_DOUBLE_EQ(optical_loss(connector), from_db(1.5));
}

}  // namespace
}  // namespace waverack::parts
