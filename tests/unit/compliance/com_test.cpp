// COM as a whole: fast sums against their definitions, searches against exhaustive ones, and what must not
// matter.

#include "waverack/compliance/com.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "unit/base/message_of.hpp"
#include "unit/compliance/com_fixture.hpp"
#include "waverack/compliance/com_decision.hpp"
#include "waverack/compliance/com_ffe_adapt.hpp"
#include "waverack/compliance/com_ffe_search.hpp"
#include "waverack/compliance/com_mlse.hpp"
#include "waverack/signal/special.hpp"

namespace waverack::compliance {
namespace {

double power_of(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value * value;
  return sum;
}

class Com : public testing::Test {
 protected:
  ComSheet sheet = small_sheet();
  std::vector<ComPath> paths = small_channel();
  ComPulses pulses() {
    return com_pulses(sheet, sheet.cases.front(), paths, sheet.signal.samples_per_symbol);
  }
  std::vector<CtleProducts> noise() {
    return receiver_noise(sheet, paths.front().differential.frequencies, noise_lags(sheet));
  }
};

// 93A-30 to 93A-36 from the equalised pulses themselves.
TEST_F(Com, TheFastFigureOfMeritIsThatOfItsDefinition) {
  const ComPulses all = pulses();
  const std::vector<CtleProducts> receiver = noise();
  const double sigma_x2 = 5.0 / 9.0;  // PAM4
  for (const std::vector<double>& taps :
       {std::vector{0.0, 0.0, 1.0, 0.0}, std::vector{0.04, -0.12, 0.8, -0.04}}) {
    const ComDecision decision = decide(sheet, all, receiver, {-3.0, -1.0, taps});
    const ComCursors cursors = cursors_at(decision);
    const double main = decision.pulse[static_cast<std::size_t>(decision.terms.instant)];
    double noise_power = 0.0;  // Riemann sum of η0·|H_r·H_ctf|², apart from the filters' own tests
    noise_power = decision.terms.receiver_noise;
    const double jitter = 0.01 * 0.01 + 0.02 * 0.02;
    double crosstalk = 0.0;
    for (const auto& aggressor : cursors.crosstalk) crosstalk += sigma_x2 * power_of(aggressor);
    const double total = main * main / sheet.noise.transmitter_snr +
                         sigma_x2 * power_of(cursors.interference) +
                         jitter * sigma_x2 * power_of(cursors.slopes) + crosstalk + noise_power;
    const double signal = 0.95 * main / 3.0;
    EXPECT_NEAR(decision.figure_of_merit, signal * signal / total, 1e-9 * decision.figure_of_merit);
  }
}

TEST_F(Com, TheSearchReturnsTheBestOfAllSettings) {
  const ComPulses all = pulses();
  const std::vector<CtleProducts> receiver = noise();
  const ComSearchResult found = search_equaliser(sheet, all, receiver.front());
  double best = 0.0;
  for (const ComGains& gains : gain_grid(sheet))
    for (const std::vector<double>& taps : transmit_grid(sheet))
      best = std::max(
          best, decide(sheet, all, receiver, {gains.dc_gain_db, gains.dc_gain_low_db, taps}).figure_of_merit);
  EXPECT_NEAR(found.figure_of_merit, best, 1e-9 * best);
  EXPECT_EQ(found.grid, 6 * transmit_grid_size(sheet));
  const ComSearchResult threads = search_equaliser(sheet, all, receiver.front(), 3);
  EXPECT_EQ(threads.figure_of_merit, found.figure_of_merit);
  EXPECT_EQ(threads.setting.transmitter_taps, found.setting.transmitter_taps);
}

// A channel that was de-embedded 3 UI too far answers before time 0. Its precursors must still be there:
// without them the first ones of this channel are gone, and COM is off by decibels (the pitfall of the facts:
// standards 3.5).
TEST_F(Com, KeepsPrecursorsThatComeBeforeTimeZero) {
  const ComResult late = channel_operating_margin(sheet, paths);
  // Both delays are whole samples of 2.5 ps, so the grid of samples stays where it is.
  paths = small_channel(-120e-12);
  const ComResult early = channel_operating_margin(sheet, paths);
  EXPECT_NEAR(early.cases.front().margin.com_db, late.cases.front().margin.com_db, 0.02);
  EXPECT_NEAR(early.cases.front().fom_db, late.cases.front().fom_db, 0.02);
}

TEST_F(Com, TurnsAChannelWithSwappedConductors) {
  const ComResult straight = channel_operating_margin(sheet, paths);
  for (std::complex<double>& value : paths.front().differential.s) value = -value;
  const ComResult swapped = channel_operating_margin(sheet, paths);
  EXPECT_FALSE(straight.cases.front().inverted);
  EXPECT_TRUE(swapped.cases.front().inverted);
  EXPECT_NEAR(swapped.cases.front().margin.com_db, straight.cases.front().margin.com_db, 1e-9);
}

// Exact symmetry leaves an aggressor without coupling.
TEST_F(Com, AnAggressorThatCouplesNothingChangesNothing) {
  const double before = channel_operating_margin(sheet, paths).cases.front().margin.com_db;
  paths.push_back({ComPathKind::far_end, lossy_line(6.0, 0.5e-9, 0.0)});
  EXPECT_EQ(channel_operating_margin(sheet, paths).cases.front().margin.com_db, before);
}

TEST_F(Com, MoreOfAnyNoiseIsLessMargin) {
  const double before = channel_operating_margin(sheet, paths).cases.front().margin.com_db;
  const auto with = [&](auto&& change) {
    ComSheet changed = sheet;
    change(changed);
    return channel_operating_margin(changed, paths).cases.front().margin.com_db;
  };
  EXPECT_LT(with([](ComSheet& s) { s.noise.density *= 3.0; }), before);
  EXPECT_LT(with([](ComSheet& s) { s.noise.transmitter_snr /= 2.0; }), before);
  EXPECT_LT(with([](ComSheet& s) { s.noise.random_jitter *= 2.0; }), before);
  EXPECT_LT(with([](ComSheet& s) { s.noise.dual_dirac_jitter *= 2.0; }), before);
  EXPECT_LT(with([](ComSheet& s) { s.signal.far_end_amplitude *= 3.0; }), before);
  EXPECT_LT(with([](ComSheet& s) { s.signal.near_end_amplitude *= 3.0; }), before);
  EXPECT_LT(with([](ComSheet& s) { s.signal.detector_error_ratio = 1e-9; }), before);
  EXPECT_LT(with([](ComSheet& s) { s.credits = {4.0, 3.0, false}; }), before);
}

// 178A on a grid that can be searched exhaustively.
TEST_F(Com, DescentFindsWhatExhaustiveSearchFindsWithAReceiverFfe) {
  sheet.receiver_ffe = {1, 3, 0.7, {}};
  sheet.dfe = {{0.85}, {0.0}, {}};
  sheet.noise.density *= 30.0;  // so that the transmitter has something to do
  const ComPulses all = pulses();
  const std::vector<CtleProducts> receiver = noise();
  const ComSearchResult quick = search_receiver_ffe(sheet, all, receiver);
  const ComSearchResult slow = search_receiver_ffe(sheet, all, receiver, 2, ComSearchWay::exhaustive);
  EXPECT_NEAR(quick.figure_of_merit, slow.figure_of_merit, 1e-12 * slow.figure_of_merit);
  EXPECT_EQ(quick.setting.transmitter_taps, slow.setting.transmitter_taps);
  EXPECT_EQ(quick.setting.dc_gain_db, slow.setting.dc_gain_db);
}

// What decide() takes from the sampled pulses is the error of the sums, and the terms of the filtered pulses
// add up to it: Σσ²/A_s² is the same number. (The slopes' noise is the same in both; crosstalk before and
// behind the FFE may differ in the worst phase, so there is none.)
TEST_F(Com, TheTermsBehindAReceiverFfeAddUpToItsError) {
  sheet.receiver_ffe = {2, 4, 10.0, {}};
  sheet.dfe = {{0.85}, {0.0}, {}};
  paths.resize(1);
  const ComDecision decision = decide(sheet, pulses(), noise(), {-3.0, 0.0, {0.0, -0.08, 0.92, 0.0}});
  EXPECT_NEAR(decision.terms.figure_of_merit(), decision.figure_of_merit, 1e-6 * decision.figure_of_merit);
  EXPECT_EQ(decision.receiver_taps[2], 1.0);
}

TEST_F(Com, FloatingReceiverTapsOnlyHelp) {
  sheet.receiver_ffe = {1, 2, 10.0, {}};
  sheet.dfe = {{0.85}, {0.0}, {}};
  const ComSetting setting{-3.0, 0.0, {0.0, -0.08, 0.92, 0.0}};
  const ComDecision without = decide(sheet, pulses(), noise(), setting);
  sheet.receiver_ffe.floating = {1, 2, 12, 0.0, 0, 0.0};
  const ComDecision with = decide(sheet, pulses(), noise(), setting);
  EXPECT_GT(with.figure_of_merit, without.figure_of_merit);
  // The echo comes 150 ps = 3.75 UI behind the cursor.
  int placed = 0;
  for (std::size_t n = 4; n < with.receiver_taps.size(); ++n)
    if (with.receiver_taps[n] != 0.0) placed = placed == 0 ? static_cast<int>(n) - 1 : placed;
  EXPECT_GE(placed, 3);
  EXPECT_LE(placed, 4);
}

// One instant with all the weight is the margin at the sampling instant.
TEST_F(Com, AnEyeOfOneInstantIsTheMarginThere) {
  paths.front() = {ComPathKind::victim, lossy_line(4.0, 0.5e-9)};
  sheet.dfe = {{0.5, 0.3, 0.3, 0.3, 0.2, 0.2}, {-0.5, -0.3, -0.3, -0.3, -0.2, -0.2}, {}};
  const ComDecision decision = decide(sheet, pulses(), noise(), {-3.0, -1.0, {0.0, -0.04, 0.96, 0.0}});
  const ComMargin margin = com_margin(sheet, cursors_at(decision), decision.terms, 3.0);
  ASSERT_GT(margin.veo, 0.0);
  sheet.eye.half_window = 0.01;
  const ComEyeOpening narrow = eye_opening(sheet, decision);
  EXPECT_NEAR(narrow.height, margin.veo, 1e-6 * margin.veo);
  EXPECT_NEAR(narrow.vec_db, margin.vec_db, 1e-5);
  sheet.eye.half_window = 0.13;
  sheet.eye.weight_sigma = 0.1;
  EXPECT_LT(eye_opening(sheet, decision).height, narrow.height);
}

// A statistical eye written out from the pulses: at every instant of the window the probabilities of all sums
// of cursors on a grid of A_s/2000, each cursor split between two grid points, then the normal tail. The
// issue asks for 0.1 dB.
TEST_F(Com, AnEyeOverAWindowIsTheStatisticalEye) {
  paths = {{ComPathKind::victim, lossy_line(4.0, 0.5e-9)},
           {ComPathKind::far_end, lossy_line(6.0, 0.5e-9, 0.02)}};
  sheet.dfe = {{0.5, 0.3, 0.3, 0.3, 0.2, 0.2}, {-0.5, -0.3, -0.3, -0.3, -0.2, -0.2}, {}};
  sheet.eye = {0.13, 0.1, 16};
  const ComDecision decision = decide(sheet, pulses(), noise(), {-3.0, -1.0, {0.0, -0.04, 0.96, 0.0}});
  const int m = decision.samples_per_symbol;
  const double signal = decision.terms.signal, step = signal / 2000.0, main = decision.terms.main;
  const int half = 6000;
  std::vector<std::vector<double>> sums;
  std::vector<double> signals, sigmas, weights;
  for (int offset = -2; offset <= 2; ++offset) {
    const std::ptrdiff_t instant = decision.terms.instant + offset;
    std::vector<double> amplitudes;
    double slopes = 0.0;
    for (std::ptrdiff_t i = instant % m; i + 1 < std::ssize(decision.pulse); i += m) {
      const auto at = [&](std::ptrdiff_t k) {
        return k < 0 ? 0.0 : decision.pulse[static_cast<std::size_t>(k)];
      };
      const double slope = (at(i + 1) - at(i - 1)) / 2.0 * m;
      const std::ptrdiff_t n = (i - instant) / m;
      double cursor = at(i);
      if (n >= 1 && n <= 6) cursor -= decision.terms.feedback[static_cast<std::size_t>(n - 1)] * main;
      if (n != 0) amplitudes.push_back(cursor);
      amplitudes.push_back(sheet.noise.dual_dirac_jitter * slope);
      slopes += slope * slope;
    }
    const std::vector<double>& aggressor = decision.aggressors.front();
    double most = 0.0;
    std::vector<double> worst;
    for (int phase = 0; phase < m; ++phase) {
      std::vector<double> values;
      for (auto i = static_cast<std::size_t>(phase); i < aggressor.size(); i += static_cast<std::size_t>(m))
        values.push_back(aggressor[i]);
      if (power_of(values) > most) {
        most = power_of(values);
        worst = values;
      }
    }
    amplitudes.insert(amplitudes.end(), worst.begin(), worst.end());
    std::vector<double> sum(2 * half + 1);
    sum[half] = 1.0;
    double rest = 0.0;  // cursors of less than a grid point
    for (const double amplitude : amplitudes) {
      if (std::abs(amplitude) < step) {
        rest += 5.0 / 9.0 * amplitude * amplitude;
        continue;
      }
      std::vector<double> next(sum.size());
      for (const double level : {-1.0, -1.0 / 3.0, 1.0 / 3.0, 1.0}) {
        const double x = level * amplitude / step, whole = std::floor(x), part = x - whole;
        for (int i = 0; i < static_cast<int>(sum.size()); ++i) {
          const int k = i + static_cast<int>(whole);
          if (k < 0 || k + 1 >= static_cast<int>(sum.size())) continue;
          next[static_cast<std::size_t>(k)] += 0.25 * (1.0 - part) * sum[static_cast<std::size_t>(i)];
          next[static_cast<std::size_t>(k + 1)] += 0.25 * part * sum[static_cast<std::size_t>(i)];
        }
      }
      sum.swap(next);
    }
    sums.push_back(sum);
    signals.push_back(signal * decision.pulse[static_cast<std::size_t>(instant)] / main);
    sigmas.push_back(std::sqrt(rest + decision.terms.receiver_noise + decision.terms.transmitter_noise +
                               1e-4 * 5.0 / 9.0 * slopes));
    weights.push_back(std::exp(-0.5 * std::pow(offset / (16.0 * 0.1), 2.0)));
  }
  double all = 0.0;
  for (const double weight : weights) all += weight;
  const auto below = [&](double v) {
    double probability = 0.0;
    for (std::size_t j = 0; j < sums.size(); ++j)
      for (int i = 0; i <= 2 * half; ++i)
        if (const double p = sums[j][static_cast<std::size_t>(i)]; p > 0.0)
          probability +=
              weights[j] / all * p * signal::q_function(((i - half) * step - (v - signals[j])) / sigmas[j]);
    return probability;
  };
  double low = -signal, high = signal;
  while (high - low > 1e-6 * signal) {
    const double middle = 0.5 * (low + high);
    (below(middle) > 1e-5 ? high : low) = middle;
  }
  const ComEyeOpening eye = eye_opening(sheet, decision);
  ASSERT_GT(low, 0.0);
  EXPECT_NEAR(20.0 * std::log10(eye.height / (2.0 * low)), 0.0, 0.1);
  EXPECT_NEAR(eye.vec_db, 20.0 * std::log10(signal / low), 0.1);
}

TEST(ComMarginOf, GaussianNoiseAloneIsItsQuantile) {
  ComSheet sheet = small_sheet();
  ComCursors cursors;
  cursors.signal = 0.01;
  ComTerms terms;
  terms.receiver_noise = 1e-6;
  const ComMargin margin = com_margin(sheet, cursors, terms, 3.0);
  EXPECT_NEAR(margin.noise_peak, 1e-3 * signal::inverse_q(1e-5), 1e-9);
  EXPECT_NEAR(margin.com_db, 20.0 * std::log10(0.01 / margin.noise_peak), 1e-9);
  EXPECT_NEAR(margin.veo, 2.0 * (0.01 - margin.noise_peak), 1e-12);
  EXPECT_NEAR(margin.error_ratio_at_limit, signal::q_function(10.0 * std::pow(10.0, -0.15)), 1e-16);
}

// Four equal cursors of NRZ: the sum is −4a with probability 1/16, and a Gaussian of small σ about it.
TEST(ComMarginOf, InterferenceIsConvolved) {
  ComSheet sheet = small_sheet();
  sheet.signal.levels = 2;
  sheet.signal.detector_error_ratio = 1e-3;
  ComCursors cursors;
  cursors.signal = 1.0;
  cursors.interference = {0.1, -0.1, 0.1, 0.1};
  ComTerms terms;
  terms.receiver_noise = 1e-4;
  terms.interference = 0.04;
  const ComMargin margin = com_margin(sheet, cursors, terms, 3.0);
  EXPECT_NEAR(margin.noise_peak, 0.4 + 0.01 * signal::inverse_q(1e-3 * 16.0), 1e-4);
  EXPECT_NEAR(margin.sigma.all, std::sqrt(0.04 + 1e-4), 1e-12);
}

// Many cursors too small for the grid count with their power: 400 of 0.1 % of A_s are Gaussian with
// σ_X·√400·0.1 %.
TEST(ComMarginOf, SmallCursorsCountWithTheirPower) {
  ComSheet sheet = small_sheet();
  ComCursors cursors;
  cursors.signal = 1.0;
  cursors.interference.assign(400, 1e-3);
  ComTerms terms;
  terms.interference = 5.0 / 9.0 * 400.0 * 1e-6;
  const ComMargin margin = com_margin(sheet, cursors, terms, 3.0);
  EXPECT_NEAR(margin.noise_peak, std::sqrt(terms.interference) * signal::inverse_q(1e-5), 1e-9);
}

TEST(MlseCredit, IsNothingWithoutInterferenceAndGrowsWithIt) {
  EXPECT_NEAR(mlse_credit_db(4, 0.0, 1e-4), 0.0, 0.02);
  EXPECT_GT(mlse_credit_db(4, 0.5, 1e-4), 0.5);
  EXPECT_GT(mlse_credit_db(4, 0.8, 1e-4), mlse_credit_db(4, 0.5, 1e-4));
  // a = 1 doubles the squared distance of every event, 3.01 dB, and 24 times Q in place of 1.5 times takes
  // some back.
  const double x = signal::inverse_q(1e-12 / 24.0) / std::sqrt(2.0);
  EXPECT_NEAR(mlse_credit_db(4, 1.0, 1e-12), 20.0 * std::log10(signal::inverse_q(1e-12 / 1.5) / x), 1e-6);
}

// A step that was mistyped is an error, not a search of weeks.
TEST(ComGrids, RefuseWhatNobodyCanSearch) {
  EXPECT_THAT(message_of([] { values_of({-1.0, 0.0, 1e-9}); }), testing::HasSubstr("more than 10000 values"));
  ComSheet sheet = small_sheet();
  sheet.transmitter.pre_taps.assign(4, {-0.1, 0.1, 1e-4});
  EXPECT_THAT(message_of([&] { require_consistent(sheet); }),
              testing::HasSubstr("settings of the equaliser"));
}

TEST(ComGrids, HaveThePointsOfTheirRanges) {
  EXPECT_THAT(values_of({-0.04, 0.0, 0.02}), testing::ElementsAre(-0.04, -0.02, 0.0));
  EXPECT_EQ(values_of({0.0, -6.0, 1.0}).back(), -6.0);
  EXPECT_EQ(values_of({-20.0, 0.0, 1.0}).size(), 21u);
  for (const std::vector<double>& taps : transmit_grid(small_sheet())) {
    double sum = 0.0;
    for (const double tap : taps) sum += std::abs(tap);
    EXPECT_NEAR(sum, 1.0, 1e-12);
    EXPECT_GE(taps[2], 0.6 - 1e-9);
  }
}

}  // namespace
}  // namespace waverack::compliance
