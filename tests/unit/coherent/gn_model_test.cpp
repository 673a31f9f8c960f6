#include "waverack/coherent/gn_model.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "unit/coherent/nonlinear_snr.hpp"
#include "waverack/base/error.hpp"
#include "waverack/coherent/gn_integral.hpp"

namespace waverack::coherent {
namespace {

// Values of the closed form at 3 dBm, and of 800ZR at 0 dBm, from a program of its own; two digits printed.
TEST(GnModel, ClosedFormOfEqualSpans) {
  const double expected[] = {33.23, 30.22, 28.46, 27.21, 26.25};
  for (int spans = 1; spans <= 5; ++spans)
    EXPECT_NEAR(nonlinear_snr_db(gn_noise(equal_spans(spans))), expected[spans - 1], 0.011) << spans;
  Line line = equal_spans(1);
  line.channel.symbol_rate = 118.203350603e9;
  line.channel.power = 1e-3;
  EXPECT_NEAR(nonlinear_snr_db(gn_noise(line)), 43.44, 0.011);
}

TEST(GnModel, FallsByTwoDecibelsForEachOfPower) {
  Line line = equal_spans(3);
  line.neighbours.push_back(line.channel);
  line.neighbours[0].frequency += 75e9;
  const double before = nonlinear_snr_db(gn_noise(line, {.coherent = true}));
  line.channel.power *= from_db(1.0);
  line.neighbours[0].power *= from_db(1.0);
  EXPECT_NEAR(nonlinear_snr_db(gn_noise(line, {.coherent = true})), before - 2.0, 1e-9);
}

// The model takes a neighbour for noise of a density: a wide one is as good as its two halves, of any rates.
TEST(GnModel, NeighbourIsTheSumOfItsParts) {
  Line whole = equal_spans(2), parts = whole;
  Channel wide;
  wide.frequency = whole.channel.frequency + 150e9;
  wide.symbol_rate = 90e9;
  wide.power = 3e-3;
  whole.neighbours = {wide};
  Channel low = wide, high = wide;
  low.symbol_rate = 30e9;
  low.power = 1e-3;
  low.frequency = wide.frequency - 30e9;
  high.symbol_rate = 60e9;
  high.power = 2e-3;
  high.frequency = wide.frequency + 15e9;
  parts.neighbours = {low, high};
  const NonlinearNoise one = gn_noise(whole), two = gn_noise(parts);
  for (int span = 0; span < 2; ++span) EXPECT_NEAR(two.neighbours[span] / one.neighbours[span], 1.0, 1e-12);
}

// Without dispersion: (16/27)·(π/4)·(γ P L_eff)²; and no jump on the way there.
TEST(GnModel, LimitWithoutDispersion) {
  Line line = equal_spans(1);
  FibreSpan& span = std::get<FibreSpan>(line.elements[0].element);
  span.beta2 = 0.0;
  const double length = (1.0 - std::exp(-span.attenuation * span.length)) / span.attenuation;
  const double field = span.gamma * line.channel.power * length;
  const double limit = 16.0 / 27.0 * M_PI / 4.0 * field * field;
  EXPECT_NEAR(gn_noise(line).ratio() / limit, 1.0, 1e-12);
  for (const double beta2 : {1e-36, 1e-34, 1e-32, 1e-30}) {
    span.beta2 = beta2;
    EXPECT_NEAR(gn_noise(line).ratio() / limit, 1.0, 1e-6) << beta2;
  }
}

// What spans add by acting together, beside the integral: the pairs' formula holds where dispersion between
// spans is large; 15 %.
TEST(GnModel, CoherentPartOfTheIntegral) {
  for (const int spans : {2, 3, 5}) {
    const double integral = gn_integral(equal_spans(spans), {.rectangular = true}).coherence;
    const double pairs = gn_noise(equal_spans(spans), {.coherent = true}).coherence;
    EXPECT_NEAR(pairs / integral, 1.0, 0.15) << spans;
  }
}

// One span whose light is half noise: (1 + 1)³ times the interference.
TEST(GnModel, NoiseMakesInterferenceToo) {
  Line line = equal_spans(1);
  const double alone = gn_noise(line).ratio();
  const double noise =
      line.channel.power / (6.62607015e-34 * line.channel.frequency * line.channel.symbol_rate);
  line.elements.insert(line.elements.begin(),
                       {"noise", LineAmplifier{.gain = 1.0, .noise_figure = 1.0 + noise}});
  EXPECT_NEAR(gn_noise(line, {.noise = true}).ratio() / alone, 8.0, 1e-9);
  EXPECT_NEAR(gn_noise(line).ratio() / alone, 1.0, 1e-12);
}

TEST(GnModel, RefusesWhatIsNoFibre) {
  Line line = equal_spans(1);
  std::get<FibreSpan>(line.elements[0].element).length = -1.0;
  EXPECT_THROW(gn_noise(line), Error);
  line = equal_spans(1);
  line.channel.symbol_rate = 0.0;
  EXPECT_THROW(gn_noise(line), Error);
}

}  // namespace
}  // namespace waverack::coherent
