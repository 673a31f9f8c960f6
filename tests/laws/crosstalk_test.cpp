// Laws of crosstalk, and closed forms of what it costs.

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numbers>

#include "closed_forms.hpp"
#include "lanes.hpp"
#include "waverack/link/solve.hpp"

namespace waverack {
namespace {

using std::numbers::pi;
constexpr double symbol_rate = 53.125e9;

// A coupling of the amplitude `s21` at all frequencies, into the voltage behind
// `into`.
link::Aggressor flat(double s21, const std::string& into) {
  network::Network network;
  network.name = "flat.s2p";
  network.ports = 2;
  for (const double f : {0.0, 250e9, 500e9}) {
    network.frequencies.push_back(f);
    network.s.insert(network.s.end(), {0.0, s21, s21, 0.0});
  }
  link::Aggressor aggressor;
  aggressor.name = "neighbour";
  aggressor.into = into;
  aggressor.kind = link::Side::near_end;
  aggressor.file = {"flat.s2p", std::make_shared<const network::Network>(std::move(network))};
  return aggressor;
}

link::LaneResult crosstalk_solution_of(const link::Lane& lane, bool penalties = false) {
  link::SolveOptions options;
  options.charts = options.margins = false;
  options.penalties = penalties;
  return link::solve(lane, options);
}

// Step response of a Butterworth filter of 4th order with the corner `corner`:
// 1 + Σ r_k·e^(p_k·t), p_k its poles.
double step_response(double corner, double t) {
  if (t <= 0.0) return 0.0;
  std::complex<double> poles[4], sum = 1.0;
  for (int k = 0; k < 4; ++k) poles[k] = 2.0 * pi * corner * std::polar(1.0, pi * (0.5 + (2 * k + 1) / 8.0));
  for (int k = 0; k < 4; ++k) {
    std::complex<double> residue = std::pow(2.0 * pi * corner, 4) / poles[k];
    for (int j = 0; j < 4; ++j)
      if (j != k) residue /= poles[k] - poles[j];
    sum += residue * std::exp(poles[k] * t);
  }
  return sum.real();
}

// Cursors of a symbol of 1 V behind that filter, sampled a time t after its start.
std::vector<double> cursors(double corner, double t, int count) {
  std::vector<double> list;
  for (int j = 0; j < count; ++j)
    list.push_back(step_response(corner, t + j / symbol_rate) -
                   step_response(corner, t + (j - 1) / symbol_rate));
  return list;
}

// PAM2 of ±0.5 V through a filter of four times the symbol rate, a tap, and white noise. An aggressor of ±a
// adds, at each phase, the sum of its symbols through the same filter. All from closed forms: both pulses,
// the noise bandwidth of the filter (π/8)/sin(π/8)·f_c, and every combination of the symbols that matter;
// only the instant of the decision is taken from the solution. Asserted 1 %; 0.1 % in Q is 4 % of the error
// ratio, so the instant must be right to half a sample.
TEST(CrosstalkLaws, OneAggressorOfPam2) {
  const double corner = 4.0 * symbol_rate, coupling = 0.12, wanted_q = 6.5;
  const double sigma = 0.5 / wanted_q;
  parts::Receiver receiver = lanes::plain_receiver(4.0);
  receiver.noise_density = sigma / std::sqrt(corner * (pi / 8.0) / std::sin(pi / 8.0));
  link::Lane lane =
      lanes::electrical_lane(symbol_rate, link::Modulation::pam2, lanes::ideal_transmitter(1.0), receiver);
  lane.samples_per_symbol = 64;
  for (const bool disturbed : {false, true}) {
    if (disturbed) lane.aggressor = {flat(coupling, "host_transmitter")};
    const link::LaneResult result = crosstalk_solution_of(lane);
    // A sample stands for the middle of its interval.
    const double instant = (result.segments[0].sampling_phase_ui + 0.5 / 64) / symbol_rate;
    const std::vector<double> own = cursors(corner, instant, 3);
    double expected = 0.0;
    constexpr int phases = 512, symbols = 4;
    for (int i = 0; i < phases; ++i) {
      const std::vector<double> other = cursors(corner, (i + 0.5) / phases / symbol_rate, symbols);
      for (int item = 0; item < 1 << (symbols + 2); ++item) {
        double x = own[0] * 0.5;
        for (int j = 1; j < 3; ++j) x += (item >> (symbols + j - 1) & 1 ? 0.5 : -0.5) * own[j];
        for (int j = 0; j < symbols && disturbed; ++j)
          x += (item >> j & 1 ? 0.5 : -0.5) * coupling * other[j];
        expected += q(x / sigma) / (phases * (1 << (symbols + 2)));
      }
    }
    EXPECT_NEAR(result.ber_pre_fec / expected, 1.0, 0.01) << disturbed << " " << result.ber_pre_fec;
  }
}

// The same peak as Gaussian noise of the same variance would cost far more at a
// low error ratio: the peaks count.
TEST(CrosstalkLaws, ItIsNotGaussian) {
  parts::Receiver receiver = lanes::plain_receiver(4.0);
  receiver.noise_density = 0.5 / 8.0 / std::sqrt(4.0 * symbol_rate * (pi / 8.0) / std::sin(pi / 8.0));
  link::Lane lane =
      lanes::electrical_lane(symbol_rate, link::Modulation::pam2, lanes::ideal_transmitter(1.0), receiver);
  lane.aggressor = {flat(0.15, "host_transmitter")};
  const double gaussian = q(0.5 / std::hypot(0.5 / 8.0, 0.075));
  EXPECT_LT(crosstalk_solution_of(lane).ber_pre_fec, 1e-2 * gaussian);
}

// A lane of two segments, aggressors in both: behind the package line of the
// first, behind the driver and the amplifier of the second.
link::Lane disturbed(double coupling_db) {
  link::Lane lane = lanes::complete_lane();
  const auto add = [&](const char* name, const char* into, link::Side kind) {
    link::Aggressor aggressor;
    aggressor.name = name;
    aggressor.into = into;
    aggressor.kind = kind;
    aggressor.coupling = from_db(coupling_db);
    lane.aggressor.push_back(aggressor);
  };
  add("board", "package_line", link::Side::far_end);
  add("driver", "linear_driver", link::Side::far_end);
  add("amplifier", "tia", link::Side::near_end);
  return lane;
}

// Not a bit changes: silence adds 0 to spectra and nothing to densities.
TEST(CrosstalkLaws, SilentAggressorsAreNotThere) {
  const link::LaneResult alone = crosstalk_solution_of(lanes::complete_lane());
  link::Lane lane = disturbed(-20.0);
  for (link::Aggressor& aggressor : lane.aggressor) aggressor.swing = 0.0;
  const link::LaneResult silent = crosstalk_solution_of(lane);
  EXPECT_EQ(silent.ber_pre_fec, alone.ber_pre_fec);
  ASSERT_EQ(silent.segments.size(), alone.segments.size());
  for (std::size_t i = 0; i < alone.segments.size(); ++i) {
    EXPECT_EQ(silent.segments[i].ber_by_eye, alone.segments[i].ber_by_eye);
    EXPECT_EQ(silent.segments[i].thresholds, alone.segments[i].thresholds);
    EXPECT_EQ(silent.segments[i].ffe_taps, alone.segments[i].ffe_taps);
    EXPECT_EQ(silent.segments[i].snr_margin_db, alone.segments[i].snr_margin_db);
  }
}

TEST(CrosstalkLaws, MoreCouplingNeverHelps) {
  double before = crosstalk_solution_of(lanes::complete_lane()).ber_pre_fec;
  for (const double coupling_db : {-60.0, -50.0, -40.0, -35.0, -30.0, -25.0}) {
    const double ber = crosstalk_solution_of(disturbed(coupling_db)).ber_pre_fec;
    EXPECT_GE(ber, before * (1.0 - 1e-6)) << coupling_db;
    before = ber;
  }
}

// Each aggressor has its line in the budget of its segment, and all of them
// together one penalty.
TEST(CrosstalkLaws, BudgetAndPenalty) {
  const link::LaneResult result = crosstalk_solution_of(disturbed(-35.0), true);
  const auto share_of = [&](std::size_t segment, const std::string& source) {
    for (const link::NoiseShare& share : result.segments[segment].noise_budget)
      if (share.source == source) return share.share;
    return 0.0;
  };
  EXPECT_GT(share_of(0, "lane.aggressor.board"), 0.0);
  EXPECT_EQ(share_of(0, "lane.aggressor.driver"), 0.0);
  EXPECT_GT(share_of(1, "lane.aggressor.driver"), 0.0);
  EXPECT_GT(share_of(1, "lane.aggressor.amplifier"), 0.0);
  double penalty = 0.0;
  for (const link::Penalty& item : result.penalties)
    if (item.impairment == "crosstalk") penalty = item.penalty_db;
  EXPECT_GT(penalty, 0.05);
}

// Twice the amplitude is four times the variance in the budget.
TEST(CrosstalkLaws, VarianceGrowsWithTheSquare) {
  link::Lane lane = lanes::electrical_lane(symbol_rate, link::Modulation::pam4, parts::HostTransmitter{},
                                           lanes::plain_receiver(0.75));
  std::get<parts::Receiver>(lane.chain.back().part).noise_density = 20e-9;
  const auto rms = [&](double s21) {
    lane.aggressor = {flat(s21, "host_transmitter")};
    const link::LaneResult result = crosstalk_solution_of(lane);
    for (const link::NoiseShare& share : result.segments[0].noise_budget)
      if (share.source == "lane.aggressor.neighbour") return share.rms;
    return 0.0;
  };
  EXPECT_NEAR(rms(0.02) / rms(0.01), 2.0, 0.01);  // the one tap shrinks a little
}

}  // namespace
}  // namespace waverack
