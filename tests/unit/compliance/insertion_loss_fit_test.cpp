#include "waverack/compliance/insertion_loss_fit.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "two_ports.hpp"
#include "waverack/base/error.hpp"
#include "waverack/compliance/spectral_weight.hpp"

namespace waverack::compliance {
namespace {

constexpr double fit_symbol_rate = 50e9;

double law(double f) { return 0.3 + 1.5e-5 * std::sqrt(f) + 2e-10 * f + 3e-21 * f * f; }

network::Network with_loss(double first, double step, std::size_t points,
                           const std::function<double(double)>& loss) {
  return two_port(first, step, points,
                  [&](double f) { return std::polar(std::pow(10.0, -loss(f) / 20.0), -1e-10 * f); });
}

// A loss that is of the form fitted comes back.
TEST(InsertionLossFit, RecoversItsOwnLaw) {
  const network::Network n = with_loss(0.0, 10e6, 6001, law);
  const InsertionLossFit fit = fit_insertion_loss(n, fit_symbol_rate);
  EXPECT_NEAR(fit.constant, 0.3, 1e-9);
  EXPECT_NEAR(fit.root / 1.5e-5, 1.0, 1e-8);
  EXPECT_NEAR(fit.linear / 2e-10, 1.0, 1e-8);
  EXPECT_NEAR(fit.square / 3e-21, 1.0, 1e-7);
  EXPECT_NEAR(fit.at(25e9), law(25e9), 1e-9);
  EXPECT_NEAR(fit.deviation_rms_db, 0.0, 1e-9);
  EXPECT_EQ(fit.lowest_frequency, 0.0);
  EXPECT_NEAR(fit.highest_frequency, 50e9, 1.0);  // the symbol rate, though the data go on
}

// A fast ripple of amplitude A is not fitted; seen through the weight its rms is A/√2 times the rms weight.
TEST(InsertionLossFit, CallsTheRippleADeviation) {
  const double ripple = 0.2;
  const network::Network n = with_loss(
      0.0, 10e6, 5001, [&](double f) { return 3.0 + ripple * std::cos(2.0 * std::numbers::pi * f / 0.5e9); });
  InsertionLossFitSettings settings;
  settings.transition_time = 10e-12;
  double weight = 0.0;
  for (const double f : n.frequencies) weight += spectral_weight(f, fit_symbol_rate, 23.65e9, 37.5e9);
  weight /= static_cast<double>(n.points());
  const InsertionLossFit fit = fit_insertion_loss(n, fit_symbol_rate, settings);
  // The fit follows about the hundredth part of the ripple: a hundred periods, four terms.
  EXPECT_NEAR(fit.deviation_rms_db, ripple * std::sqrt(0.5 * weight), 0.02 * ripple);
}

// The weight |S21|² of the standard: where half of the band has 60 dB more loss, the other half decides.
TEST(InsertionLossFit, TrustsWhatIsTransmitted) {
  const network::Network n = with_loss(0.0, 10e6, 5001, [](double f) { return f < 25e9 ? 5.0 : 80.0; });
  const InsertionLossFit fit = fit_insertion_loss(n, fit_symbol_rate);
  for (const double f : {1e9, 12e9, 24e9}) EXPECT_NEAR(fit.at(f), 5.0, 0.2);
}

TEST(InsertionLossFit, RefusesWhatCannotBeFitted) {
  EXPECT_THROW(fit_insertion_loss(with_loss(0.0, 20e9, 3, law), fit_symbol_rate), Error);
  EXPECT_THROW(fit_insertion_loss(with_loss(0.0, 10e6, 100, law), 0.0), Error);
  EXPECT_THROW(fit_insertion_loss(two_port(0.0, 1e9, 40, [](double) { return 0.0; }), fit_symbol_rate),
               Error);
}

TEST(InsertionLossFit, ReadsTheLossBetweenPoints) {
  const network::Network n = with_loss(1e9, 1e9, 10, [](double f) { return 2.0 + f / 1e9; });
  EXPECT_NEAR(loss_db(n, 2, 1, 1e9), 3.0, 1e-12);
  EXPECT_NEAR(loss_db(n, 2, 1, 4.25e9), 6.25, 1e-12);
  EXPECT_NEAR(loss_db(n, 1, 1, 4.25e9), 300.0, 1e-12);
  EXPECT_THROW(loss_db(n, 2, 1, 0.5e9), Error);
  EXPECT_THROW(loss_db(n, 2, 1, 10.5e9), Error);
}

// Half of the power at the −3 dB frequencies, nothing at the symbol rate.
TEST(SpectralWeight, HasItsCornersAndZeros) {
  EXPECT_EQ(spectral_weight(0.0, 1e9, 2e9, 3e9), 1.0);
  EXPECT_NEAR(spectral_weight(2e9, 1e15, 2e9, 1e15), 0.5, 1e-9);
  EXPECT_NEAR(spectral_weight(3e9, 1e15, 1e15, 3e9), 0.5, 1e-9);
  EXPECT_NEAR(spectral_weight(1e9, 1e9, 2e9, 3e9), 0.0, 1e-12);
  EXPECT_NEAR(spectral_weight(0.5e9, 1e9, 1e15, 1e15), std::pow(2.0 / std::numbers::pi, 2), 1e-12);
  // 802.3ck sheets: 7.5 ps at 53.125 GBd is a ratio of 0.59357.
  EXPECT_NEAR(transmitter_bandwidth(7.5e-12) / 53.125e9, 0.59357, 5e-6);
}

}  // namespace
}  // namespace waverack::compliance
