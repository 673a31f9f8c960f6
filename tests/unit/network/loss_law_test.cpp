#include "waverack/network/loss_law.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace waverack::network {
namespace {

struct Data {
  std::vector<double> f, loss;
};

template <class Law>
Data samples(const Law& law) {
  Data data;
  for (double f = 1e9; f < 50e9; f += 1e9) {
    data.f.push_back(f);
    data.loss.push_back(law(f));
  }
  return data;
}

TEST(LossLaw, FindsItsOwnCoefficients) {
  const Data data = samples([](double f) { return 0.02 + 3e-6 * std::sqrt(f) + 2e-11 * f; });
  const LossLaw law = fit_loss_law(data.f, data.loss, true);
  EXPECT_NEAR(law.constant, 0.02, 1e-8);
  EXPECT_NEAR(law.skin, 3e-6, 1e-12);
  EXPECT_NEAR(law.dielectric, 2e-11, 1e-17);
  EXPECT_NEAR(law.at(100e9), 0.02 + 3e-6 * std::sqrt(100e9) + 2.0, 1e-6);
}

TEST(LossLaw, WithoutDielectric) {
  const Data data = samples([](double f) { return 3e-6 * std::sqrt(f); });
  const LossLaw law = fit_loss_law(data.f, data.loss, false);
  EXPECT_NEAR(law.skin, 3e-6, 1e-12);
  EXPECT_EQ(law.dielectric, 0.0);
}

// Loss that falls with frequency has no law of this kind but its mean; a gain has none at all.
TEST(LossLaw, NeverNegative) {
  const Data falling = samples([](double f) { return 1.0 - 1e-11 * f; });
  const LossLaw law = fit_loss_law(falling.f, falling.loss, true);
  EXPECT_NEAR(law.constant, 0.75, 1e-12);  // the mean of 1 … 49 GHz is 25 GHz
  EXPECT_EQ(law.skin, 0.0);
  EXPECT_EQ(law.dielectric, 0.0);
  const Data gain = samples([](double) { return -0.5; });
  EXPECT_EQ(fit_loss_law(gain.f, gain.loss, true).at(10e9), 0.0);
}

TEST(LossLaw, FewSamples) {
  EXPECT_EQ(fit_loss_law({}, {}, true).at(1e9), 0.0);
  const std::vector<double> f{2e9}, loss{0.4};
  EXPECT_NEAR(fit_loss_law(f, loss, true).at(2e9), 0.4, 1e-12);
}

}  // namespace
}  // namespace waverack::network
