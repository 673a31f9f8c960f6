#include "waverack/link/rare_errors.hpp"

#include <gtest/gtest.h>

#include "lanes.hpp"
#include "waverack/base/error.hpp"
#include "waverack/link/segment.hpp"
#include "waverack/signal/pattern.hpp"

namespace waverack::link {
namespace {

BlockProgram program_with(int mlse_memory) {
  parts::Receiver receiver = lanes::plain_receiver(0.7);
  receiver.noise_density = 20e-9;
  receiver.ffe_pre = 2;
  receiver.ffe_post = 4;
  receiver.mlse_memory = mlse_memory;
  const Lane lane =
      lanes::electrical_lane(53.125e9, Modulation::pam4, lanes::ideal_transmitter(0.8), receiver);
  const Plan plan = make_plan(lane);
  SegmentOptions options;
  options.samples_per_symbol = 8;
  const SolvedSegment solved =
      solve_segment(plan.segments[0], plan.conditions, signal::prbs_pam4(9), options);
  BlockShape shape;
  return compile_blocks(plan.segments[0], plan.conditions, solved, shape);
}

TEST(RareErrors, DoNotDependOnThreads) {
  const BlockProgram program = program_with(0);
  RareErrorOptions options;
  options.decisions = 5000;
  options.threads = 1;
  const RareErrors one = weigh_errors(program, options);
  options.threads = 3;
  const RareErrors three = weigh_errors(program, options);
  EXPECT_EQ(one.decisions, 5120U);
  EXPECT_GT(one.ber, 0.0);
  EXPECT_EQ(one.ber, three.ber);
  EXPECT_EQ(one.standard_error, three.standard_error);
}

TEST(RareErrors, StopAtThePrecision) {
  RareErrorOptions options;
  options.decisions = 10'000'000;
  options.precision = 0.5;
  const RareErrors result = weigh_errors(program_with(0), options);
  EXPECT_TRUE(result.precise);
  EXPECT_LE(result.relative_precision(), 0.5);
  EXPECT_LT(result.decisions, 100'000U);
}

TEST(RareErrors, KeepTheResultWhenStopped) {
  std::stop_source source;
  RareErrorOptions options;
  options.decisions = 10'000'000;
  options.stop = source.get_token();
  options.progress = [&](std::uint64_t) { source.request_stop(); };
  const RareErrors result = weigh_errors(program_with(0), options);
  EXPECT_TRUE(result.interrupted);
  EXPECT_GT(result.decisions, 0U);
}

TEST(RareErrors, RefuseSequences) { EXPECT_THROW(weigh_errors(program_with(1), {}), Error); }

}  // namespace
}  // namespace waverack::link
