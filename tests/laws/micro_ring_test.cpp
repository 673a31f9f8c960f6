// Laws of the micro-ring: energy, heat, and the sample rate.

#include <gtest/gtest.h>

#include <cmath>
#include <iostream>
#include <numbers>
#include <random>

#include "lanes.hpp"
#include "waverack/link/solve.hpp"

namespace waverack {
namespace {

using std::numbers::pi;

parts::Conditions light_of(double power, double sample_rate) {
  parts::Conditions conditions;
  conditions.light = {power, 0.0, 0.0, 1310e-9, {}};
  conditions.sample_rate = sample_rate;
  return conditions;
}

// A smooth random drive of `swing` volts that contains nothing above a tenth of the sample rate.
std::vector<float> random_drive(std::size_t n, double swing) {
  std::mt19937 random(11);
  std::uniform_real_distribution<double> phase(0.0, 2.0 * pi);
  std::vector<double> volts(n, 0.0);
  for (std::size_t k = 1; k < n / 10; k += 3) {
    const double start = phase(random);
    for (std::size_t i = 0; i < n; ++i)
      volts[i] += std::cos(2.0 * pi * static_cast<double>(k * i % n) / static_cast<double>(n) + start);
  }
  double peak = 0.0;
  for (const double v : volts) peak = std::max(peak, std::abs(v));
  std::vector<float> result;
  for (const double v : volts) result.push_back(static_cast<float>(0.5 * swing * v / peak));
  return result;
}

// What goes in comes out or is absorbed, in the mean over a period; the light may be brighter than the laser
// only for moments, from what the ring has stored. |a|² follows from E_out = E_in − jμa. Tolerance: single
// precision of the field, and the interpolation of the drive (parts/coupled_mode.hpp).
TEST(MicroRingLaws, EnergyIsConserved) {
  for (const double q : {2000.0, 5000.0, 40000.0})
    for (const double loss_change : {0.0, 0.05})
      for (const parts::Coupling coupled : {parts::Coupling::under, parts::Coupling::over}) {
        parts::MicroRing part;
        part.loaded_q = q;
        part.detuning = 0.8;
        part.tuning = 60e-12;
        part.loss_change = loss_change;
        part.coupled = coupled;
        part.built_in_voltage = 1e9;
        part.insertion_loss = 1.0;
        const std::vector<float> volts = random_drive(4096, 4.0);
        std::vector<std::complex<float>> field(volts.size());
        const parts::Conditions conditions = light_of(1.0, 850e9);
        apply(part, conditions, std::span<const float>(volts), std::span<std::complex<float>>(field));
        const parts::CoupledMode mode = coupled_mode(part, conditions);
        double out = 0.0, absorbed = 0.0, brightest = 0.0;
        for (std::size_t i = 0; i < volts.size(); ++i) {
          const std::complex<double> e(field[i]);
          const double stored = std::norm(e - 1.0) / (2.0 * mode.external);
          const double loss_rate = mode.internal * (1.0 - loss_change * volts[i]);
          out += std::norm(e);
          absorbed += 2.0 * loss_rate * stored;
          brightest = std::max(brightest, std::norm(e));
        }
        const auto n = static_cast<double>(volts.size());
        EXPECT_NEAR((out + absorbed) / n, 1.0, 2e-5) << q << " " << loss_change;
        EXPECT_LT(out / n, 1.0);
        EXPECT_GT(absorbed / n, 0.01);
      }
}

// Light of power P pulls the ring into bistability above P = 8/(3√3)·Δλ/(η·ρ·(1 − 1/X)): Δλ the half-width, η
// the heater's shift per watt, ρ the share that becomes heat; the cusp of a resonance that shifts itself.
// There the cold resonance is √3 half-widths from the laser, on its other side.
TEST(MicroRingLaws, BistabilityThreshold) {
  for (const double q : {3000.0, 10000.0, 60000.0}) {
    parts::MicroRing part;
    part.loaded_q = q;
    part.locked = false;
    part.absorbed_heat = 0.7;
    const double half_width = 0.5 * 1310e-9 / q, depth = 1.0 - 1.0 / part.resonance_extinction;
    const double threshold =
        8.0 / (3.0 * std::sqrt(3.0)) * half_width / (part.heater_efficiency * 0.7 * depth);
    const auto bistable = [&](double power) {
      for (part.detuning = -3.0; part.detuning < 0.0; part.detuning += 0.002)
        if (thermal_states(part, light_of(power, 0.0)).size() == 3) return true;
      return false;
    };
    EXPECT_FALSE(bistable(0.99 * threshold)) << q;
    ASSERT_TRUE(bistable(1.01 * threshold)) << q;
    EXPECT_NEAR(part.detuning, -std::sqrt(3.0), 0.02) << q;
    if (q == 60000.0) std::cout << "threshold at Q 60000: " << 1e6 * threshold << " uW\n";
  }
}

// The heat is solved for the slow response to the data. The data's own mean of the absorbed light, from the
// equation in time, is the same within 1 % for a swing of half a half-width at 53 GBd.
TEST(MicroRingLaws, HeatOfTheMeanIsThatOfTheData) {
  parts::MicroRing part;
  part.detuning = 1.0;
  part.built_in_voltage = 1e9;
  part.tuning = 0.5 * 0.5 * 1310e-9 / part.loaded_q;  // half a half-width for each volt
  const std::vector<float> volts = random_drive(4096, 1.0);
  const auto mean_of = [&](double sample_rate) {
    std::vector<std::complex<float>> field(volts.size());
    apply(part, light_of(1.0, sample_rate), std::span<const float>(volts),
          std::span<std::complex<float>>(field));
    double mean = 0.0;
    for (const auto& e : field) mean += std::norm(std::complex<double>(e));
    return part.insertion_loss * mean / static_cast<double>(volts.size());
  };
  const double slow = 1.0 - mean_of(0.0), fast = 1.0 - mean_of(850e9);
  std::cout << "absorbed: " << slow << " slowly, " << fast << " with memory\n";
  EXPECT_NEAR(fast / slow, 1.0, 0.01);
  EXPECT_NE(fast, slow);
}

// Finer samples converge, as for the lane with a Mach-Zehnder modulator (laws.LaneLaws.FinerSamplesConverge),
// with a drive of more than a half-width. The measure is the mean square error after the equaliser: the
// margin of so nonlinear an eye hangs on a few symbols beside a threshold.
TEST(MicroRingLaws, FinerSamplesConverge) {
  parts::MicroRing ring;
  ring.tuning = 60e-12;
  link::SolveOptions options;
  options.penalties = options.charts = false;
  const auto quality = [&](int samples) {
    link::Lane lane = lanes::complete_lane(ring);
    lane.samples_per_symbol = samples;
    return link::solve(lane, options).segments.back().mmse_snr_db;
  };
  const double limit = quality(64);
  const struct {
    int samples;
    double tolerance_db;
  } rows[] = {{8, 0.01}, {16, 0.01}, {32, 0.003}};
  for (const auto& row : rows) {
    const double deviation = quality(row.samples) - limit;
    std::cout << row.samples << " samples per symbol: " << deviation << " dB off " << limit << " dB\n";
    EXPECT_NEAR(deviation, 0.0, row.tolerance_db) << row.samples;
  }
}

// Taking away the memory of a ring makes its light follow at once, so nothing of the response is left to
// equalise: with the pole gone too, a lane of one tap errs less.
TEST(MicroRingLaws, WithoutItsMemoryTheEyeIsOpener) {
  parts::MicroRing ring;
  ring.loaded_q = 12000.0;
  ring.detuning = 0.5;
  const link::Lane lane = lanes::complete_lane(ring);
  link::SolveOptions options;
  options.charts = false;
  const link::LaneResult result = link::solve(lane, options);
  double penalty = 0.0;
  for (const link::Penalty& item : result.penalties)
    if (item.impairment == "response:micro_ring") penalty = item.penalty_db;
  EXPECT_GT(penalty, 0.5);
}

}  // namespace
}  // namespace waverack
