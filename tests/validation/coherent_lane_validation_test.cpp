// The coherent lane as a whole: the receiver against theory, the closed form against the simulation.

#include <gtest/gtest.h>

#include <cmath>

#include "waverack/base/decibel.hpp"
#include "waverack/coherent/modulation_theory.hpp"
#include "waverack/io/load.hpp"
#include "waverack/link/coherent_budget.hpp"
#include "waverack/link/coherent_lane.hpp"
#include "waverack/link/coherent_run.hpp"
#include "waverack/link/solve.hpp"

namespace waverack {
namespace {

const std::vector<std::string> every_part{"coherent_transmitter", "coherent_driver",  "iq_modulator", "light",
                                          "coherent_front_end",   "coherent_receiver"};

link::Lane lane_of(const std::string& name, const std::vector<std::string>& settings = {}) {
  return io::load_design(name, settings).loaded.design.lane;
}

// SNR at which theory has the error ratio that was counted.
double effective_snr_db(const link::CoherentPlan& plan, const link::CoherentSimulation& counted) {
  return to_db(coherent::required_snr(plan.format, counted.ber_pre_fec));
}

// Issue: at most 0.5 dB of implementation penalty of the assembled 800ZR receiver with ideal parts. Noise is
// that of amplifiers alone, which the closed form gives as SNR exactly (GSNR with a linear fibre and without
// PDL); the preamplifier is made so bad that the error ratio is near the limit of 2e-2, where theory has
// 12.71 dB (facts: coherent 9.2). On: 1360 ps/nm, PMD of the fibre, filters, rotation of the polarisations.
TEST(CoherentLaneValidation, PenaltyOfTheReceiverWithIdealParts) {
  const link::Lane lane =
      lane_of("zr-800g", {"lane.chain.preamplifier.noise_figure=19.9 dB", "lane.chain.pdl.pdl=0 dB",
                          "lane.chain.fibre_span.nonlinearity=0 1/(W km)"});
  const link::CoherentPlan plan = link::make_coherent_plan(lane);
  const double snr_db = link::close_lane(plan, lane.ber_limit, coherent::NonlinearModel::closed_form).gsnr_db;
  link::CoherentRunOptions options;
  options.ideal = every_part;
  options.linear_fibre = true;
  const link::CoherentSimulation counted = link::run_coherent(plan, options).result;
  ASSERT_TRUE(counted.aligned);
  EXPECT_NEAR(counted.ber_pre_fec, 2e-2, 8e-3);
  const double penalty_db = snr_db - effective_snr_db(plan, counted);
  RecordProperty("penalty_db", std::to_string(penalty_db));
  EXPECT_LT(penalty_db, 0.5);
  EXPECT_GT(penalty_db, -0.15);  // half a dB of counting would be 3 standard deviations
}

// Facts, coherent A21: with everything on the OSNR at 2e-2 lies between 22.5 dB, the theory, and 27 dB, the
// specification; ofm-phy states 23.1 dB with its own parts.
TEST(CoherentLaneValidation, OsnrOf800zrWithRealParts) {
  const link::Lane lane = lane_of("zr-800g", {"lane.chain.preamplifier.noise_figure=16.5 dB"});
  const link::CoherentPlan plan = link::make_coherent_plan(lane);
  const link::CoherentClosure closed = link::close_lane(plan, lane.ber_limit);
  const link::CoherentSimulation counted = link::run_coherent(plan, {}).result;
  ASSERT_TRUE(counted.aligned);
  // Moved to 2e-2 with what the modules add held: 1/SNR adds up.
  const double measured = std::pow(10.0, -effective_snr_db(plan, counted) / 10.0);
  const double modules = measured - std::pow(10.0, -closed.gsnr_db / 10.0);
  const double needed = 1.0 / coherent::required_snr(plan.format, 2e-2);
  ASSERT_GT(modules, 0.0);
  const double osnr_db = to_db(1.0 / (needed - modules)) + to_db(lane.symbol_rate / 12.5e9);
  RecordProperty("osnr_db", std::to_string(osnr_db));
  EXPECT_GT(osnr_db, 22.47);
  EXPECT_LT(osnr_db, 27.0);
}

// The two solvers on the same chain. The closed form knows neither what taps and loops of the receiver leave
// (28 dB with ideal parts) nor what pre-emphasis does to peaks: 1 dB at 21 dB of SNR, less below.
class CoherentSolvers : public testing::TestWithParam<const char*> {};
TEST_P(CoherentSolvers, Agree) {
  const link::Lane lane = lane_of(GetParam());
  const link::CoherentPlan plan = link::make_coherent_plan(lane);
  const link::CoherentClosure closed = link::close_lane(plan, lane.ber_limit);
  const link::CoherentRun run = link::run_coherent(plan, {});
  ASSERT_TRUE(run.result.aligned);
  RecordProperty("closed_db", std::to_string(closed.snr_db));
  RecordProperty("simulated_db", std::to_string(run.result.snr_db));
  EXPECT_NEAR(run.result.snr_db, closed.snr_db, 1.0);
  // Both see the lasers 3.6 GHz apart and the clocks 40 ppm.
  EXPECT_NEAR(run.result.frequency_offset_hz, 2.0 * plan.laser_offset, 50e6);
  EXPECT_NEAR(run.result.clock_offset_ppm, 40.0, 2.0);
}
INSTANTIATE_TEST_SUITE_P(Designs, CoherentSolvers, testing::Values("zr-800g", "zr-400g", "zr-plus-800g"),
                         [](const testing::TestParamInfo<const char*>& design) {
                           std::string name = design.param;
                           for (char& c : name)
                             if (c == '-') c = '_';
                           return name;
                         });

// The limit of oFEC is an error ratio of 2.0e-2 for every format (OpenZR+ 3.0 Table 1-3); judged by the
// normalised GMI, a lane in white noise is on the same side of it.
TEST(CoherentLaneValidation, ThresholdIsTheLimitOfEveryFormat) {
  for (const auto& [modulation, frame] :
       {std::pair{"DP-QPSK", "OpenZR+ 200G"}, {"DP-8QAM", "OpenZR+ 300G"}, {"DP-16QAM", "OpenZR+ 400G"}}) {
    const auto solved = [&](double noise_figure_db) {
      const link::Lane lane = lane_of(
          "zr-400g",
          {std::string("lane.modulation=") + modulation, "lane.fec=oFEC",
           std::string("lane.chain.coherent_transmitter.frame=") + frame, "lane.symbol_rate=60.138546798 GBd",
           "lane.ber_limit=0.02", "lane.chain.booster.output_power=-10 dBm",
           "lane.chain.preamplifier.noise_figure=" + std::to_string(noise_figure_db) + " dB"});
      link::SolveOptions options;
      options.charts = options.penalties = false;
      return link::solve(lane, options);
    };
    double good = 0.0, bad = 20.0;  // noise figures on either side of the limit [dB]
    ASSERT_GT(solved(good).margin_db, 0.0) << modulation;
    ASSERT_LT(solved(bad).margin_db, 0.0) << modulation;
    while (bad - good > 0.02) {
      const double middle = 0.5 * (good + bad);
      (solved(middle).margin_db > 0.0 ? good : bad) = middle;
    }
    EXPECT_NEAR(solved(good).ber_pre_fec, 2e-2, 2e-4) << modulation;
    EXPECT_TRUE(solved(good).coherent->error_free) << modulation;
    EXPECT_FALSE(solved(bad).coherent->error_free) << modulation;
  }
}

// The same seed gives the same result, another one another.
TEST(CoherentLaneValidation, SeedsDecide) {
  const link::Lane lane = lane_of("zr-400g");
  const link::CoherentPlan plan = link::make_coherent_plan(lane);
  link::CoherentRunOptions options;
  options.symbols = 8192;
  const double first = link::run_coherent(plan, options).result.snr_db;
  EXPECT_EQ(link::run_coherent(plan, options).result.snr_db, first);
  options.seed = 2;
  EXPECT_NE(link::run_coherent(plan, options).result.snr_db, first);
}

}  // namespace
}  // namespace waverack
