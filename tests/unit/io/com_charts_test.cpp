// The charts of COM against what the result says in numbers.

#include "waverack/io/com_charts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "unit/compliance/com_fixture.hpp"

namespace waverack::io {
namespace {

class ComCharts : public testing::Test {
 protected:
  ComCharts() {
    report.choice.sheet = compliance::small_sheet();
    report.input.paths = compliance::small_channel();
    report.networks.through = report.input.paths[0].differential;
    report.networks.far_end = {report.input.paths[1].differential};
    report.networks.near_end = {report.input.paths[2].differential};
    report.result = compliance::channel_operating_margin(report.choice.sheet, report.input.paths);
    curves = com_curves(report);
  }
  const std::vector<link::Column>& columns(const std::string& id) const {
    return std::find_if(curves.begin(), curves.end(), [&](const link::Curve& c) { return c.id == id; })
        ->columns;
  }
  const compliance::ComCaseResult& item() const { return report.result.cases.front(); }

  ComReport report;
  std::vector<link::Curve> curves;
};

// 93A: b(n) takes h(t_s + nT) away where it is within its limits, so nothing is left there.
TEST_F(ComCharts, ThePulseHasItsCursorAtZeroAndNothingBehindFeedback) {
  const auto& pulse = columns("pulse.none");
  const auto zero = static_cast<std::size_t>(std::find(pulse[0].values.begin(), pulse[0].values.end(), 0.0) -
                                             pulse[0].values.begin());
  ASSERT_LT(zero, pulse[0].values.size());
  EXPECT_DOUBLE_EQ(pulse[1].values[zero], item().main_cursor);
  EXPECT_DOUBLE_EQ(pulse[2].values[zero], item().main_cursor);
  EXPECT_TRUE(std::isnan(pulse[3].values[zero]));
  const std::size_t next = zero + 16;  // one symbol on
  const double limit = report.choice.sheet.dfe.upper.front() * item().main_cursor;
  ASSERT_LT(pulse[1].values[next], limit);
  EXPECT_NEAR(pulse[3].values[next], 0.0, 1e-12);
}

// A density has the area 1 and the variance of its parts. The sum over points is as good as the points are
// many in one sigma, here a few dozen; what lies beyond the chart is rarer than DER0.
TEST_F(ComCharts, TheDensityHasTheVarianceOfAllNoise) {
  const auto& density = columns("noise_density.none");
  const double step = density[0].values[1] - density[0].values[0];
  double area = 0.0, variance = 0.0;
  for (std::size_t i = 0; i < density[0].values.size(); ++i) {
    const double mass = density[1].values[i] * 1e3 * step;
    area += mass;
    variance += mass * density[0].values[i] * density[0].values[i];
  }
  EXPECT_NEAR(area, 1.0, 1e-3);
  // Cursors between two grid points add up to step²/4 each.
  EXPECT_NEAR(std::sqrt(variance), item().margin.sigma.all, 0.01 * item().margin.sigma.all);
}

// A_ni is what noise exceeds with probability DER0.
TEST_F(ComCharts, NoiseExceedsItsPeakWithTheDetectorErrorRatio) {
  const auto& tail = columns("noise_exceeds.none");
  const auto above = static_cast<std::size_t>(
      std::upper_bound(tail[0].values.begin(), tail[0].values.end(), item().margin.noise_peak) -
      tail[0].values.begin());
  ASSERT_LT(above, tail[0].values.size());
  EXPECT_GE(tail[1].values[above - 1], report.choice.sheet.signal.detector_error_ratio);
  EXPECT_LE(tail[1].values[above], report.choice.sheet.signal.detector_error_ratio);
}

TEST_F(ComCharts, TransmitTapsAtLowFrequencyAddUp) {
  const std::vector<double>& taps = item().equaliser.setting.transmitter_taps;
  const double sum = std::accumulate(taps.begin(), taps.end(), 0.0);
  // 50 MHz is 1/500 of the symbol rate: phases of up to 3·2π/500 between the taps.
  EXPECT_NEAR(columns("equalisers.none")[2].values.front(), 20.0 * std::log10(sum), 0.02);
}

TEST_F(ComCharts, TheLossWithPackagesIsThatOfTheResult) {
  const auto& loss = columns("loss");
  const auto nyquist = static_cast<std::size_t>(
      std::lower_bound(loss[0].values.begin(), loss[0].values.end(), 12.5e9) - loss[0].values.begin());
  EXPECT_NEAR(-loss.back().values[nyquist], item().loss_db, 1e-9);
}

// Equation (8): the parts are independent.
TEST_F(ComCharts, TheVariancesOfTheNoiseAddUp) {
  const compliance::ComSigmas& s = item().margin.sigma;
  EXPECT_NEAR(std::hypot(std::hypot(s.receiver, s.transmitter, s.interference),
                         std::hypot(s.crosstalk, s.jitter, s.quantisation)),
              s.all, 1e-12 * s.all);
}

}  // namespace
}  // namespace waverack::io
