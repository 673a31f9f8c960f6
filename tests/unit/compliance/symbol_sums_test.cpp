// Sums behind transmit taps against the sums of the pulse that those taps make.

#include "waverack/compliance/symbol_sums.hpp"

#include <gtest/gtest.h>

#include <random>

namespace waverack::compliance {
namespace {

TEST(SymbolSums, AreThoseOfTheEqualisedPulse) {
  std::mt19937 draw(3);
  std::uniform_real_distribution<double> uniform(-1.0, 1.0);
  constexpr int m = 7;
  std::vector<double> pulse(100);
  for (double& value : pulse) value = uniform(draw);
  const std::vector<double> taps = {0.1, -0.3, 0.7, 0.2};
  std::vector<double> equalised(pulse.size() + 3 * m);
  for (std::size_t i = 0; i < taps.size(); ++i)
    for (std::size_t k = 0; k < pulse.size(); ++k) equalised[k + i * m] += taps[i] * pulse[k];

  const SymbolSums sums(pulse, m, 10);
  std::vector<double> doubled(taps.size());
  doubled_autocorrelation(taps, doubled);
  double largest = 0.0;
  for (int phase = 0; phase < m; ++phase)
    for (int lag = 0; lag < 6; ++lag) {
      double direct = 0.0;
      for (std::size_t i = static_cast<std::size_t>(phase);
           i + static_cast<std::size_t>(lag * m) < equalised.size(); i += m)
        direct += equalised[i] * equalised[i + static_cast<std::size_t>(lag * m)];
      EXPECT_NEAR(sums.correlation(phase, lag, doubled), direct, 1e-12) << phase << ' ' << lag;
      if (lag > 0) continue;
      EXPECT_NEAR(sums.power(phase, doubled), direct, 1e-12);
      largest = std::max(largest, direct);
    }
  EXPECT_NEAR(sums.largest_power(doubled), largest, 1e-12);
  EXPECT_NEAR(sums.power(sums.strongest_phase(doubled), doubled), largest, 1e-12);
}

}  // namespace
}  // namespace waverack::compliance
