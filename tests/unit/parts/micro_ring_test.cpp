#include "waverack/parts/micro_ring.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "unit/base/message_of.hpp"
#include "waverack/parts/part.hpp"

namespace waverack::parts {
namespace {

using std::numbers::pi;
constexpr double c = 299792458.0;

// Linear tuning, no loss beside the ring, 2 mW at 1310 nm.
MicroRing linear_ring() {
  MicroRing part;
  part.built_in_voltage = 1e9;
  part.insertion_loss = 1.0;
  return part;
}
Conditions conditions_of(double power) {
  Conditions conditions;
  conditions.light = {power, 0.0, 0.0, 1310e-9, {}};
  return conditions;
}

std::vector<double> powers(const MicroRing& part, const Conditions& conditions,
                           const std::vector<float>& volts) {
  std::vector<std::complex<float>> field(volts.size());
  apply(part, conditions, std::span<const float>(volts), std::span<std::complex<float>>(field));
  std::vector<double> result;
  for (const auto& e : field) result.push_back(std::norm(std::complex<double>(e)));
  return result;
}

// Slowly, the light is the Lorentzian T = 1 − (1 − 1/X)/(1 + x²), x the detuning in half-widths; a volt moves
// it by the tuning over half of the width λ/Q.
TEST(MicroRing, SlowLightIsTheLorentzian) {
  MicroRing part = linear_ring();
  for (const Coupling coupled : {Coupling::under, Coupling::over}) {
    part.coupled = coupled;
    for (const double detuning : {-1.5, 0.0, 0.8}) {
      part.detuning = detuning;
      const std::vector<double> p = powers(part, conditions_of(2e-3), {-3.0f, 0.0f, 5.0f});
      const double per_volt = 16.3e-12 / (0.5 * 1310e-9 / 3700.0);
      std::size_t i = 0;
      for (const double v : {-3.0, 0.0, 5.0}) {
        const double x = detuning + per_volt * v;
        EXPECT_NEAR(p[i++] / 2e-3, 1.0 - (1.0 - std::pow(10.0, -1.6)) / (1.0 + x * x), 1e-6);
      }
    }
  }
}

// Facts photonics 4.2: 1/τ_e = (1 − γ²)·c/(2·n_g·L), 1/τ_l = (1 − α²)·c/(2·n_g·L), and c/(n_g·L) is the free
// spectral range. Given so, the ring is the one of the same Q and depth.
TEST(MicroRing, CouplingAndLossInsteadOfQ) {
  MicroRing part = linear_ring();
  part.coupling = 0.08;
  part.round_trip_loss = from_db(0.5);
  const Conditions conditions = conditions_of(0.0);
  const CoupledMode mode = coupled_mode(part, conditions);
  const double range = c / (1310e-9 * 1310e-9) * 5.7e-9;  // [Hz]
  EXPECT_NEAR(mode.external / (0.08 * range / 2.0), 1.0, 1e-9);
  EXPECT_NEAR(mode.internal / ((1.0 - std::pow(10.0, -0.05)) * range / 2.0), 1.0, 1e-9);

  MicroRing same = linear_ring();
  same.loaded_q = pi * c / 1310e-9 / mode.half_width();
  const double bottom = (mode.internal - mode.external) / mode.half_width();
  same.resonance_extinction = 1.0 / (bottom * bottom);
  same.coupled = bottom > 0.0 ? Coupling::under : Coupling::over;
  EXPECT_NEAR(coupled_mode(same, conditions).external / mode.external, 1.0, 1e-9);
  EXPECT_NEAR(coupled_mode(same, conditions).internal / mode.internal, 1.0, 1e-9);
}

TEST(MicroRing, CouplingAndLossGoTogether) {
  const auto read = [](const char* key, Node value) {
    Table table;
    table.set("part", Node("micro_ring"));
    table.set(key, std::move(value));
    const ReadSources sources;
    ReadContext context(sources);
    std::vector<Instance> list;
    field_type<std::vector<Instance>>().read(context, Field{}, Node(Array{Node(std::move(table))}),
                                             "lane.chain", &list);
  };
  EXPECT_EQ(message_of([&] { read("coupling", Node(0.1)); }),
            "lane.chain.micro_ring.coupling: a coupling counts only with a loss (allowed: round_trip_loss "
            "above 0 dB "
            "beside it)");
  EXPECT_EQ(
      message_of([&] { read("round_trip_loss", Node("0.2 dB")); }),
      "lane.chain.micro_ring.round_trip_loss: a loss counts only with a coupling (allowed: coupling above 0 "
      "beside it, or loaded_q and resonance_extinction instead)");
}

// The junction: full tuning per volt at the bias, less beyond it: 2·V_b·√(1 + U/V_b)·Δ√(1 + V/V_b).
TEST(MicroRing, DepletionSaturates) {
  MicroRing part = linear_ring(), straight = part;
  part.built_in_voltage = 0.9;
  part.bias_voltage = 2.0;
  for (const double v : {-1.5, 0.01, 3.0}) {
    const double g = 2.0 * 0.9 * std::sqrt(1.0 + 2.0 / 0.9) *
                     (std::sqrt(1.0 + (2.0 + v) / 0.9) - std::sqrt(1.0 + 2.0 / 0.9));
    const Conditions conditions = conditions_of(1e-3);
    EXPECT_NEAR(powers(part, conditions, {static_cast<float>(v)})[0],
                powers(straight, conditions, {static_cast<float>(g)})[0], 1e-9)
        << v;
  }
}

// With a loss that falls with the voltage the slope is still the derivative of the light, on both flanks.
TEST(MicroRing, SlopeIsTheDerivative) {
  MicroRing part;
  part.loss_change = 0.05;
  const std::vector<float> at{-1.5f, 0.0f, 2.0f};
  for (const double detuning : {-1.0, 0.4, 1.0}) {
    part.detuning = detuning;
    std::vector<float> result(at.size());
    slope(part, conditions_of(1.0), std::span<const float>(at), std::span<float>(result));
    for (std::size_t i = 0; i < at.size(); ++i) {
      const std::vector<double> p = powers(part, conditions_of(1.0), {at[i] - 0.02f, at[i] + 0.02f});
      EXPECT_NEAR(result[i], (p[1] - p[0]) / 0.04, 2e-5) << detuning << " at " << at[i];
    }
  }
}

// 10 K at 60 pm/K are 600 pm that a heater of 73 pm/mW need not give. A chip that is too warm takes the next
// resonance, and over a whole range of temperatures the mean is half of a free spectral range.
TEST(MicroRing, TheLockTakesTheHeaterBack) {
  const MicroRing part;
  Conditions conditions;
  const double cold = power(part, conditions);
  conditions.temperature += 10.0;
  EXPECT_NEAR(cold - power(part, conditions), 600.0 / 73.0 * 1e-3, 1e-9);
  conditions.temperature += 40.0;  // 3 nm, and the heater had 2.85 nm to give
  EXPECT_NEAR(power(part, conditions), (2.85 - 3.0 + 5.7) / 0.073 * 1e-3, 1e-9);
  // The light of a locked ring does not know the temperature.
  EXPECT_EQ(powers(part, conditions_of(1e-3), {0.5f}), [&] {
    Conditions warm = conditions_of(1e-3);
    warm.temperature += 7.0;
    return powers(part, warm, {0.5f});
  }());
}

// Absorbed light heats as the heater does: at one half-width half of (1 − 1/X) of 5 mW is absorbed.
TEST(MicroRing, LightTakesTheHeaterBackToo) {
  MicroRing part;
  part.detuning = 1.0;
  part.absorbed_heat = 0.8;
  const double absorbed = 5e-3 * 0.5 * (1.0 - std::pow(10.0, -1.6));
  EXPECT_NEAR(power(part, conditions_of(0.0)) - power(part, conditions_of(5e-3)), 0.8 * absorbed, 1e-9);
}

// Without a lock 3 K move a resonance of 177 pm half-width by 180 pm to longer waves.
TEST(MicroRing, AFreeRingDrifts) {
  MicroRing part = linear_ring();
  part.locked = false;
  part.absorbed_heat = 0.0;
  Conditions conditions = conditions_of(1e-3);
  EXPECT_TRUE(remarks(part, conditions).empty());
  conditions.temperature += 3.0;
  const double x = 1.0 + 180e-12 / (0.5 * 1310e-9 / 3700.0);
  EXPECT_NEAR(powers(part, conditions, {0.0f})[0] / 1e-3, 1.0 - (1.0 - std::pow(10.0, -1.6)) / (1.0 + x * x),
              1e-6);
  EXPECT_THAT(remarks(part, conditions),
              testing::ElementsAre("not locked: heat moves the detuning from 1.00 to 2.02 half-widths"));
}

// A free ring heats itself to where x = x_0 + s/(1 + x²) with s of the light it gets, and the light of apply
// is the one of that state.
TEST(MicroRing, AFreeRingHeatsItself) {
  MicroRing part = linear_ring();
  part.locked = false;
  part.detuning = 0.3;
  const Conditions conditions = conditions_of(4e-3);
  const double depth = 1.0 - std::pow(10.0, -1.6);
  const double s = 4e-3 * depth * 0.9 * 73e-9 / (0.5 * 1310e-9 / 3700.0);
  ASSERT_EQ(thermal_states(part, conditions).size(), 1u);
  const double x = thermal_states(part, conditions)[0];
  EXPECT_NEAR(x, 0.3 + s / (1.0 + x * x), 1e-6);
  EXPECT_NEAR(powers(part, conditions, {0.0f})[0] / 4e-3, 1.0 - depth / (1.0 + x * x), 1e-6);
}

// A ring that swings writes the heat of its mean: with the drive of a whole pattern the free state moves.
TEST(MicroRing, HeatIsTheMeanOverThePattern) {
  MicroRing part = linear_ring();
  part.locked = false;
  part.tuning = 100e-12;
  const Conditions conditions = conditions_of(4e-3);
  const double depth = 1.0 - std::pow(10.0, -1.6), half_width = 0.5 * 1310e-9 / 3700.0;
  const double s = 4e-3 * depth * 0.9 * 73e-9 / half_width, swing = 100e-12 / half_width;
  const auto share = [](double x) { return 1.0 / (1.0 + x * x); };
  double x = 1.0;
  for (int i = 0; i < 200; ++i) {
    const double next = 1.0 + s * 0.5 * (share(x + swing) + share(x - swing));
    x += 0.3 * (next - x);
  }
  const std::vector<double> p = powers(part, conditions, {1.0f, -1.0f, 1.0f, -1.0f});
  EXPECT_NEAR(p[0] / 4e-3, 1.0 - depth * share(x + swing), 1e-5);
  EXPECT_NEAR(p[1] / 4e-3, 1.0 - depth * share(x - swing), 1e-5);
}

TEST(MicroRing, SaysWhenItIsBistable) {
  MicroRing part;
  part.locked = false;
  part.detuning = -3.2;
  const std::vector<std::string> list = remarks(part, conditions_of(10e-3));
  ASSERT_EQ(list.size(), 2u);
  EXPECT_THAT(list[1], testing::HasSubstr("bistable: absorbed light allows detunings of"));
  EXPECT_EQ(thermal_states(part, conditions_of(10e-3)).size(), 3u);
  EXPECT_NEAR(
      coupled_mode(part, conditions_of(10e-3)).detuning / coupled_mode(part, conditions_of(0.0)).half_width(),
      thermal_states(part, conditions_of(10e-3))[2], 1e-9);
}

// On the red side with much light a lock must be faster than the heat.
TEST(MicroRing, SaysWhenTheLockIsUnstable) {
  MicroRing part;
  part.detuning = -0.6;
  EXPECT_THAT(remarks(part, conditions_of(10e-3)),
              testing::Contains(testing::HasSubstr("only a lock that is faster")));
  part.detuning = 0.6;
  EXPECT_THAT(remarks(part, conditions_of(10e-3)),
              testing::Not(testing::Contains(testing::HasSubstr("only a lock that is faster"))));
}

// Random symbols through a low-pass: the share of the slow response times √(T/(2τ)), τ shortened by the
// feedback. At 1 MBd and 5 µs the heat follows the data; at 53 GBd it does not.
TEST(MicroRing, SaysWhenTheBaselineWanders) {
  MicroRing part;
  Conditions conditions = conditions_of(2e-3);
  conditions.symbol_rate = 53e9;
  EXPECT_TRUE(remarks(part, conditions).empty());
  conditions.symbol_rate = 1e6;
  EXPECT_THAT(remarks(part, conditions),
              testing::ElementsAre(testing::HasSubstr("self-heating follows the data")));
}

TEST(MicroRing, SaysWhenTheFinesseIsLow) {
  MicroRing part;
  part.loaded_q = 500.0;
  EXPECT_THAT(
      remarks(part, conditions_of(1e-6)),
      testing::ElementsAre("coupled-mode theory knows one resonance; with a finesse of 2.2 the next one "
                           "is near"));
}

}  // namespace
}  // namespace waverack::parts
