#include "waverack/signal/eye.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/signal/outer_levels.hpp"
#include "waverack/signal/pam.hpp"
#include "waverack/signal/pattern.hpp"
#include "waverack/signal/special.hpp"

namespace waverack::signal {
namespace {

using Symbols = std::vector<std::uint8_t>;
constexpr double symbol_rate_hz = 50e9;

// Each symbol goes from the level before to its own along edge(u), u in UI from the boundary, edge from 0 to
// 1 within |u| < ½; shifted late by `delay` samples. Symbol 0 is centred at delay + (samples_per_symbol −
// 1)/2.
template <class Edge>
Waveform make(const Symbols& symbols, const std::vector<double>& levels, int samples_per_symbol, int delay,
              Edge edge) {
  const std::size_t count = symbols.size(), size = count * static_cast<std::size_t>(samples_per_symbol);
  Waveform waveform{std::vector<float>(size), symbol_rate_hz * samples_per_symbol, samples_per_symbol};
  for (std::size_t i = 0; i < size; ++i) {
    const double time =
        (static_cast<double>(i) + 0.5) / samples_per_symbol;  // UI; boundaries at whole numbers
    const auto boundary = static_cast<std::size_t>(std::floor(time + 0.5));
    const double before = levels[symbols[(boundary + count - 1) % count]],
                 after = levels[symbols[boundary % count]];
    waveform.samples[(i + static_cast<std::size_t>(delay)) % size] =
        static_cast<float>(before + (after - before) * edge(time - static_cast<double>(boundary)));
  }
  return waveform;
}
double sharp(double u) { return u < 0.0 ? 0.0 : 1.0; }
// Straight over half a UI.
double ramp(double u) { return std::clamp(0.5 + 2.0 * u, 0.0, 1.0); }
// The edge of a Gaussian filter of sigma 0.12 UI.
double smooth(double u) { return 1.0 - q_function(u / 0.12); }

// SSPRQ, rectangular, 0.5/1/1.5/2 mW: everything by hand. OMA = 1.5, ER = 4, average from the counts of
// section 2.3.
TEST(EyeMetrics, RectangularPam4ByHand) {
  const Symbols symbols = symbols_of(PatternName::ssprq);
  const Waveform waveform = make(symbols, {0.5, 1.0, 1.5, 2.0}, 16, 1234567 % (65535 * 16), sharp);
  const EyeMetrics metrics = measure_eye(waveform, symbols, 4);
  EXPECT_NEAR(metrics.sampling_time, 1234567 % (65535 * 16) + 7.5, 1.0);
  for (std::size_t level = 0; level < 4; ++level) {
    EXPECT_NEAR(metrics.level_means[level], 0.5 + 0.5 * static_cast<double>(level), 1e-6);
    EXPECT_NEAR(metrics.level_rms[level], 0.0, 1e-6);
  }
  for (std::size_t eye = 0; eye < 3; ++eye) {
    EXPECT_NEAR(metrics.inner_heights[eye], 0.5, 1e-6);
    EXPECT_NEAR(metrics.eye_heights[eye], 0.5, 1e-3);
    EXPECT_NEAR(metrics.eye_widths_ui[eye], 1.0, 0.07);  // the samples next to a boundary are 1/16 UI apart
  }
  EXPECT_NEAR(metrics.r_lm, 1.0, 1e-6);
  EXPECT_TRUE(metrics.oma_from_runs);
  EXPECT_NEAR(metrics.oma_outer, 1.5, 1e-6);
  EXPECT_NEAR(metrics.extinction_ratio, 4.0, 1e-5);
  EXPECT_NEAR(metrics.average, (0.5 * 15215 + 17553 + 1.5 * 17552 + 2.0 * 15215) / 65535.0, 1e-6);
}

// With straight edges over half a UI (τ = 0.5): the 3 ↔ 0 edge passes the middle of the outer eye at 5/6 and
// 1/6 of its way, so the outer width is 1 − 2τ/3 = 0.667 UI; the 1 ↔ 3 and 2 ↔ 0 edges pass 0 at 1/4 and 3/4,
// so the middle one is 1 − τ/2 = 0.75 UI.
TEST(EyeMetrics, WidthsOfStraightEdges) {
  const Symbols symbols = symbols_of(PatternName::prbs13q);
  const EyeMetrics metrics = measure_eye(make(symbols, pam_levels(4), 16, 40, ramp), symbols, 4);
  EXPECT_NEAR(metrics.eye_widths_ui[0], 2.0 / 3.0, 0.02);
  EXPECT_NEAR(metrics.eye_widths_ui[1], 0.75, 0.02);
  EXPECT_NEAR(metrics.eye_widths_ui[2], 2.0 / 3.0, 0.02);
  // 20–80 % of a straight edge of half a UI: 0.3 UI = 6 ps.
  EXPECT_NEAR(metrics.transition_time, 0.3 / symbol_rate_hz, 0.01 / symbol_rate_hz);
}

// Edges of a Gaussian filter have the 20–80 % time 1.6832·σ.
TEST(EyeMetrics, TransitionTimeOfGaussianEdges) {
  const Symbols symbols = symbols_of(PatternName::ssprq);
  const Waveform waveform = make(symbols, {0.0, 1.0, 2.0, 3.0}, 16, 0, smooth);
  const EyeMetrics metrics = measure_eye(waveform, symbols, 4);
  EXPECT_NEAR(metrics.transition_time * symbol_rate_hz / (1.6832 * 0.12), 1.0, 0.01);
  EXPECT_NEAR(metrics.oma_outer, 3.0, 1e-4);
}

// Two levels ±1 with normal noise: height 2 − 2σ·Q⁻¹(p). The edges leave Q(0.5/0.12) = 1.5e-5 at the middle
// of a symbol.
TEST(EyeMetrics, HeightAtAProbability) {
  const Symbols symbols = symbols_of(PatternName::prbs9);
  const Waveform waveform = make(symbols, pam_levels(2), 16, 0, smooth);
  for (const double probability : {1e-3, 1e-6, 1e-15}) {
    EyeOptions options;
    options.noise_rms = 0.1;
    options.probability = probability;
    const EyeMetrics metrics = measure_eye(waveform, symbols, 2, options);
    EXPECT_NEAR(metrics.eye_heights[0], 2.0 - 0.2 * inverse_q(probability), 1.5e-3);
    EXPECT_NEAR(metrics.inner_heights[0], 2.0, 5e-5);
    EXPECT_FALSE(metrics.oma_from_runs);
    EXPECT_NEAR(metrics.oma_outer, 2.0, 5e-5);
    EXPECT_TRUE(std::isnan(metrics.r_lm));
    EXPECT_TRUE(std::isnan(metrics.extinction_ratio));  // the lower level is negative
  }
  EyeOptions noisy;
  noisy.noise_rms = 0.5;  // 2 − 2·0.5·4.75 < 0
  const EyeMetrics closed = measure_eye(waveform, symbols, 2, noisy);
  EXPECT_NEAR(closed.eye_heights[0], 2.0 - inverse_q(1e-6), 5e-3);
  EXPECT_EQ(closed.eye_widths_ui[0], 0.0);
}

TEST(EyeMetrics, LevelMismatchIsRecovered) {
  const Symbols symbols = symbols_of(PatternName::prbs13q);
  EXPECT_NEAR(measure_eye(make(symbols, pam4_levels(0.92), 8, 3, ramp), symbols, 4).r_lm, 0.92, 1e-4);
}

// PRBS9Q has neither 7 threes nor 6 zeros in a row.
TEST(EyeMetrics, WithoutRunsTheLevelMeansServe) {
  const Symbols symbols = symbols_of(PatternName::prbs9q);
  const EyeMetrics metrics = measure_eye(make(symbols, {1.0, 2.0, 3.0, 4.0}, 8, 0, sharp), symbols, 4);
  EXPECT_FALSE(metrics.oma_from_runs);
  EXPECT_NEAR(metrics.oma_outer, 3.0, 1e-5);
}

TEST(EyeMetrics, RunMeans) {
  // Two runs of 7 with different heights, one of 8: only the exact ones count.
  const std::vector<double> levels{0.0, 1.0};
  Symbols symbols(40);
  std::fill_n(symbols.begin() + 2, 7, 1);
  std::fill_n(symbols.begin() + 12, 7, 1);
  std::fill_n(symbols.begin() + 22, 8, 1);
  Waveform waveform = make(symbols, levels, 4, 0, sharp);
  for (int i = 12 * 4; i < 19 * 4; ++i) waveform.samples[static_cast<std::size_t>(i)] = 3.0f;
  EXPECT_NEAR(run_mean(waveform, symbols, 1.5, 1, 7).value(), 2.0, 1e-6);
  EXPECT_NEAR(run_mean(waveform, symbols, 1.5, 1, 8).value(), 1.0, 1e-6);
  EXPECT_NEAR(run_mean(waveform, symbols, 1.5, 1, 4).value(), 5.0 / 3.0, 1e-6);  // all three are longer
  EXPECT_FALSE(run_mean(waveform, symbols, 1.5, 1, 9).has_value());
}

TEST(EyeMetrics, DelayIsFoundAnywhere) {
  for (const PatternName name :
       {PatternName::prbs7, PatternName::prbs9q, PatternName::prbs13q, PatternName::ssprq}) {
    const Symbols symbols = symbols_of(name);
    const int size = static_cast<int>(symbols.size()) * 8;
    for (const int delay : {0, 3, size / 3, size - 5}) {
      const double found =
          symbol_delay(make(symbols, pam_levels(level_count(name)), 8, delay, ramp), symbols);
      EXPECT_NEAR(std::remainder(found - (delay + 3.5), size), 0.0, 0.25) << symbols.size() << " " << delay;
    }
  }
}

TEST(EyeMetrics, WrongInput) {
  const Symbols symbols = symbols_of(PatternName::prbs9q);
  Waveform waveform = make(symbols, pam_levels(4), 8, 0, sharp);
  EXPECT_THROW(measure_eye(waveform, symbols, 2), Error);
  EXPECT_THROW(measure_eye(waveform, symbols, 5), Error);
  EXPECT_THROW(measure_eye(waveform, std::span(symbols).first(510), 4), Error);
  waveform.samples[17] = std::nanf("");
  EXPECT_THROW(measure_eye(waveform, symbols, 4), Error);
  EXPECT_THROW(eye_diagram(waveform, 0.0), Error);
  std::fill(waveform.samples.begin(), waveform.samples.end(), 1.0f);  // no signal: a result, if a sad one
  const EyeMetrics flat = measure_eye(waveform, symbols, 4);
  EXPECT_NEAR(flat.oma_outer, 0.0, 1e-6);
  EXPECT_EQ(flat.eye_widths_ui[0], 0.0);
}

double column_sum(const EyeDiagram& eye, int column) {
  double sum = 0.0;
  for (int r = 0; r < eye.rows; ++r)
    sum += static_cast<double>(eye.density[static_cast<std::size_t>(r * eye.columns + column)]);
  return sum;
}
struct Moments {
  double mean, rms;
};
Moments column_moments(const EyeDiagram& eye, int column) {
  double first = 0.0, second = 0.0;
  for (int r = 0; r < eye.rows; ++r) {
    const double y = eye.amplitude_start + (r + 0.5) * eye.amplitude_step;
    const double p = static_cast<double>(eye.density[static_cast<std::size_t>(r * eye.columns + column)]);
    first += p * y;
    second += p * y * y;
  }
  return {first, std::sqrt(second - first * first)};
}

TEST(EyeDiagram, ColumnsAreDensities) {
  const Symbols symbols = symbols_of(PatternName::prbs13q);
  const EyeDiagram eye = eye_diagram(make(symbols, pam_levels(4), 16, 0, ramp), 7.5, 0.02);
  ASSERT_EQ(eye.density.size(), static_cast<std::size_t>(eye.rows * eye.columns));
  EXPECT_EQ(eye.time_start_ui + eye.columns * eye.time_step_ui, 1.0);
  for (int c = 0; c < eye.columns; ++c) EXPECT_NEAR(column_sum(eye, c), 1.0, 1e-5);
  for (const float p : eye.density) ASSERT_GE(p, 0.0f);
  for (int r = 0; r < eye.rows; ++r)  // the two UI are the same
    EXPECT_EQ(eye.density[static_cast<std::size_t>(r * eye.columns + 5)],
              eye.density[static_cast<std::size_t>(r * eye.columns + 5 + eye.columns / 2)]);
}

// At the sampling instant of a PAM2 signal of ±1: mean from the counts of PRBS9 (256 ones, 255 zeros), and
// the rms of noise, of the levels and of one row of height h (h²/12 by the drawing, h²/12 by the blur) add in
// squares.
TEST(EyeDiagram, NoiseBlursTheLevels) {
  const Symbols symbols = symbols_of(PatternName::prbs9);
  const EyeDiagram eye = eye_diagram(make(symbols, pam_levels(2), 16, 0, sharp), 7.5, 0.1);
  const Moments moments = column_moments(eye, eye.columns / 2);
  const double h = eye.amplitude_step, mean = 1.0 / 511.0;
  EXPECT_NEAR(moments.mean, mean, 1e-4);
  EXPECT_NEAR(moments.rms, std::sqrt(1.0 - mean * mean + 0.01 + 2.0 * h * h / 12.0), 2e-4);
}

// A clock 0101… with straight edges over half a UI: in every column of the edge all traces move by the same
// part of the way, so the column is flat between its ends, without gaps, and the eye is empty beside it.
TEST(EyeDiagram, EdgesAreContinuous) {
  Symbols symbols(64);
  for (std::size_t k = 1; k < symbols.size(); k += 2) symbols[k] = 1;
  EyeGrid grid;
  grid.columns = 16;
  const EyeDiagram eye = eye_diagram(make(symbols, pam_levels(2), 16, 0, ramp), 7.5, 0.0, grid);
  // Columns are 1/8 UI; the edge, at ±½ UI, is crossed in the columns that end and begin there. The one
  // beginning at −½ UI holds edges from the middle to half of the way to the level.
  const int column = 4;
  const auto at = [&](double y) {
    const int row = static_cast<int>((y - eye.amplitude_start) / eye.amplitude_step);
    return static_cast<double>(eye.density[static_cast<std::size_t>(row * eye.columns + column)]);
  };
  const double flat = eye.amplitude_step / (2.0 * 0.5);  // half of the traces over half an amplitude
  for (const double y : {-0.45, -0.3, -0.1, 0.1, 0.25, 0.45}) EXPECT_NEAR(at(y) / flat, 1.0, 0.02) << y;
  for (const double y : {-0.9, -0.6, 0.6, 0.9}) EXPECT_NEAR(at(y), 0.0, 1e-5) << y;
}

}  // namespace
}  // namespace waverack::signal
