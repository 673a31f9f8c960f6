// Baseline wander: its covariance, where a segment has it, and how the waveform solver follows its data.

#include "waverack/link/baseline_wander.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "lanes.hpp"
#include "waverack/link/block_runner.hpp"
#include "waverack/signal/pattern.hpp"

namespace waverack::link {
namespace {

using std::numbers::pi;

double total(const std::vector<double>& covariance) {
  double sum = 0.0;
  for (const double c : covariance) sum += c;
  return sum;
}

// For white data of density T the energy theorem gives T·∫|1 − Π H_i|² df: with H = jf/(f_c + jf) that is
// π·f_c·T for one; for two of corners a and b it is π·T·(a + b + a·b/(a + b)) (the integral of a second-order
// response in tables of ∫|B/A|², e.g. Newton, Gould, Kaiser 1957, appendix E).
TEST(BaselineWander, ClosedForms) {
  for (const double f : {1e4, 1e5, 5e7})
    EXPECT_NEAR(wander_covariance(std::vector{f}, 50e9)[0], pi * f / 50e9, 1e-12 * f / 50e9);
  for (const auto& [a, b] : {std::pair{1e5, 1e5}, std::pair{5e4, 2e5}, std::pair{1e6, 1e3}}) {
    const double expected = pi / 50e9 * (a + b + a * b / (a + b));
    EXPECT_NEAR(total(wander_covariance(std::vector{a, b}, 50e9)) / expected, 1.0, 1e-12);
    EXPECT_NEAR(total(wander_covariance(std::vector{b, a}, 50e9)) / expected, 1.0, 1e-12);
  }
}

// Random symbols through the high-passes themselves, one after the other.
TEST(BaselineWander, CovarianceOfARandomSequence) {
  for (const std::vector<double>& corners :
       {std::vector{3e-3}, std::vector{9e-3, 3e-3}, std::vector{3e-3, 6e-3, 12e-3}}) {
    const std::size_t n = corners.size();
    constexpr int steps = 4;  // in a symbol
    constexpr int symbols = 1'500'000;
    std::mt19937_64 generator(3);
    std::vector<double> share, held(n, 0.0), sums(n * n, 0.0);
    for (const double corner : corners) share.push_back(-std::expm1(-2.0 * pi * corner / steps));
    std::uint64_t bits = 0;
    for (int k = 0; k < symbols; ++k) {
      if (k % 32 == 0) bits = generator();
      const double symbol = (2.0 * static_cast<double>(bits & 3) - 3.0) / std::sqrt(5.0);
      bits >>= 2;
      for (int s = 0; s < steps; ++s) {
        double x = symbol;
        for (std::size_t i = 0; i < n; ++i) {
          x -= held[i];
          held[i] += share[i] * x;
        }
      }
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j) sums[i * n + j] += held[i] * held[j];
    }
    const std::vector<double> expected = wander_covariance(corners, 1.0);
    // A wander of corner f_c forgets within 1/(2π·f_c): 1.5e6 symbols at the lowest one are some 28,000
    // independent values, so a variance is known within 0.9 % (one standard deviation); a step of a quarter
    // of a symbol is 2 % of the shortest memory here.
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        EXPECT_NEAR(sums[i * n + j] / symbols, expected[i * n + j],
                    0.04 * std::sqrt(expected[i * n + i] * expected[j * n + j]))
            << n << " high-passes, " << i << ", " << j;
  }
}

// L·Lᵀ is the covariance, and the variances that each adds sum up to that of all together.
TEST(BaselineWander, RootAndSharesBelongToTheCovariance) {
  const std::vector<double> corners{1e5, 3e4, 3e5};
  std::vector<HighPass> list;
  for (const double corner : corners) list.push_back({"", 0, corner, list.empty() ? 0.5 : -0.25});
  const std::vector<double> c = wander_covariance(corners, 53.125e9), root = wander_root(list, 53.125e9);
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) {
      double product = 0.0;
      for (std::size_t k = 0; k < 3; ++k) product += root[3 * i + k] * root[3 * j + k];
      const double expected = c[3 * i + j] * list[i].data_rms * list[j].data_rms;
      EXPECT_NEAR(product, expected, 1e-9 * std::abs(expected));
    }
  for (HighPass& item : list) item.data_rms = 2.0;
  double sum = 0.0;
  for (const double variance : wander_variances(list, 53.125e9)) {
    EXPECT_GT(variance, 0.0);
    sum += variance;
  }
  EXPECT_NEAR(sum / (4.0 * total(c)), 1.0, 1e-12);
}

constexpr double symbol_rate = 50e9;

// A line without memory and one high-pass; the receiver is a gain.
Lane blocked_lane(double corner) {
  Lane lane = lanes::electrical_lane(symbol_rate, Modulation::pam4, lanes::ideal_transmitter(0.8),
                                     lanes::plain_receiver(1e3));
  parts::AcCoupling capacitor;
  capacitor.corner = corner;
  lane.chain.insert(lane.chain.begin() + 1, lanes::instance(capacitor));
  return lane;
}

SolvedSegment solved(const Plan& plan, int samples_per_symbol = 8) {
  SegmentOptions options;
  options.samples_per_symbol = samples_per_symbol;
  return solve_segment(plan.segments.front(), plan.conditions, signal::prbs_pam4(13), options);
}

// PAM4 of 0.8 V peak to peak: levels of ±0.4 V and ±0.4/3 V, √(5/9)·0.4 V rms; the FIR as slow signals see it
// is the sum of its taps; behind the modulator at quadrature the slope is π/2·P/V_π for a small drive.
TEST(BaselineWander, DataAtTheHighPasses) {
  parts::HostTransmitter transmitter = lanes::ideal_transmitter(0.02);
  transmitter.taps = {-0.1, 0.8, -0.1};
  transmitter.main_tap = 1;
  parts::Tia tia = lanes::linear_tia();
  tia.offset_loop_corner = 2e5;
  Lane lane = lanes::optical_lane(symbol_rate, Modulation::pam4, transmitter, lanes::ideal_laser(1e-3),
                                  lanes::ideal_modulator(), lanes::ideal_photodiode(0.5), tia,
                                  lanes::plain_receiver(0.75));
  lane.chain.insert(lane.chain.begin() + 1, lanes::instance(parts::AcCoupling{}));
  const Plan plan = make_plan(lane);
  const SolvedSegment solution = solved(plan);
  const std::vector<HighPass> list =
      high_passes(plan.segments.front(), solution.propagation, plan.conditions, {});
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0].path, "lane.chain.ac_coupling.wander");
  EXPECT_EQ(list[1].path, "lane.chain.tia.wander");
  EXPECT_EQ(list[0].corner, 50e3);
  EXPECT_EQ(list[1].corner, 2e5);
  const double volts = 0.6 * 0.01 * std::sqrt(5.0 / 9.0);
  EXPECT_NEAR(list[0].data_rms, volts, 1e-9);
  // The sine is within 1e-4 of its tangent here; laser power 1 mW, 0.5 A/W.
  EXPECT_NEAR(std::abs(list[1].data_rms) / (volts * 0.5 * pi * 1e-3 * 0.5), 1.0, 1e-3);

  Without without;
  without.noises.insert("lane.chain.ac_coupling.wander");
  without.attenuation = 2.0;
  const std::vector<HighPass> rest =
      high_passes(plan.segments.front(), solution.propagation, plan.conditions, without);
  ASSERT_EQ(rest.size(), 1u);
  EXPECT_NEAR(rest[0].data_rms / list[1].data_rms, 0.5, 1e-12);
}

// Levels with a mean of their own lose it at a capacitor, in both solvers.
TEST(BaselineWander, TheMeanIsTakenOut) {
  Lane lane = blocked_lane(1e3);
  parts::HostTransmitter& transmitter = lanes::part_of<parts::HostTransmitter>(lane.chain);
  transmitter.levels = {-1.0, 0.0, 0.5, 1.0};
  const Plan plan = make_plan(lane);
  const SolvedSegment solution = solved(plan);
  double mean = 0.0;
  for (const float v : solution.propagation.at_sampler) mean += v;
  EXPECT_NEAR(mean / static_cast<double>(solution.propagation.at_sampler.size()), 0.0, 1e-6);

  BlockProgram program = compile_blocks(plan.segments.front(), plan.conditions, solution, {});
  const double tap = solution.equaliser.forward.front();
  // Mean level (−1 + 0 + 0.5 + 1)/4 of 0.4 V: the offset that the record has and the signal has not.
  EXPECT_NEAR(program.equaliser.bias - solution.equaliser.bias, -0.125 * 0.4 * tap, 1e-3);
}

// Levels that the symbols of one record lose at the high-pass of blocked_lane: the program with its high-pass
// less the program without it. Every record sends `symbols`, the first of them at the beginning of what is
// counted.
std::vector<double> wander_of(const std::vector<std::uint8_t>& symbols, double corner) {
  const Lane lane = blocked_lane(corner);
  const Plan plan = make_plan(lane);
  const BlockShape shape;
  const BlockProgram with = compile_blocks(plan.segments.front(), plan.conditions, solved(plan), shape);
  BlockProgram without = with;
  std::erase_if(without.steps,
                [](const BlockStep& step) { return std::holds_alternative<SubtractWander>(step); });
  EXPECT_EQ(without.steps.size() + 1, with.steps.size());
  BlockRunner first(with), second(without);
  std::vector<double> wander;
  const auto rows = static_cast<std::size_t>(shape.symbols);
  std::vector<std::uint8_t> sent(rows * 32), decided(rows * 32);
  const std::size_t counted = static_cast<std::size_t>(shape.counted()),
                    guard = static_cast<std::size_t>(shape.guard);
  for (std::size_t block = 0; (block + 1) * counted <= symbols.size(); ++block) {
    for (std::size_t k = 0; k < rows; ++k)
      std::fill_n(sent.begin() + static_cast<long>(32 * k), 32,
                  symbols[(block * counted + k + symbols.size() - guard) % symbols.size()]);
    const Stream name{1, 0, 0, static_cast<std::uint32_t>(block)};
    first.run(sent, name, decided);
    second.run(sent, name, decided);
    for (std::size_t k = guard; k < guard + counted; ++k)
      wander.push_back(static_cast<double>(second.values()[32 * k + 5]) - first.values()[32 * k + 5]);
  }
  return wander;
}

// The wander of the waveform solver is that of the symbols it sends, across the ends of its blocks: a
// recursion over the symbols of ±1 and ±1/3.
TEST(BaselineWander, BlocksFollowTheirData) {
  std::vector<std::uint8_t> symbols = signal::prbs_pam4(15);
  symbols.resize(448 * 40);
  constexpr double corner = 5e6;
  const std::vector<double> wander = wander_of(symbols, corner);
  const double share = -std::expm1(-2.0 * pi * corner / symbol_rate);
  double held = 0.0, error = 0.0, size = 0.0;
  for (std::size_t k = 0; k < wander.size(); ++k) {
    const double symbol = -1.0 + 2.0 / 3.0 * symbols[k];
    error += (wander[k] - held) * (wander[k] - held);
    size += held * held;
    held += share * (symbol - held);
  }
  EXPECT_GT(wander.size(), 17000u);
  // The receiver's tap is smaller than 1 by the wander's own share of the power, 6e-4 (minimum mean square
  // error); its sample stands for a whole symbol, so the wander is that before the symbol.
  EXPECT_LT(std::sqrt(error / size), 5e-3);
}

// SSPRQ through a corner so low that the wander is 2π·f_c·T times the running sum of the symbols: from −184/3
// to 3262/3 levels (facts: standards 2.4, running sum of 2s − 3).
TEST(BaselineWander, RunningSumOfSsprq) {
  constexpr double corner = 2e3;
  const std::vector<double> wander = wander_of(signal::ssprq(), corner);
  const double unit = 2.0 * pi * corner / symbol_rate / 3.0;
  const auto [low, high] = std::minmax_element(wander.begin(), wander.end());
  // Forgetting: the whole pattern lasts 2π·f_c·65535·T = 1.6 % of the memory.
  EXPECT_NEAR(*high / unit, 3262.0, 0.02 * 3262.0);
  EXPECT_NEAR(*low / unit, -184.0, 0.1 * 184.0);
}

}  // namespace
}  // namespace waverack::link
