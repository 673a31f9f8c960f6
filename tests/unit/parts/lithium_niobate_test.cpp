#include "waverack/parts/lithium_niobate.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "closed_forms.hpp"
#include "modulator_levels.hpp"
#include "waverack/parts/memoryless.hpp"
#include "waverack/signal/pam.hpp"

namespace waverack::parts {
namespace {

// No loss, no drift, perfect extinction, V_pi = 1 V.
LithiumNiobate ideal() {
  LithiumNiobate part;
  part.v_pi_l = part.length = 1e-2;
  part.bias_drift = part.waveguide_loss = 0.0;
  part.insertion_loss = 1.0;
  part.static_extinction = from_db(200.0);
  return part;
}

Conditions niobate_at_one_watt() {
  Conditions conditions;
  conditions.light.power = 1.0;
  return conditions;
}

std::vector<double> powers(const LithiumNiobate& part, const std::vector<float>& volts) {
  std::vector<std::complex<float>> field(volts.size());
  apply(part, niobate_at_one_watt(), std::span<const float>(volts), std::span<std::complex<float>>(field));
  std::vector<double> result;
  for (const auto& e : field) result.push_back(std::norm(std::complex<double>(e)));
  return result;
}

// The table of photonics facts 4.1 holds for any linear phase (facts: photonics 4.3): R_LM, outer ER,
// OMA/P_in.
TEST(LithiumNiobate, LevelTable) {
  for (const ModulatorLevels& row : modulator_levels) {
    const auto v = static_cast<float>(row.ratio / 2.0);
    const std::vector<double> p = powers(ideal(), {-v, -v / 3.0f, v / 3.0f, v});
    EXPECT_NEAR(signal::r_lm(p), row.r_lm, 1e-4) << row.ratio;
    EXPECT_NEAR(db(p[3] / p[0]), row.extinction_db, 0.006) << row.ratio;
    EXPECT_NEAR(db(p[3] - p[0]), row.oma_db, 0.006) << row.ratio;
  }
}

// Drift turns the working point: P = ½(1 + sin(πv − drift)), and R_LM falls.
TEST(LithiumNiobate, DriftMovesTheWorkingPoint) {
  LithiumNiobate part = ideal();
  part.bias_drift = 0.2;
  const std::vector<double> p = powers(part, {-0.2f, 0.0f, 0.3f});
  EXPECT_NEAR(p[0], 0.5 * (1.0 + std::sin(-0.2 * std::numbers::pi - 0.2)), 1e-6);
  EXPECT_NEAR(p[1], 0.5 * (1.0 + std::sin(-0.2)), 1e-6);
  EXPECT_NEAR(p[2], 0.5 * (1.0 + std::sin(0.3 * std::numbers::pi - 0.2)), 1e-6);
}

// The slope is the derivative of the law, here by differences of its printed form with finite extinction and
// loss.
TEST(LithiumNiobate, SlopeIsTheDerivative) {
  LithiumNiobate part;
  const std::vector<float> at{-0.9f, 0.0f, 0.4f};
  std::vector<float> result(at.size());
  slope(part, niobate_at_one_watt(), std::span<const float>(at), std::span<float>(result));
  for (std::size_t i = 0; i < at.size(); ++i) {
    const std::vector<double> p = powers(part, {at[i] - 0.05f, at[i] + 0.05f});
    EXPECT_NEAR(result[i], (p[1] - p[0]) / 0.1, 1e-3 * std::abs(result[i]));
  }
}

// 6.4 dB rule (facts: photonics 4.1): without walk-off the response is 1/√2 where the electrode loses 6.4 dB
// in all.
TEST(LithiumNiobate, BandwidthFollowsTheElectrodeLoss) {
  const LithiumNiobate part;
  const Response h = input_response(part, niobate_at_one_watt());
  const double loss_at_reference = 6.3 * 0.7;  // dB
  const double f = 50e9 * std::pow(6.4 / loss_at_reference, 2.0);
  EXPECT_NEAR(std::abs(h(f)), std::numbers::sqrt2 / 2.0, 0.003);
  EXPECT_NEAR(std::abs(h(0.0)), 1.0, 1e-12);
}

}  // namespace
}  // namespace waverack::parts
