// The equaliser's training. Expected values: the theory of the LMS rule for small steps (B. Widrow and S. D.
// Stearns, Adaptive Signal Processing, 1985, chapter 6; A. H. Sayed, Fundamentals of Adaptive Filtering,
// 2003, chapter 6).

#include "waverack/study/tap_training.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "lanes.hpp"

namespace waverack::study {
namespace {

const Stream stream{4, 5, 0, 0};

link::Lane lane_with(double noise_density, double step = 0.0) {
  parts::Receiver receiver = lanes::plain_receiver(4.0);
  receiver.ffe_pre = 2;
  receiver.ffe_post = 2;
  receiver.noise_density = noise_density;
  receiver.adaptation_step = step;
  return lanes::electrical_lane(53.125e9, link::Modulation::pam4, lanes::ideal_transmitter(1.0), receiver);
}

// Wide open, symbols of PRBS13Q correlate little: the modes of the samples are nearly alike. The excess of
// the error is μ·tr(R)/(2 − μ·tr(R)); six inputs share the step, so that the error falls by 1/e in 6/(2·step)
// symbols.
TEST(TapTraining, WhiteInputs) {
  module::TrainingSettings settings;
  settings.step = 0.05;
  settings.symbols = 2000000;
  const TapTraining training = train_taps(lane_with(20e-9), settings, stream);
  EXPECT_EQ(training.taps, 6);
  const double excess = 0.05 / 1.95;
  EXPECT_NEAR(training.expected_misadjustment, excess, 1e-12);
  // What is seen is the mean of the squares of N errors, in the second half. They are normal and all but
  // independent, so that it has a standard deviation of √(2/N)·(1 + excess) of the least error; that of the
  // taps' own slow walk, excess·√(2·60/(3·N)) (six modes that last 60 symbols), is 100 times less. The
  // formula itself is for small steps: for normal inputs it is η/(1 − η), η = ½·Σ m/(1 − m), m = step/6.
  const double errors = settings.symbols / 2.0, m = 0.05 / 6.0, eta = 3.0 * m / (1.0 - m);
  const double of_step = std::abs(eta / (1.0 - eta) - excess);
  EXPECT_NEAR(training.misadjustment, excess, 4.0 * std::sqrt(2.0 / errors) * (1.0 + excess) + of_step);
  // The mean of the eigenvalues is one sixth of the trace, so that 60 symbols lie between the modes. A tap's
  // input correlates by some ρ with those beside it (the pattern itself by 2e-4 only), so that the five
  // eigenvalues are 1 + 2ρ·cos(kπ/6): as far above 1 as below. Taps two apart correlate by ρ² at most, less
  // than 0.01 here.
  EXPECT_LT(training.fastest, 60.0);
  EXPECT_GT(training.slowest, 60.0);
  EXPECT_NEAR(60.0 / training.fastest + 60.0 / training.slowest, 2.0, 0.02);
  EXPECT_TRUE(training.converged);
}

// The curve by the rule's equations is what is seen, from the start to the end.
TEST(TapTraining, FollowsItsEquations) {
  link::Lane lane = lane_with(5e-9);
  parts::PackageLine line;
  lane.chain.insert(lane.chain.begin() + 1, lanes::instance(line));
  module::TrainingSettings settings;
  settings.step = 0.003;
  settings.symbols = 200000;
  const TapTraining training = train_taps(lane, settings, stream);
  EXPECT_GT(training.error.front(), 1.2 * training.least_error);
  for (std::size_t b = 0; b < training.error.size(); b += 20)
    // The mean square of 500 errors, which are nearly normal: 6 %.
    EXPECT_NEAR(training.error[b], training.expected[b], 0.25 * training.expected[b]) << b;
}

TEST(TapTraining, TakesTheReceiversStep) {
  EXPECT_EQ(train_taps(lane_with(5e-9, 0.01), {}, stream).step, 0.01);
  EXPECT_EQ(train_taps(lane_with(5e-9), {}, stream).step, module::TrainingSettings{}.step);
}

TEST(TapTraining, OfReceiversThatAdapt) {
  link::Lane lane = lane_with(5e-9);
  EXPECT_TRUE(has_trainable_receiver(lane));
  lanes::part_of<parts::Receiver>(lane.chain).mlse_memory = 1;
  EXPECT_FALSE(has_trainable_receiver(lane));
  lane = lane_with(5e-9);
  lanes::part_of<parts::Receiver>(lane.chain).ffe_pre = lanes::part_of<parts::Receiver>(lane.chain).ffe_post =
      0;
  EXPECT_FALSE(has_trainable_receiver(lane));
}

}  // namespace
}  // namespace waverack::study
