// Importance sampling against closed forms, against counting, and against the semi-analytic solver where
// nobody counts.

#include "waverack/link/rare_errors.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <iostream>
#include <numbers>

#include "closed_forms.hpp"
#include "lanes.hpp"
#include "linear_module.hpp"
#include "raised_noise.hpp"
#include "waverack/fec/block_code.hpp"
#include "waverack/io/load.hpp"
#include "waverack/link/waveform_solver.hpp"
#include "waverack/signal/pattern.hpp"
#include "waverack/signal/special.hpp"

namespace waverack::link {
namespace {

struct Compiled {
  Plan plan;
  SolvedSegment solved;
  BlockProgram program;
};

Compiled compiled(Plan plan, std::span<const std::uint8_t> symbols, int samples_per_symbol) {
  SegmentOptions options;
  options.samples_per_symbol = samples_per_symbol;
  const Segment& segment = plan.segments.back();
  SolvedSegment solved = solve_segment(segment, plan.conditions, symbols, options);
  BlockShape shape;
  shape.samples_per_symbol = samples_per_symbol;
  BlockProgram program = compile_blocks(segment, plan.conditions, solved, shape);
  return {std::move(plan), std::move(solved), std::move(program)};
}

// White noise behind a Gaussian filter of 1.5 symbol rates, as in counted_errors_test.cpp.
Lane white_noise_lane(Modulation modulation, int levels, double q_argument) {
  constexpr double symbol_rate = 50e9, ratio = 1.5, swing = 1.0;
  const double bandwidth = 0.5 * std::sqrt(std::numbers::pi / std::numbers::ln2) * ratio * symbol_rate;
  parts::Receiver receiver = lanes::plain_receiver(ratio);
  receiver.noise_density = 0.5 * swing / (levels - 1) / q_argument / std::sqrt(bandwidth);
  return lanes::electrical_lane(symbol_rate, modulation, lanes::ideal_transmitter(swing), receiver);
}

// Proakis, Digital Communications, 5th ed., eq. 4.3-5: SER of M-PAM is 2(1 − 1/M)·Q(d/σ); Gray coding makes
// it log2(M) times the BER. Tolerance: four standard errors, and 0.5 % for the settling of the filter, of
// which d/σ sees half and the ratio (d/σ)² times as much.
TEST(RareErrors, WhiteNoiseDownToTheClosedForm) {
  for (const double argument : {4.0, 7.0, 9.0}) {
    const Lane copper = white_noise_lane(Modulation::pam4, 4, argument);
    Plan plan = make_plan(copper);
    for (Element& element : plan.segments[0].elements)
      if (element.name == "receiver") element.response = signal::gaussian_filter(1.5 * 50e9);
    const Compiled lane = compiled(std::move(plan), signal::prbs_pam4(13), 16);
    RareErrorOptions options;
    options.decisions = 20'000;
    const RareErrors result = weigh_errors(lane.program, options);
    const double expected = 0.75 * q(argument);
    std::cout << "Q " << argument << ": weighed " << result.ber << " +- " << result.standard_error
              << ", exact " << expected << ", solver " << lane.solved.outcome.ber << ", " << result.seconds
              << " s\n";
    EXPECT_LT(result.relative_precision(), 0.1);
    EXPECT_NEAR(result.ber, expected, 4.0 * result.standard_error + 0.0025 * argument * argument * expected);
  }
}

double q_db(double ber) { return 20.0 * std::log10(signal::inverse_q(ber)); }

// A lane with everything in it, with so much less noise that a ratio of 1e-12 is left, which nobody counts.
// Target of the project: the solvers agree within 0.1 dB in Q beyond the 95 % interval.
TEST(RareErrors, SolversAgreeAt1em12) {
  const io::Input input = io::load_design("cpo-3.2t");
  const Lane& lane = input.loaded.design.lane;
  const std::vector<std::uint8_t> symbols = signal::ssprq();
  Plan plan = make_plan(lane);
  const double factor = factor_for(lane, symbols, 8, 3e-13, 3e-12);
  raise_noise(plan, factor);
  const Compiled compiled_lane = compiled(std::move(plan), symbols, 8);
  RareErrorOptions options;
  options.decisions = 32'768;
  const RareErrors result = weigh_errors(compiled_lane.program, options);
  const double expected = compiled_lane.solved.outcome.ber;
  std::cout << "noise times " << factor << ": weighed " << result.ber << " +- " << result.standard_error
            << ", solver " << expected << ", " << q_db(result.ber) - q_db(expected) << " dB in Q, "
            << result.seconds << " s\n";
  EXPECT_LT(expected, 3e-12);
  EXPECT_LT(result.relative_precision(), 0.3);
  const double low = result.ber * (1.0 - result.relative_precision()),
               high = result.ber * (1.0 + result.relative_precision());
  EXPECT_LT(q_db(expected) - q_db(low), 0.1);
  EXPECT_LT(q_db(high) - q_db(expected), 0.1);
}

// Where both can be had: a lane with decision feedback, whose errors come in bursts. Tolerance: four standard
// deviations of both.
TEST(RareErrors, CountingSaysTheSame) {
  const io::Input input = io::load_design("lpo-1.6t-osfp", linear_module_of_low_margin);
  const Compiled lane = compiled(make_plan(input.loaded.design.lane), signal::ssprq(), 8);
  RareErrorOptions options;
  options.decisions = 8'192;
  const RareErrors weighed = weigh_errors(lane.program, options);
  CountOptions counting;
  counting.symbols = 10'000'000;
  const ErrorCounts counts = count_errors(lane.program, fec::kp4, counting).counts;
  const double counted = static_cast<double>(counts.bit_errors) / static_cast<double>(counts.bits),
               deviation = 0.5 * relative_precision(counts) * counted;
  std::cout << "weighed " << weighed.ber << " +- " << weighed.standard_error << ", counted " << counted
            << " +- " << deviation << '\n';
  EXPECT_LT(deviation, 0.1 * counted);
  EXPECT_LT(weighed.standard_error, 0.1 * weighed.ber);
  EXPECT_NEAR(weighed.ber, counted, 4.0 * std::hypot(weighed.standard_error, deviation));
}

}  // namespace
}  // namespace waverack::link
