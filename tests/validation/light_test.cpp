// Modulator, fibre and reflections as a whole lane sees them.

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numbers>

#include "closed_forms.hpp"
#include "lanes.hpp"
#include "modulator_levels.hpp"
#include "tone.hpp"
#include "waverack/link/propagate.hpp"
#include "waverack/link/reflections.hpp"
#include "waverack/link/solve.hpp"

namespace waverack {
namespace {

// Source: facts, photonics 4.1 [computed], ideal push-pull modulator at quadrature. Here the numbers come
// from the eye at a test point of a solved lane: SSPRQ, a transmitter edge of a fifth of a symbol. Tolerance:
// R_LM to 0.003 (the eye is sampled by interpolation), decibels to 0.02: the last printed digit and the same
// again.
TEST(Modulator, LevelTableAtATestPoint) {
  for (const ModulatorLevels& row : modulator_levels) {
    parts::HostTransmitter transmitter = lanes::ideal_transmitter(row.ratio);
    transmitter.rise_time = 4e-12;
    link::Lane lane = lanes::optical_lane(50e9, link::Modulation::pam4, transmitter, lanes::ideal_laser(1e-3),
                                          lanes::ideal_modulator(), lanes::ideal_photodiode(0.9),
                                          lanes::linear_tia(), lanes::plain_receiver(0.75));
    parts::TestPoint probe;
    probe.bandwidth_ratio = 0.0;
    lane.chain.insert(lane.chain.begin() + 2, lanes::instance(probe));
    lane.pattern = link::Pattern::ssprq;
    link::SolveOptions options;
    options.penalties = false;
    const link::LaneResult result = link::solve(lane, options);
    ASSERT_EQ(result.test_points.size(), 1u);
    const link::TestPointResult& point = result.test_points.front();
    EXPECT_NEAR(point.r_lm, row.r_lm, 0.003) << row.ratio;
    EXPECT_NEAR(db(point.extinction_ratio), row.extinction_db, 0.02) << row.ratio;
    EXPECT_NEAR(db(point.oma_outer / 1e-3), row.oma_db, 0.02) << row.ratio;
    EXPECT_NEAR(db(point.average_power / 1e-3), -3.01, 0.02) << row.ratio;
    EXPECT_NEAR(db(result.received_oma_outer / 1e-3), row.oma_db, 0.02) << row.ratio;
  }
}

// Levels moved against the sine of the modulator, sin(π/2·r·x_l) = (2l/3 − 1)·sin(π/2·r) at a drive of r =
// 0.8 V_π, give even levels of light. Without them R_LM is 0.717 (facts: photonics 4.1). Tolerance as above.
TEST(Modulator, LevelsMovedAgainstItsCurveAreEven) {
  constexpr double half = 0.5 * std::numbers::pi * 0.8;
  parts::HostTransmitter transmitter = lanes::ideal_transmitter(0.8);
  transmitter.rise_time = 4e-12;
  for (int l = 0; l < 4; ++l)
    transmitter.levels.push_back(std::asin((2.0 * l / 3.0 - 1.0) * std::sin(half)) / half);
  link::Lane lane = lanes::optical_lane(50e9, link::Modulation::pam4, transmitter, lanes::ideal_laser(1e-3),
                                        lanes::ideal_modulator(), lanes::ideal_photodiode(0.9),
                                        lanes::linear_tia(), lanes::plain_receiver(0.75));
  parts::TestPoint probe;
  probe.bandwidth_ratio = 0.0;
  lane.chain.insert(lane.chain.begin() + 2, lanes::instance(probe));
  link::SolveOptions options;
  options.penalties = false;
  const link::LaneResult result = link::solve(lane, options);
  ASSERT_EQ(result.test_points.size(), 1u);
  EXPECT_NEAR(result.test_points.front().r_lm, 1.0, 0.003);
  EXPECT_NEAR(db(result.test_points.front().oma_outer / 1e-3), -0.22, 0.02);
}

// The amplitude of a weak tone at `frequency` behind modulator, fibre and photodiode, with its sign, relative
// to the same lane without the fibre. The tone is the fundamental of an alternating pattern at twice its
// frequency.
double tone(const parts::Fibre& fibre, double wavelength, double frequency) {
  const auto fundamental = [&](bool with_fibre) {
    parts::CwLaser laser = lanes::ideal_laser(1e-3);
    laser.wavelength = wavelength;
    link::Lane lane =
        lanes::optical_lane(2.0 * frequency, link::Modulation::pam2, lanes::ideal_transmitter(0.02), laser,
                            lanes::ideal_modulator(), lanes::ideal_photodiode(1.0), lanes::linear_tia(),
                            lanes::plain_receiver(4.0));
    if (with_fibre) lane.chain.insert(lane.chain.begin() + 2, lanes::instance(fibre));
    return waverack::fundamental(lane);
  };
  return (fundamental(true) / fundamental(false)).real();
}

parts::Fibre fibre_of(double zero_nm, double length) {
  parts::Fibre fibre;
  fibre.zero_dispersion_wavelength = zero_nm * 1e-9;
  fibre.dispersion_slope = 92.0;
  fibre.length = length;
  fibre.attenuation = 0.0;
  return fibre;
}

// Source: facts, photonics 7.2 [computed]: the small-signal response of light without chirp is the cosine
// cos(π·λ²·D·L·f²/c), with its null at 331, 113 and 89 GHz for three links. Tolerance: 0.6 GHz, the printed
// digit.
TEST(Fibre, NullsOfAPropagatedTone) {
  const struct {
    double wavelength_nm, zero_nm, length, null_ghz;
  } rows[] = {{1317.5, 1300, 500, 331}, {1337.5, 1300, 2000, 113}, {1264.5, 1324, 2000, 89}};
  for (const auto& row : rows) {
    const parts::Fibre fibre = fibre_of(row.zero_nm, row.length);
    double low = 0.8e9 * row.null_ghz, high = 1.2e9 * row.null_ghz;
    ASSERT_GT(tone(fibre, row.wavelength_nm * 1e-9, low), 0.0);
    ASSERT_LT(tone(fibre, row.wavelength_nm * 1e-9, high), 0.0);
    while (high - low > 1e7) {
      const double middle = 0.5 * (low + high);
      (tone(fibre, row.wavelength_nm * 1e-9, middle) > 0.0 ? low : high) = middle;
    }
    EXPECT_NEAR(low / 1e9, row.null_ghz, 0.6);
  }
}

// The cosine itself away from the null. Tolerance 0.002: single precision, and the third harmonic of the
// square pattern, which mixes into the tone with the square of the drive (1e-3).
TEST(Fibre, CosineOfAPropagatedTone) {
  const parts::Fibre fibre = fibre_of(1300, 2000);
  const double spread = 1337.5e-9 * 1337.5e-9 * 3.3083e-6 * 2000.0 / 299792458.0;
  for (const double frequency : {10e9, 30e9, 60e9, 90e9, 140e9})
    EXPECT_NEAR(tone(fibre, 1337.5e-9, frequency),
                std::cos(std::numbers::pi * spread * frequency * frequency), 0.002)
        << frequency;
}

// Source: facts, photonics 7.3 [computed]: transmitter and receiver at −26 dB and connectors at −35 dB, no
// losses. Tolerance: the printed digit.
TEST(Reflections, SumsOfAllPairs) {
  const struct {
    int connectors;
    double worst_db, power_db;
  } rows[] = {{4, -38.8, -48.8}, {6, -34.9, -47.6}};
  for (const auto& row : rows) {
    parts::MachZehnder modulator = lanes::ideal_modulator();
    parts::Photodiode photodiode = lanes::ideal_photodiode(1.0);
    modulator.return_loss = photodiode.return_loss = from_db(26.0);
    link::Lane lane = lanes::optical_lane(50e9, link::Modulation::pam4, lanes::ideal_transmitter(0.4),
                                          lanes::ideal_laser(1e-3), modulator, photodiode,
                                          lanes::linear_tia(), lanes::plain_receiver(0.75));
    parts::Connector connector;
    connector.insertion_loss = 1.0;
    connector.return_loss = from_db(35.0);
    for (int i = 0; i < row.connectors; ++i)
      lane.chain.insert(lane.chain.begin() + 2, lanes::instance(connector, "connector_" + std::to_string(i)));
    const link::Plan plan = link::make_plan(lane);
    double fields = 0.0, powers = 0.0;
    for (const double rho : link::beat_amplitudes(plan.segments.front().reflectors)) {
      fields += rho;
      powers += rho * rho;
    }
    EXPECT_NEAR(20.0 * std::log10(fields), row.worst_db, 0.06);
    EXPECT_NEAR(db(powers), row.power_db, 0.06);
  }
}

}  // namespace
}  // namespace waverack
