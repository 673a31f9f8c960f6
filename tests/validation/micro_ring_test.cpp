// The micro-ring modulator against the reference numbers of the facts: small tones through its equation in
// time, and the closed form of its response.

#include "waverack/parts/micro_ring.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <iostream>
#include <numbers>

#include "closed_forms.hpp"

namespace waverack::parts {
namespace {

using std::numbers::pi;
constexpr double low_frequency = 1e8;  // a millionth of the square of the bandwidth

Conditions conditions_of(double sample_rate = 0.0) {
  Conditions conditions;
  conditions.light = {1e-3, 0.0, 0.0, 1310e-9, {}};
  conditions.sample_rate = sample_rate;
  return conditions;
}

// Critical coupling, linear tuning of 10 pm/V, nothing else.
MicroRing critical_ring(double q, double detuning) {
  MicroRing part;
  part.loaded_q = q;
  part.detuning = detuning;
  part.resonance_extinction = from_db(100.0);
  part.tuning = 10e-12;
  part.built_in_voltage = 1e9;
  part.insertion_loss = 1.0;
  return part;
}

// Output power per voltage for a tone at f [Hz], from the equation in time: one period of the tone in at
// least 64 samples of at most 0.4 ps, its amplitude a two-hundredth of a half-width, the fundamental of |E|².
std::complex<double> tone(const MicroRing& part, double f) {
  const int samples = std::max(64, static_cast<int>(1.0 / (f * 0.4e-12)));
  const double amplitude = 0.005 * 0.5 * 1310e-9 / part.loaded_q / part.tuning;
  std::vector<float> volts(samples);
  for (int i = 0; i < samples; ++i)
    volts[i] = static_cast<float>(amplitude * std::cos(2.0 * pi * i / samples));
  std::vector<std::complex<float>> field(samples);
  apply(part, conditions_of(samples * f), std::span<const float>(volts),
        std::span<std::complex<float>>(field));
  std::complex<double> fundamental = 0.0;
  for (int i = 0; i < samples; ++i)
    fundamental += std::norm(std::complex<double>(field[i])) *
                   std::polar(2.0 / samples / amplitude, -2.0 * pi * i / samples);
  return fundamental;
}

using Magnitude = std::function<double(double)>;  // of f [Hz], 1 at low frequency

Magnitude by_tones(const MicroRing& part) {
  const double low = std::abs(tone(part, low_frequency));
  return [=](double f) { return std::abs(tone(part, f)) / low; };
}
Magnitude by_closed_form(const MicroRing& part) {
  return [h = dynamics(part, conditions_of())](double f) { return std::abs(h(f)); };
}

// Largest value up to 300 GHz [dB], and where the response is 1/√2 beyond it [Hz].
struct Shape {
  double peaking_db, bandwidth;
};
Shape shape_of(const Magnitude& response) {
  double peak = 1.0, place = 0.0;
  for (double f = 1e9; f < 300e9; f += 1e9)
    if (const double value = response(f); value > peak) peak = value, place = f;
  double low = place, high = 400e9;
  while (high - low > 1e7) {
    const double middle = 0.5 * (low + high);
    (response(middle) > std::numbers::sqrt2 / 2.0 ? low : high) = middle;
  }
  return {20.0 * std::log10(peak), low};
}

// Source: facts, photonics 4.2 [computed], driven ring at 1310 nm and critical coupling: −3 dB frequency and
// peaking. Tolerance: 0.06 GHz and 0.06 dB, the printed digit. The closed form and the equation in time are
// two solutions: the first is algebra, the second is integrated with the modulator's own `apply`.
TEST(MicroRing, DetuningTable) {
  const struct {
    double q, detuning, transmission_db, bandwidth_ghz, peaking_db;
  } rows[] = {{3700, 0.577, -6.0, 52.2, 0.1}, {3700, 1.0, -3.0, 90.0, 2.1}, {3700, 1.5, -1.6, 151.7, 5.5},
              {5000, 0.577, -6.0, 38.6, 0.1}, {5000, 1.0, -3.0, 66.6, 2.1}, {5000, 1.5, -1.6, 112.3, 5.5}};
  for (const auto& row : rows) {
    const MicroRing part = critical_ring(row.q, row.detuning);
    for (const bool in_time : {false, true}) {
      const Shape shape = shape_of(in_time ? by_tones(part) : by_closed_form(part));
      EXPECT_NEAR(shape.bandwidth / 1e9, row.bandwidth_ghz, 0.06) << row.q << " " << row.detuning << in_time;
      EXPECT_NEAR(shape.peaking_db, row.peaking_db, 0.06) << row.q << " " << row.detuning << in_time;
      std::cout << (in_time ? "in time" : "closed form") << ", Q " << row.q << ", " << row.detuning
                << " half-widths: " << shape.bandwidth / 1e9 << " GHz, " << shape.peaking_db << " dB\n";
    }
    const std::vector<float> still(1, 0.0f);
    std::vector<std::complex<float>> field(1);
    apply(part, conditions_of(), std::span<const float>(still), std::span<std::complex<float>>(field));
    EXPECT_NEAR(db(std::norm(field[0]) / 1e-3), row.transmission_db, 0.06) << row.detuning;
  }
}

// The two solutions at other detunings, with under- and over-coupling, finite depth and a loss that follows
// the voltage: the tone against slope times dynamics. Tolerance: 1e-4 of the response at low frequency, or of
// the larger one where it peaks: single precision of the field, whose tone is down to 1e-4 of the light.
TEST(MicroRing, ClosedFormAgainstTheEquationInTime) {
  double worst = 0.0;
  for (const Coupling coupled : {Coupling::under, Coupling::over})
    for (const double loss_change : {0.0, 0.02})
      for (const double detuning : {-1.5, -0.3, 0.2, 0.8, 2.0, 4.0}) {
        MicroRing part = critical_ring(4200, detuning);
        part.resonance_extinction = from_db(12.0);
        part.coupled = coupled;
        part.loss_change = loss_change;
        const Response h = dynamics(part, conditions_of());
        const std::vector<float> still(1, 0.0f);
        std::vector<float> steep(1);
        slope(part, conditions_of(), std::span<const float>(still), std::span<float>(steep));
        for (const double f : {low_frequency, 1e9, 20e9, 60e9, 120e9, 250e9}) {
          const double difference = std::abs(tone(part, f) / static_cast<double>(steep[0]) - h(f));
          worst = std::max(worst, difference / std::max(1.0, std::abs(h(f))));
        }
      }
  std::cout << "largest difference of the two: " << worst << "\n";
  EXPECT_LT(worst, 1e-4);
}

// Voltages at which the slow transmission of a ring, its resonance swept over the laser, is half-way between
// bottom and full: their distance times the tuning.
double width_by_sweep(const MicroRing& part) {
  constexpr int points = 100001;
  std::vector<float> volts(points);
  for (int i = 0; i < points; ++i) volts[i] = -40.0f + 80.0f * static_cast<float>(i) / (points - 1);
  std::vector<std::complex<float>> field(points);
  apply(part, conditions_of(), std::span<const float>(volts), std::span<std::complex<float>>(field));
  int first = points, last = 0;
  for (int i = 0; i < points; ++i)
    if (std::norm(field[i]) < 0.5e-3) first = std::min(first, i), last = i;
  return (volts[last] - volts[first]) * part.tuning;
}

// Source: same [computed]: Q = 5000 has a width of 262 pm and a photon lifetime of 3.48 ps, Q = 10000 131 pm
// and 22.9 GHz. The width is swept by voltage; the lifetime is that of the light leaving the ring after a
// step. Tolerance: the printed digit.
TEST(MicroRing, WidthAndPhotonLifetime) {
  EXPECT_NEAR(width_by_sweep(critical_ring(5000, 0.0)) / 1e-12, 262, 0.6);
  EXPECT_NEAR(width_by_sweep(critical_ring(10000, 0.0)) / 1e-12, 131, 0.6);
  EXPECT_NEAR(coupled_mode(critical_ring(10000, 0.0), conditions_of()).half_width() / pi / 1e9, 22.9, 0.06);

  const MicroRing part = critical_ring(5000, 0.7);
  constexpr double rate = 4e12;
  std::vector<float> volts(1024, 0.0f);
  std::fill(volts.begin() + 512, volts.end(), 2.0f);
  std::vector<std::complex<float>> field(volts.size());
  apply(part, conditions_of(rate), std::span<const float>(volts), std::span<std::complex<float>>(field));
  const auto rest = [&](std::size_t i) { return std::norm(field[i] - field.back()); };
  // Two picoseconds after the step and four picoseconds later.
  EXPECT_NEAR(4e-12 / std::log(rest(520) / rest(536)) / 1e-12, 3.48, 0.02);
}

// Source: facts, photonics 8.4 [computed]: a resonance that falls anywhere in 9 nm, a heater of 0.12 nm/mW:
// 37.5 mW in the mean and 75 mW at most; 0.19 pJ/bit at 200 Gb/s and 1.2 pJ/bit at 32 Gb/s. The mean is taken
// here over rings, and over the temperatures of one ring. Tolerance: the printed digit; the mean over 40
// rings is exact.
TEST(MicroRing, TuningPower) {
  MicroRing part;
  part.free_spectral_range = 9e-9;
  part.heater_efficiency = 0.12e-9 / 1e-3;
  Conditions conditions = conditions_of();
  conditions.light.power = 0.0;
  EXPECT_NEAR(power(part, conditions) / 1e-3, 37.5, 0.05);
  EXPECT_NEAR(power(part, conditions) / 200e9 / 1e-12, 0.19, 0.005);
  EXPECT_NEAR(power(part, conditions) / 32e9 / 1e-12, 1.2, 0.05);
  double rings = 0.0, temperatures = 0.0, most = 0.0;
  constexpr int n = 40;
  for (int i = 0; i < n; ++i) {
    MicroRing other = part;
    other.heater_share = (i + 0.5) / n;
    rings += power(other, conditions) / n;
    most = std::max(most, power(other, conditions));
    Conditions warm = conditions;
    warm.temperature += 9e-9 / part.thermal_drift * (i + 0.5) / n;
    temperatures += power(part, warm) / n;
  }
  EXPECT_NEAR(rings / 1e-3, 37.5, 0.05);
  EXPECT_NEAR(temperatures / 1e-3, 37.5, 0.05);
  EXPECT_NEAR(most / 1e-3, 75.0, 1.0);
  part.heater_share = 1.0;
  EXPECT_NEAR(power(part, conditions) / 1e-3, 75.0, 0.05);
}

// Source: Photon. Res. 10, 1127 (2022), CICT/NOEIC (facts: photonics 4.2), measured: 52 to 110 GHz of
// electro-optic bandwidth by detuning. Neither the detunings nor Q are stated. One free parameter: Q, such
// that the smaller bandwidth belongs to the −6 dB point of the table above. Then the larger one must belong
// to a detuning at which light still comes out with less than 6 dB of peaking: between 1 and 1.5 half-widths.
TEST(MicroRing, BandwidthGrowsWithDetuningAsMeasured) {
  double low_q = 1000, high_q = 10000;
  while (high_q - low_q > 1.0) {
    const double q = 0.5 * (low_q + high_q);
    (shape_of(by_closed_form(critical_ring(q, 0.577))).bandwidth > 52e9 ? low_q : high_q) = q;
  }
  double low = 0.577, high = 3.0;
  while (high - low > 1e-3) {
    const double x = 0.5 * (low + high);
    (shape_of(by_closed_form(critical_ring(low_q, x))).bandwidth < 110e9 ? low : high) = x;
  }
  const Shape shape = shape_of(by_closed_form(critical_ring(low_q, low)));
  std::cout << "Q " << low_q << ": 52 GHz at 0.577 and 110 GHz at " << low << " half-widths, "
            << shape.peaking_db << " dB of peaking\n";
  EXPECT_GT(low, 1.0);
  EXPECT_LT(low, 1.5);
}

}  // namespace
}  // namespace waverack::parts
