// The semi-analytic noise and error ratio against drawn noise.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <numeric>
#include <random>

#include "lanes.hpp"
#include "laws/monte_carlo.hpp"
#include "waverack/link/solve.hpp"
#include "waverack/signal/fractional_advance.hpp"
#include "waverack/signal/pattern.hpp"

namespace waverack {
namespace {

// Every kind of source and every kind of nonlinearity: transmitter noise, driver with compression, a
// modulator driven to 0.5 V_π, laser intensity noise, fibre, shot noise, TIA with compression, front end,
// FFE. The gain control of the TIA is out of the way, because it would follow the drawn noise.
link::Lane noisy_lane() {
  parts::HostTransmitter transmitter = lanes::ideal_transmitter(0.4);
  transmitter.rise_time = 7.5e-12;
  transmitter.sndr = from_db(33.0);
  parts::LinearDriver driver;
  driver.bandwidth = 50e9;
  driver.gain = from_db(2.0);
  driver.saturation_swing = 0.8;
  driver.noise_density = 8e-9;
  parts::MachZehnder modulator = lanes::ideal_modulator();
  modulator.static_extinction = from_db(25.0);
  modulator.rc_bandwidth = 60e9;
  parts::CwLaser laser = lanes::ideal_laser(0.5e-3);
  laser.rin = from_db(-140.0);
  parts::Tia tia;
  tia.bandwidth = 40e9;
  tia.output_swing = 10.0;
  tia.saturation_swing = 1.2;
  tia.noise_density = 15e-12;
  tia.offset_loop_corner = 0.0;  // its wander follows the symbols and is not drawn here
  parts::Photodiode photodiode = lanes::ideal_photodiode(0.9);
  photodiode.bandwidth = 50e9;
  parts::Receiver receiver;
  receiver.noise_density = 5e-9;
  receiver.ffe_pre = 2;
  receiver.ffe_post = 4;
  link::Lane lane = lanes::optical_lane(53.125e9, link::Modulation::pam4, transmitter, laser, modulator,
                                        photodiode, tia, receiver);
  lane.chain.insert(lane.chain.begin() + 1, lanes::instance(driver));
  parts::Fibre fibre;
  fibre.attenuation = 0.0;
  fibre.length = 2000.0;
  lane.chain.insert(lane.chain.begin() + 3, lanes::instance(fibre));
  return lane;
}

struct Comparison {
  std::array<double, 4> drawn{}, solved{};  // variance by level
};

// Noise at the decision by level: `runs` draws on PRBS13Q against the solver, only the sources in `kept`
// switched on (all of them if it is empty).
Comparison compare(const link::Plan& plan, const std::string& kept, int runs) {
  const link::Segment& segment = plan.segments.front();
  const std::vector<std::uint8_t> symbols = signal::prbs_pam4(13);
  const link::SolvedSegment all = link::solve_segment(segment, plan.conditions, symbols, {});
  link::Without without;
  for (const link::PlacedNoise& noise : segment.noises)
    if (!kept.empty() && noise.path != kept) without.noises.insert(noise.path);

  const link::NoiseGrid grid(segment, plan.conditions, all.propagation, without);
  const std::vector<std::complex<double>> equaliser =
      link::equaliser_response(all.equaliser, all.shape, 16, grid.length());
  std::vector<float> light =
      dsp::equalise(all.equaliser, all.shape, all.propagation.at_sampler, all.target, 16, all.phase);
  const double mean = std::accumulate(light.begin(), light.end(), 0.0) / static_cast<double>(light.size());
  for (float& value : light) value -= static_cast<float>(grid.dark_value(mean, equaliser));
  const std::vector<float> variance = grid.at_decision(equaliser).variance(all.phase, light);

  const laws::MonteCarlo monte_carlo(segment, plan.conditions, without, 16);
  // The mean over the draws is the signal: second-order effects of the noise are not counted as noise.
  const std::size_t n = symbols.size();
  std::vector<double> sum(n, 0.0), square(n, 0.0);
  for (int run = 0; run < runs; ++run) {
    const std::vector<float> y = dsp::equalise(
        all.equaliser, all.shape, monte_carlo.at_sampler(symbols, 100 + run), all.target, 16, all.phase);
    for (std::size_t k = 0; k < n; ++k) {
      sum[k] += y[k];
      square[k] += static_cast<double>(y[k]) * y[k];
    }
  }
  Comparison result;
  std::array<double, 4> count{};
  for (std::size_t k = 0; k < n; ++k) {
    const std::uint8_t level = symbols[k];
    count[level] += 1.0;
    result.solved[level] += variance[k];
    result.drawn[level] += (square[k] - sum[k] * sum[k] / runs) / (runs - 1);
  }
  for (std::size_t l = 0; l < 4; ++l) {
    result.drawn[l] /= count[l];
    result.solved[l] /= count[l];
  }
  return result;
}

// Theory: semi-analytic, eq. 3 and 4. Tolerance: four standard errors, 4·sqrt(2/n) with n half of 2047
// symbols of a level (neighbouring samples are correlated) times the draws less one; plus the model error
// that the theory page states: none for sources behind the last nonlinear part, 12 % of a level's own
// variance for those whose strength the pattern changes before the last nonlinear part, 5 % for all together.
TEST(NoiseAgainstMonteCarlo, LevelByLevel) {
  const link::Lane lane = noisy_lane();
  const link::Plan plan = link::make_plan(lane);
  const struct {
    const char* path;
    double model_error;
  } sources[] = {{"lane.chain.receiver.input", 0.0},
                 {"lane.chain.tia.input", 0.02},
                 {"lane.chain.photodiode.shot", 0.05},
                 {"lane.light.cw_laser.rin", 0.12},
                 {"lane.chain.linear_driver.output", 0.12},
                 {"lane.chain.host_transmitter.sndr", 0.12},
                 {"", 0.05}};
  constexpr int runs = 24;
  for (const auto& source : sources) {
    const Comparison comparison = compare(plan, source.path, runs);
    const double statistical = 4.0 * std::sqrt(2.0 / (0.5 * 2047.0 * (runs - 1)));
    for (std::size_t l = 0; l < 4; ++l) {
      EXPECT_NEAR(comparison.solved[l] / comparison.drawn[l], 1.0, statistical + source.model_error)
          << source.path << ", level " << l;
      std::cout << (*source.path ? source.path : "all sources") << " level " << l << ": drawn "
                << comparison.drawn[l] << ", solved/drawn " << comparison.solved[l] / comparison.drawn[l]
                << "\n";
    }
  }
}

// The same lane with a ring, whose light follows the voltage with memory: its noise passes slope and
// dynamics.
TEST(NoiseAgainstMonteCarlo, BehindARing) {
  parts::MicroRing ring;
  ring.tuning = 100e-12;
  ring.detuning = 1.2;
  ring.rc_bandwidth = 60e9;
  link::Lane lane = noisy_lane();
  for (parts::Instance& item : lane.chain)
    if (parts::as<parts::MachZehnder>(item)) item = lanes::instance(ring);
  const link::Plan plan = link::make_plan(lane);
  for (const char* path :
       {"lane.chain.linear_driver.output", "lane.chain.host_transmitter.sndr", "lane.light.cw_laser.rin"}) {
    constexpr int runs = 24;
    const Comparison comparison = compare(plan, path, runs);
    const double statistical = 4.0 * std::sqrt(2.0 / (0.5 * 2047.0 * (runs - 1)));
    for (std::size_t l = 0; l < 4; ++l) {
      EXPECT_NEAR(comparison.solved[l] / comparison.drawn[l], 1.0, statistical + 0.12)
          << path << ", level " << l;
      std::cout << path << " level " << l << ": drawn " << comparison.drawn[l] << ", solved/drawn "
                << comparison.solved[l] / comparison.drawn[l] << "\n";
    }
  }
}

// The same lane with the noise of a laser diode: a resonance far above the floor, at a seventh of the symbol
// rate and `damping_rate` wide.
link::Lane lane_with_resonance(double damping_rate) {
  link::Lane lane = noisy_lane();
  parts::DiodeLaser laser;
  laser.output_power = 0.5e-3;
  laser.rin = from_db(-160.0);
  laser.rin_resonance = from_db(-130.0);
  laser.relaxation_frequency = 7e9;
  laser.damping_rate = damping_rate;
  lane.light = {lanes::instance(laser)};
  return lane;
}

// Theory: semi-analytic, eq. 4a. The correlation time 2/γ is 2 and 11 symbols here, and the resonance stands
// where slow noise begins to end. Tolerance: four standard errors of some 250 independent values for each
// level and draw, plus the model error that the theory page states for this noise: 16 % of a level's own
// variance, 25 % of the lowest level's, 8 % of the sum.
TEST(NoiseAgainstMonteCarlo, ResonantLaserNoise) {
  constexpr int runs = 24;
  for (const double damping_rate : {50e9, 10e9}) {
    const link::Lane lane = lane_with_resonance(damping_rate);
    const Comparison comparison = compare(link::make_plan(lane), "lane.light.diode_laser.rin", runs);
    const double statistical = 4.0 * std::sqrt(2.0 / (250.0 * (runs - 1)));
    double solved = 0.0, drawn = 0.0;
    for (std::size_t l = 0; l < 4; ++l) {
      solved += comparison.solved[l];
      drawn += comparison.drawn[l];
      std::cout << "resonance damped by " << damping_rate << " level " << l << ": solved/drawn "
                << comparison.solved[l] / comparison.drawn[l] << ", drawn " << comparison.drawn[l] << "\n";
      EXPECT_NEAR(comparison.solved[l] / comparison.drawn[l], 1.0, statistical + (l == 0 ? 0.25 : 0.16)) << l;
    }
    EXPECT_NEAR(solved / drawn, 1.0, 0.5 * statistical + 0.08) << damping_rate;
  }
}

// A flat density is the white noise that one number says.
TEST(LaserNoise, FlatDensityIsWhite) {
  const link::Lane white = noisy_lane();
  link::Lane flat = white;
  parts::DiodeLaser laser;
  laser.output_power = 0.5e-3;
  laser.rin = from_db(-140.0);
  laser.rin_resonance = 0.0;
  flat.light = {lanes::instance(laser)};
  link::SolveOptions options;
  options.penalties = options.margins = options.charts = false;
  EXPECT_NEAR(link::solve(flat, options).ber_pre_fec / link::solve(white, options).ber_pre_fec, 1.0, 1e-9);
}

int bit_errors(std::uint8_t sent, int decided) {
  const int difference = (sent ^ (sent >> 1)) ^ (decided ^ (decided >> 1));  // Gray code
  return (difference & 1) + (difference >> 1);
}

// The error ratio by counting: random symbols, drawn noise, the solver's equaliser and thresholds. Tolerance:
// four standard deviations of a Poisson count (some 600 errors: 16 %) and 3 % for the model errors above.
TEST(ErrorRatioAgainstMonteCarlo, CountedErrors) {
  link::Lane lane = noisy_lane();
  std::get<parts::CwLaser>(lane.light.front().part).output_power = lanes::from_dbm(-9.0);
  const link::Plan plan = link::make_plan(lane);
  const link::Segment& segment = plan.segments.front();
  const link::SolvedSegment solved = link::solve_segment(segment, plan.conditions, signal::ssprq(), {});
  const link::Without nothing;
  const laws::MonteCarlo monte_carlo(segment, plan.conditions, nothing, 16);
  std::mt19937 random(3);
  double errors = 0.0, bits = 0.0;
  for (int run = 0; run < 6; ++run) {
    std::vector<std::uint8_t> symbols(65536);
    for (std::uint8_t& s : symbols) s = static_cast<std::uint8_t>(random() >> 30);
    const std::vector<float> waveform =
        signal::advanced(monte_carlo.at_sampler(symbols, 7 + run), solved.phase_fraction);
    const std::vector<float> y = dsp::equalise(solved.equaliser, solved.shape, waveform,
                                               link::targets_of(symbols, 4), 16, solved.phase);
    for (std::size_t k = 0; k < symbols.size(); ++k) {
      int decided = 0;
      for (const double threshold : solved.outcome.thresholds) decided += y[k] > threshold;
      errors += bit_errors(symbols[k], decided);
      bits += 2.0;
    }
  }
  std::cout << "solver " << solved.outcome.ber << ", counted " << errors / bits << " (" << errors
            << " errors)\n";
  ASSERT_GT(errors, 100.0);
  EXPECT_NEAR(solved.outcome.ber / (errors / bits), 1.0, 4.0 / std::sqrt(errors) + 0.03);
}

// Jitter by counting: every decision is taken at its own displaced instant. Eq. of the theory page, section
// 4: a displacement moves the decision by its slope, for random jitter and for the two Dirac pulses.
// Tolerance: four standard deviations of the count, and 5 % for the curvature that a slope leaves out at
// displacements of up to 0.1 UI.
TEST(ErrorRatioAgainstMonteCarlo, CountedErrorsWithJitter) {
  constexpr int samples = 16;
  link::Lane lane = noisy_lane();
  lanes::part_of<parts::CwLaser>(lane.light).output_power = lanes::from_dbm(-8.5);
  parts::HostTransmitter& transmitter = lanes::part_of<parts::HostTransmitter>(lane.chain);
  transmitter.random_jitter = 0.015;
  transmitter.dual_dirac_jitter = 0.03;
  const link::Plan plan = link::make_plan(lane);
  const link::Segment& segment = plan.segments.front();
  const link::SolvedSegment solved = link::solve_segment(segment, plan.conditions, signal::ssprq(), {});
  link::SegmentOptions still;
  still.without.random_jitter = still.without.dual_dirac_jitter = true;
  const double without_jitter =
      link::solve_segment(segment, plan.conditions, signal::ssprq(), still).outcome.ber;

  const link::Without nothing;
  const laws::MonteCarlo monte_carlo(segment, plan.conditions, nothing, samples);
  std::mt19937 random(5);
  std::normal_distribution<double> normal;
  double errors = 0.0, bits = 0.0;
  for (int run = 0; run < 6; ++run) {
    std::vector<std::uint8_t> symbols(65536);
    for (std::uint8_t& s : symbols) s = static_cast<std::uint8_t>(random() >> 30);
    const std::vector<float> target = link::targets_of(symbols, 4);
    const std::vector<float> waveform =
        signal::advanced(monte_carlo.at_sampler(symbols, 70 + run), solved.phase_fraction);
    // The decision variable two samples to either side, and a straight line between neighbouring samples.
    std::vector<std::vector<float>> y;
    for (int offset = -2; offset <= 3; ++offset)
      y.push_back(
          dsp::equalise(solved.equaliser, solved.shape, waveform, target, samples, solved.phase + offset));
    for (std::size_t k = 0; k < symbols.size(); ++k) {
      const double dirac = random() & 1 ? 0.03 : -0.03;
      const double place = std::clamp(samples * (0.015 * normal(random) + dirac) + 2.0, 0.0, 4.999);
      const auto index = static_cast<std::size_t>(place);
      const double fraction = place - static_cast<double>(index);
      const double value = (1.0 - fraction) * y[index][k] + fraction * y[index + 1][k];
      int decided = 0;
      for (const double threshold : solved.outcome.thresholds) decided += value > threshold;
      errors += bit_errors(symbols[k], decided);
      bits += 2.0;
    }
  }
  std::cout << "with jitter: solver " << solved.outcome.ber << ", counted " << errors / bits << " (" << errors
            << " errors); without jitter " << without_jitter << "\n";
  ASSERT_GT(errors, 100.0);
  EXPECT_GT(solved.outcome.ber, 1.2 * without_jitter);
  EXPECT_NEAR(solved.outcome.ber / (errors / bits), 1.0, 4.0 / std::sqrt(errors) + 0.05);
}

// Transmitter noise is one value for each symbol, held for one UI, so its power at the decision is σ²·Σ_m
// p(t_0 + mT)² with p the equalised pulse: σ_TX = h(0)·10^(−SNR_TX/20) of COM where the equaliser leaves one
// cursor (facts: standards 5.2). The mean spectrum alone would give 15 to 23 % less. The pulse is taken from
// the regression on the symbols, which knows nothing of the noise. Tolerance 1 %: single precision of the
// pattern, and its memory of 80 symbols.
TEST(TransmitterNoise, IsHeldForOneSymbol) {
  for (const double ratio : {0.5, 0.75, 1.5}) {
    parts::HostTransmitter transmitter = lanes::ideal_transmitter(1.0);
    transmitter.rise_time = 7.5e-12;
    transmitter.sndr = from_db(30.0);
    parts::Receiver receiver = lanes::plain_receiver(ratio);
    receiver.noise_density = 1e-9;
    receiver.ffe_pre = 3;
    receiver.ffe_post = 8;
    const link::Lane lane = lanes::electrical_lane(53.125e9, link::Modulation::pam4, transmitter, receiver);
    const link::Plan plan = link::make_plan(lane);
    const link::Segment& segment = plan.segments.front();
    const std::vector<std::uint8_t> symbols = signal::prbs_pam4(13);
    const link::SolvedSegment solved = link::solve_segment(segment, plan.conditions, symbols, {});
    double variance = 0.0;
    for (const link::SourceShare& share : solved.noise)
      if (share.path == "lane.chain.host_transmitter.sndr") variance = share.variance;
    double sum = 0.0;
    for (const double tap : solved.statistics->pulse()) sum += tap * tap;
    const double cursor =
        0.5 * (solved.statistics->level_means().back() - solved.statistics->level_means().front());
    const double held = cursor * cursor * sum / transmitter.sndr;
    EXPECT_NEAR(variance / held, 1.0, 0.01) << ratio;
  }
}

}  // namespace
}  // namespace waverack
