// The semi-analytic and the waveform solver on every built-in design: they share the plan, the equaliser and
// the thresholds, and nothing of what lies between the symbols and the decisions.

#include <gtest/gtest.h>

#include <cmath>
#include <iostream>

#include "raised_noise.hpp"
#include "waverack/io/load.hpp"
#include "waverack/link/waveform_solver.hpp"
#include "waverack/signal/pattern.hpp"
#include "waverack/signal/special.hpp"

namespace waverack {
namespace {

double q_db(double ber) { return 20.0 * std::log10(signal::inverse_q(ber)); }

// Distance of the two solvers in Q beyond the 95 % interval of the counted ratio [dB].
double beyond_interval_db(const link::SegmentCounts& counted) {
  const link::Interval interval = link::ber_interval(counted.counts);
  const double expected = q_db(counted.expected_ber);
  return std::max({0.0, expected - q_db(interval.low), q_db(interval.high) - expected});
}

class SolversAgree : public testing::TestWithParam<std::string> {};

TEST_P(SolversAgree, InQ) {
  const io::Input input = io::load_design(GetParam());
  const link::Lane& lane = input.loaded.design.lane;
  link::Plan plan = link::make_plan(lane);
  std::vector<std::uint8_t> symbols = signal::prbs_pam4(13);
  if (plan.conditions.levels == 2)
    for (std::uint8_t& symbol : symbols) symbol = symbol >> 1;
  link::CountOptions options;
  options.symbols = 2'000'000;
  options.threads = 1;
  const double factor = factor_for(lane, symbols, options.samples_per_symbol, 2e-4, 8e-4);
  raise_noise(plan, factor);
  for (const link::SegmentCounts& counted : link::count_errors(plan, symbols, fec::kp4, options)) {
    if (counted.expected_ber < 1e-5) continue;  // a segment with so few errors tells nothing here
    EXPECT_LT(counted.expected_ber, 1e-3);
    const double ber =
        static_cast<double>(counted.counts.bit_errors) / static_cast<double>(counted.counts.bits);
    std::cout << GetParam() << ": noise times " << factor << ", counted " << ber << ", expected "
              << counted.expected_ber << ", " << q_db(ber) - q_db(counted.expected_ber) << " dB in Q, "
              << beyond_interval_db(counted) << " dB beyond the interval\n";
    // Target of the project.
    EXPECT_LT(beyond_interval_db(counted), 0.1);
  }
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  for (char& c : name)
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  return name;
}
INSTANTIATE_TEST_SUITE_P(Designs, SolversAgree, testing::ValuesIn(io::design_names()), test_name);

}  // namespace
}  // namespace waverack
