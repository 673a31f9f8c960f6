#include "waverack/compliance/effective_return_loss.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "two_ports.hpp"
#include "waverack/base/error.hpp"

namespace waverack::compliance {
namespace {

constexpr double erl_symbol_rate = 1e9;

// A transition that is short against the symbol and done well below the last frequency, 30 GHz.
EffectiveReturnLossSettings plain() {
  EffectiveReturnLossSettings settings;
  settings.transition_time = 50e-12;
  settings.receiver_filter = settings.window = false;
  settings.length = 40;
  settings.equalised = 0;
  return settings;
}

network::Network reflecting(const Spectrum& reflection) {
  return two_port(
      0.0, 10e6, 3001, [](double) { return 0.5; }, reflection);
}

constexpr ReflectedSignal signal{erl_symbol_rate, 4, 1e-5, 16};

// One reflection makes one sample: its outer level.
TEST(EffectiveReturnLoss, OfOneReflectionIsItsReturnLoss) {
  const EffectiveReturnLoss erl =
      effective_return_loss(reflecting([](double f) { return delayed(0.05, f, 5e-9); }), signal, plain());
  EXPECT_NEAR(erl.erl_db, -20.0 * std::log10(0.05), 1e-3);
  EXPECT_NEAR(erl.ports[0].erl_db, erl.ports[1].erl_db, 1e-9);
  EXPECT_EQ(erl.ports[0].value.size(), 640u);
}

// Two in different symbols: at an error ratio below (1/4)² both are at their outer levels; above, not.
TEST(EffectiveReturnLoss, AddsReflectionsByTheirProbability) {
  const network::Network n =
      reflecting([](double f) { return delayed(0.05, f, 5e-9) + delayed(0.03, f, 8e-9); });
  ReflectedSignal rare = signal;
  EXPECT_NEAR(effective_return_loss(n, rare, plain()).erl_db, -20.0 * std::log10(0.08), 1e-3);
  // Sums of ±5, ±5/3 and ±3, ±1: 8 and 6 have 1/16 each, so a probability of 0.1 lies at 6.
  rare.error_ratio = 0.1;
  EXPECT_NEAR(effective_return_loss(n, rare, plain()).erl_db, -20.0 * std::log10(0.06), 1e-3);
  rare.levels = 2;
  rare.error_ratio = 0.1;
  EXPECT_NEAR(effective_return_loss(n, rare, plain()).erl_db, -20.0 * std::log10(0.08), 1e-3);
}

// The values of 802.3 93A.5.2 at the ends; ρ(1 + ρ) of 0.618 is 1.
TEST(ReflectionGate, HasTheStandardsShape) {
  EXPECT_EQ(reflection_gate(-0.01, 6, 0.618, 0.0), 0.0);
  EXPECT_NEAR(reflection_gate(0.0, 6, 0.618, 0.0), std::exp(-1.0), 1e-4);
  EXPECT_NEAR(reflection_gate(3.5, 6, 0.618, 0.0), std::exp(-0.25), 1e-4);
  EXPECT_NEAR(reflection_gate(7.0, 6, 0.618, 0.0), 1.0, 1e-4);
  EXPECT_EQ(reflection_gate(7.01, 6, 0.618, 0.0), 1.0);
  EXPECT_NEAR(reflection_gate(7.0, 6, 0.3, 0.0), 0.39, 1e-12);
  // A rate of power r: exp(r·Δx/2) of amplitude, Δx before the end.
  EXPECT_NEAR(reflection_gate(5.0, 6, 0.618, 0.1) / reflection_gate(5.0, 6, 0.618, 0.0), std::exp(-0.1),
              1e-12);
  EXPECT_EQ(reflection_gate(0.5, 0, 0.618, 0.1), reflection_gate(0.5, 0, 0.618, 0.0));
}

// What comes before the end of the fixture does not count, and what the equaliser takes counts less: of the
// rectangle from 2.5 to 3.5 symbols the last samples are the largest behind a gate that opens until 7.
TEST(EffectiveReturnLoss, GatesTheReflections) {
  const network::Network n =
      reflecting([](double f) { return delayed(0.05, f, 2.5e-9) + delayed(0.02, f, 10.5e-9); });
  EffectiveReturnLossSettings settings = plain();
  settings.fixture_delay = {5e-9, 0.0};
  const EffectiveReturnLoss late = effective_return_loss(n, signal, settings);
  EXPECT_NEAR(late.ports[0].erl_db, -20.0 * std::log10(0.02), 1e-3);
  EXPECT_NEAR(late.ports[1].erl_db, -20.0 * std::log10(0.07), 1e-3);
  EXPECT_EQ(late.erl_db, late.ports[1].erl_db);
  settings.second_port_only = true;
  settings.fixture_delay = {0.0, 5e-9};
  EXPECT_NEAR(effective_return_loss(n, signal, settings).erl_db, -20.0 * std::log10(0.02), 1e-3);

  settings = plain();
  settings.equalised = 6;
  const EffectiveReturnLoss equalised = effective_return_loss(n, signal, settings);
  const std::vector<double>& pulse = equalised.ports[0].value;
  // Samples 16 to the symbol, half a sample late: number 52 is at 3.25 symbols, well inside of the pulse.
  EXPECT_NEAR(pulse[52], 0.05 * reflection_gate(3.25, 6, 0.618, 0.0), 1e-5);
  EXPECT_NEAR(pulse[176], 0.02, 1e-5);
  EXPECT_GT(equalised.erl_db, -20.0 * std::log10(0.07));
}

// A matched line of 100 ohm between 50 ohm references of its own reflects nothing; the same terminated with
// 50: −1/3 at once and (1 − 1/9)/3 after the round trip.
TEST(EffectiveReturnLoss, MovesToAnotherTermination) {
  const network::Network line = two_port(0.0, 10e6, 3001, [](double f) { return delayed(1.0, f, 4.25e-9); });
  EffectiveReturnLossSettings settings = plain();
  settings.termination = 50.0;
  settings.fixture_delay = {2e-9, 2e-9};
  // After 8.5 ns: the far end reflects −1/3 from inside, and 1 − 1/9 of it gets out; every further turn has
  // 1/9 of the one before, and all together (8/27)·9/8 = 1/3. What 1e-5 leaves out is the 17th.
  const EffectiveReturnLoss erl = effective_return_loss(line, {erl_symbol_rate, 2, 1e-5, 16}, settings);
  EXPECT_NEAR(erl.erl_db, 20.0 * std::log10(3.0), 5e-3);
}

TEST(EffectiveReturnLoss, SaysWhatTheDataLack) {
  EffectiveReturnLossSettings settings = plain();
  settings.length = 1000;
  const EffectiveReturnLoss erl =
      effective_return_loss(reflecting([](double f) { return delayed(0.05, f, 5e-9); }), signal, settings);
  // A step of 10 MHz shows 100 ns, 100 symbols.
  EXPECT_EQ(erl.ports[0].value.size(), 1600u);
  EXPECT_EQ(erl.remarks.size(), 1u);

  const network::Network short_data = two_port(0.0, 10e6, 40, [](double) { return 0.5; });
  EXPECT_THROW(effective_return_loss(short_data, signal, plain()), Error);
  ReflectedSignal bad = signal;
  bad.levels = 1;
  EXPECT_THROW(effective_return_loss(reflecting([](double) { return 0.1; }), bad, plain()), Error);
}

}  // namespace
}  // namespace waverack::compliance
