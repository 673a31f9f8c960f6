// Delay and loss between polarisations, and the extinction ratio of polarisation-maintaining fibre. Expected
// values: closed forms by hand.

#include "waverack/parts/polarisation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "closed_forms.hpp"
#include "waverack/parts/pm_fibre.hpp"
#include "waverack/parts/polarisation_splitter.hpp"

namespace waverack::parts {
namespace {

// |H|² = 1 − 4·γ·(1 − γ)·sin²(πfτ): half and half is a cosine with its null at 1/(2τ).
TEST(Polarisation, DelayInClosedForm) {
  Polarisation part;
  part.delay = 2e-12;
  for (const double late : {0.0, 0.2, 0.5, 1.0}) {
    part.late = late;
    const Response h = intensity_response(part, {});
    for (const double f : {0.0, 30e9, 100e9, 250e9}) {
      const double sine = std::sin(std::numbers::pi * f * 2e-12);
      EXPECT_NEAR(std::norm(h(f)), 1.0 - 4.0 * late * (1.0 - late) * sine * sine, 1e-12);
    }
  }
  part.late = 0.5;
  EXPECT_LT(std::abs(intensity_response(part, {})(250e9)), 1e-12);
}

TEST(Polarisation, WorstLoss) {
  Polarisation part;
  part.pdl = from_db(0.4);
  EXPECT_NEAR(db(std::norm(response(part, {})(0.0))), -0.4, 1e-12);
}

// The paths lose 1 and 4 dB: all light in one gives these, half and half
// −10·log10(½·10^−0.1 + ½·10^−0.4) = 2.2460 dB.
TEST(PolarisationSplitter, LossOfBothPaths) {
  PolarisationSplitter part;
  part.insertion_loss = from_db(1.0);
  part.pdl = from_db(3.0);
  part.rotated = 0.0;
  EXPECT_NEAR(db(optical_loss(part)), 1.0, 1e-12);
  part.rotated = 1.0;
  EXPECT_NEAR(db(optical_loss(part)), 4.0, 1e-12);
  part.rotated = 0.5;
  EXPECT_NEAR(db(optical_loss(part)), 2.2460, 1e-4);
  EXPECT_NEAR(db(std::norm(response(part, {})(10e9))), -2.2460, 1e-4);
}

// The weaker path carries ½·10^−0.3/(½ + ½·10^−0.3) = 0.33386 of the current, so the null is not complete:
// 1 − 2·0.33386 = 0.33228 remain.
TEST(PolarisationSplitter, DelayWeighsWithTheLight) {
  PolarisationSplitter part;
  part.pdl = from_db(3.0);
  part.rotated = 0.5;
  part.delay = 2e-12;
  EXPECT_NEAR(std::abs(intensity_response(part, {})(250e9)), 0.33228, 1e-5);
  EXPECT_NEAR(std::abs(intensity_response(part, {})(0.0)), 1.0, 1e-12);
}

// One joint of 20 dB loses 10·log10(1 + 10^−2) = 0.0432 dB: 1/cos²θ = 1 + tan²θ. Two in phase turn by twice
// the angle: tan 2θ = 2·0.1/(1 − 0.01) = 0.20202, so 10·log10(1 + 0.20202²) = 0.1737 dB.
TEST(PmFibre, JointsAddTheirAngles) {
  PmFibre part;
  part.attenuation = 0.0;
  part.extinction_ratio = from_db(20.0);
  part.joints = 0;
  EXPECT_NEAR(optical_loss(part), 1.0, 1e-12);
  part.joints = 1;
  EXPECT_NEAR(db(optical_loss(part)), 0.0432, 1e-4);
  part.joints = 2;
  EXPECT_NEAR(db(optical_loss(part)), 0.1737, 1e-4);
  part.attenuation = 0.5 / 10.0 * std::log(10.0);
  part.length = 2.0;
  EXPECT_NEAR(db(optical_loss(part)), 1.1737, 1e-4);
}

}  // namespace
}  // namespace waverack::parts
