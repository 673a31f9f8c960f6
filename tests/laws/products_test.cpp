// Laws of a receiver that equalises with products of samples (a Volterra equaliser).

#include "waverack/link/products.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <iostream>

#include "compressed_lane.hpp"
#include "laws/monte_carlo.hpp"
#include "unit/base/message_of.hpp"
#include "waverack/link/block_runner.hpp"
#include "waverack/link/waveform_solver.hpp"
#include "waverack/signal/fractional_advance.hpp"
#include "waverack/signal/pattern.hpp"
#include "waverack/signal/special.hpp"

namespace waverack::link {
namespace {

SolvedSegment solved(const Lane& lane, SegmentOptions options = {}) {
  const Plan plan = make_plan(lane);
  return solve_segment(plan.segments.back(), plan.conditions, signal::prbs_pam4(13), options);
}

Lane with_products(Lane lane, int second, int third) {
  auto& receiver = std::get<parts::Receiver>(lane.chain.back().part);
  receiver.dfe_taps = 0;
  receiver.volterra_second = second;
  receiver.volterra_third = third;
  return lane;
}

double q_db(double ber) { return 20.0 * std::log10(signal::inverse_q(ber)); }

// Weights that may be zero cannot make the least mean square error larger; a percent for sums in single
// precision.
TEST(Products, NeverRaiseTheMeanSquareError) {
  for (const Lane& lane : {lanes::compressed_lane(0, 0), lanes::complete_lane()}) {
    double least = 1.01 * solved(with_products(lane, 0, 0)).equaliser.mean_square_error;
    for (const auto& [second, third] : {std::pair{1, 0}, {3, 0}, {3, 3}, {5, 5}}) {
      const double error = solved(with_products(lane, second, third)).equaliser.mean_square_error;
      EXPECT_LE(error, least) << second << ", " << third;
      least = 1.0001 * error;
    }
  }
}

// What they are for: levels that three parts bend. A decibel of Q is a factor of three in the error ratio at
// 1e-4.
TEST(Products, WinBackWhatCompressionCosts) {
  const double linear = solved(lanes::compressed_lane(0, 0)).outcome.ber,
               products = solved(lanes::compressed_lane(3, 3)).outcome.ber;
  std::cout << "linear " << linear << ", with products " << products << ", " << q_db(products) - q_db(linear)
            << " dB in Q\n";
  EXPECT_GT(q_db(products) - q_db(linear), 1.0);
}

// A straight lane has nothing to bend back: the products stay out of the way, and what is said of noise is
// what the linear equaliser says. At a noise of 3 % of half the level distance: more noise lets the least
// mean square error bend towards the levels.
TEST(Products, LeaveAStraightLaneAlone) {
  parts::HostTransmitter transmitter = lanes::ideal_transmitter(0.8);
  transmitter.rise_time = 6e-12;
  transmitter.random_jitter = 0.01;
  parts::Receiver receiver = lanes::plain_receiver(0.6);
  receiver.noise_density = 0.02e-6;
  receiver.ffe_pre = 3;
  receiver.ffe_post = 8;
  const Lane lane = lanes::electrical_lane(53.125e9, Modulation::pam4, transmitter, receiver);
  const SolvedSegment linear = solved(lane), products = solved(with_products(lane, 3, 3));
  EXPECT_NEAR(
      20.0 * std::log10(products.statistics->noise_scale_at(1e-4) / linear.statistics->noise_scale_at(1e-4)),
      0.0, 0.05);
  for (std::size_t i = 0; i < linear.equaliser.forward.size(); ++i)
    EXPECT_NEAR(products.equaliser.forward[i], linear.equaliser.forward[i],
                0.01 * linear.equaliser.forward[3]);
  EXPECT_NEAR(products.statistics->mean_variance(), linear.statistics->mean_variance(),
              0.01 * linear.statistics->mean_variance());
  double first = 0.0, second = 0.0;
  for (const SourceShare& share : linear.noise) first += share.variance;
  for (const SourceShare& share : products.noise) second += share.variance;
  EXPECT_NEAR(second, first, 0.01 * first);
}

// The noiseless values of a block are those of the same symbols in the semi-analytic solver.
TEST(Products, NoiselessValuesAreThoseOfTheOtherSolver) {
  const Lane lane = lanes::compressed_lane(3, 3);
  const Plan plan = make_plan(lane);
  Segment segment = plan.segments.back();
  segment.noises.clear();
  segment.reflectors.clear();
  segment.transmitter.random_jitter = segment.transmitter.dual_dirac_jitter = 0.0;
  BlockShape shape;
  std::vector<std::uint8_t> symbols = signal::prbs_pam4(13);
  symbols.resize(static_cast<std::size_t>(shape.symbols));
  SegmentOptions options;
  options.samples_per_symbol = shape.samples_per_symbol;
  const SolvedSegment whole = solve_segment(segment, plan.conditions, symbols, options);
  const BlockProgram program = compile_blocks(segment, plan.conditions, whole, shape);
  ASSERT_TRUE(program.volterra);
  std::vector<std::uint8_t> sent(symbols.size() * 32), decided(sent.size());
  for (std::size_t k = 0; k < symbols.size(); ++k)
    std::fill_n(sent.begin() + static_cast<long>(32 * k), 32, symbols[k]);
  BlockRunner runner(program);
  runner.run(sent, Stream{1, 0, 0, 0}, decided);
  const std::vector<float> expected = decision_values(whole, shape.samples_per_symbol, whole.phase);
  for (std::size_t k = 0; k < symbols.size(); ++k)
    // As in waveform_test.cpp; products make up to three times as much of a difference of the samples.
    ASSERT_NEAR(runner.values()[32 * k + 7], expected[k], 6e-3) << k;
}

// Noise at the decision, level by level, against noise that is drawn where it enters and sent through
// everything. Tolerance: four standard errors as in noise_test.cpp, and the model error that the theory page
// states: none for sources behind the last nonlinear part, 12 % of a level's own variance for the TIA, a
// quarter on the quietest level for the laser.
TEST(Products, NoiseOfEachLevelIsThatOfDrawnNoise) {
  const Lane lane = lanes::compressed_lane(3, 3);
  const Plan plan = make_plan(lane);
  const Segment& segment = plan.segments.front();
  const std::vector<std::uint8_t> symbols = signal::prbs_pam4(13);
  const SolvedSegment all = solve_segment(segment, plan.conditions, symbols, {});
  for (const auto& [kept, model_error] : {std::pair{std::string("lane.chain.receiver.input"), 0.0},
                                          {"lane.chain.tia.input", 0.12},
                                          {"lane.light.cw_laser.rin", 0.25}}) {
    Without without;
    for (const PlacedNoise& noise : segment.noises)
      if (noise.path != kept) without.noises.insert(noise.path);
    const NoiseGrid grid(segment, plan.conditions, all.propagation, without);
    const DecisionNoise behind =
        grid.at_decision(equaliser_response(all.equaliser, all.shape, 16, grid.length()));
    const std::vector<float> variance = noise_with_products(all, grid, behind, 0.0, all.phase).variance;
    const laws::MonteCarlo monte_carlo(segment, plan.conditions, without, 16);
    constexpr int runs = 24;
    const std::size_t n = symbols.size();
    std::vector<double> sum(n, 0.0), square(n, 0.0);
    for (int run = 0; run < runs; ++run) {
      const std::vector<float> y = dsp::equalise(
          *all.volterra, signal::advanced(monte_carlo.at_sampler(symbols, 100 + run), all.phase_fraction), 16,
          all.phase);
      for (std::size_t k = 0; k < n; ++k) {
        sum[k] += y[k];
        square[k] += static_cast<double>(y[k]) * y[k];
      }
    }
    std::array<double, 4> computed{}, drawn{};
    for (std::size_t k = 0; k < n; ++k) {
      computed[symbols[k]] += variance[k];
      drawn[symbols[k]] += (square[k] - sum[k] * sum[k] / runs) / (runs - 1);
    }
    const double statistical = 4.0 * std::sqrt(2.0 / (0.5 * 2047.0 * (runs - 1)));
    for (std::size_t l = 0; l < 4; ++l) {
      EXPECT_NEAR(computed[l] / drawn[l], 1.0, statistical + model_error) << kept << ", level " << l;
      std::cout << kept << ", level " << l << ": " << computed[l] / drawn[l] << '\n';
    }
  }
}

TEST(Products, AreCheckedWithTheRestOfTheReceiver) {
  const auto refused = [](int second, int third, int dfe, int memory) {
    Lane lane = with_products(lanes::compressed_lane(0, 0), second, third);
    auto& receiver = std::get<parts::Receiver>(lane.chain.back().part);
    receiver.dfe_taps = dfe;
    receiver.mlse_memory = memory;
    return message_of([&] { make_plan(lane); });
  };
  EXPECT_NE(refused(3, 0, 1, 0)
                .find("lane.chain.receiver.volterra_second: a receiver equalises with products of samples "
                      "or feeds decisions back, not both"),
            std::string::npos);
  EXPECT_NE(refused(0, 3, 0, 1)
                .find("lane.chain.receiver.volterra_third: a receiver equalises with products of samples "
                      "or detects sequences, not both"),
            std::string::npos);
  // Twelve taps, three of them before the cursor.
  EXPECT_NE(refused(9, 0, 0, 0).find("products of 9 samples about the cursor need more taps than there are"),
            std::string::npos);
  EXPECT_EQ(refused(7, 5, 0, 0), "no error");
}

}  // namespace
}  // namespace waverack::link
