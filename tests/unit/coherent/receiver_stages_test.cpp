// Each stage of the coherent receiver alone.

#include <gtest/gtest.h>

#include "unit/coherent/dsp_channel.hpp"
#include "waverack/base/error.hpp"
#include "waverack/coherent/butterfly_equaliser.hpp"
#include "waverack/coherent/carrier_phase.hpp"
#include "waverack/coherent/dispersion_filter.hpp"
#include "waverack/coherent/frequency_offset.hpp"
#include "waverack/coherent/front_end_correction.hpp"
#include "waverack/coherent/timing_recovery.hpp"

namespace waverack::coherent {
namespace {

using namespace test;

// A tone in each branch, late, off its angle, too strong and shifted, becomes the tone it was.
TEST(FrontEndCorrection, UndoesSkewImbalanceAngleAndOffset) {
  const double fs = 120e9, skew = 1.9e-12, angle = 0.08;
  const std::size_t n = 131072;
  DualSamples in, out;
  in.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    const double t = static_cast<double>(i) / fs, omega = two_pi * 11.3e9;
    const double re = std::cos(omega * t), im = std::sin(omega * (t - skew));
    in.x[i] = {
        static_cast<float>(1.2 * re + 0.1),
        static_cast<float>(0.8 * (im * std::cos(angle) + std::cos(omega * (t - skew)) * std::sin(angle)))};
    in.y[i] = {static_cast<float>(re), static_cast<float>(std::sin(omega * t))};
  }
  FrontEndCorrection front({.sample_rate = fs, .delays = {0.0, skew, 0.0, 0.0}});
  for (std::size_t i = 0; i < n; i += 1000)  // pieces that fit no block
    front.push({in.x.data() + i, std::min<std::size_t>(1000, n - i)},
               {in.y.data() + i, std::min<std::size_t>(1000, n - i)}, out);
  ASSERT_GE(out.size(), n - 8192);
  double worst_x = 0.0, worst_y = 0.0;
  for (std::size_t i = 4096; i < out.size(); ++i) {
    const Complex want =
        std::sqrt(0.5) * std::sqrt(2.0) * std::polar(1.0, two_pi * 11.3e9 * static_cast<double>(i) / fs);
    worst_x = std::max(worst_x, std::abs(Complex(out.x[i]) - want));
    worst_y = std::max(worst_y, std::abs(Complex(out.y[i]) - want));
  }
  // The filter is flat within 1e-4; a window of 65 536 samples does not hold whole periods of the tone.
  EXPECT_LT(worst_x, 2e-3);
  EXPECT_LT(worst_y, 2e-3);
  EXPECT_NEAR(front.errors(0).imbalance_db, 20.0 * std::log10(1.2 / 0.8), 0.02);
  EXPECT_NEAR(front.errors(0).phase_error, angle, 1e-3);
  EXPECT_NEAR(front.errors(0).mean_i, 0.1, 1e-3);
  EXPECT_THROW(FrontEndCorrection({.sample_rate = 0.0}), Error);
}

// White noise with dispersion, given to the filter in pieces, against one transform of the whole period. What
// is cut off decides: 1e-9 of the energy is 3.2e-5 of the rms.
TEST(DispersionFilter, AgreesWithTheFullTransform) {
  const DispersionFilterSettings s{.sample_rate = 120e9,
                                   .dispersion = dispersion_of(2400),
                                   .symbol_rate = 60e9,
                                   .roll_off = 0.6,
                                   .centre_frequency = 2e9,
                                   .tail_energy = 1e-9};
  const std::size_t n = 32768;
  std::vector<double> normal(2 * n);
  fill_normal({.seed = 3, .source = 1}, normal);
  std::vector<Complex> full(n);
  DualSamples in, out;
  in.resize(4 * n);
  for (std::size_t i = 0; i < 4 * n; ++i) {  // four periods: from the second on all is cyclic
    full[i % n] = {normal[2 * (i % n)], normal[2 * (i % n) + 1]};
    in.x[i] = Sample(full[i % n]);
    in.y[i] = -in.x[i];
  }
  signal::fft(full, false);
  for (std::size_t i = 0; i < n; ++i)
    full[i] *= dispersion_response(
                   s, (i < n / 2 ? static_cast<double>(i) : static_cast<double>(i) - n) * s.sample_rate / n) /
               static_cast<double>(n);
  signal::fft(full, true);
  DispersionFilter filter(s);
  filter.push({in.x.data(), 12345}, {in.y.data(), 12345}, out);
  filter.push({in.x.data() + 12345, 4 * n - 12345}, {in.y.data() + 12345, 4 * n - 12345}, out);
  ASSERT_GT(out.size(), 2 * n);
  double error = 0.0, power = 0.0;
  for (std::size_t i = n; i < out.size(); ++i) {
    error += std::norm(Complex(out.x[i]) - full[i % n]) + std::norm(Complex(out.y[i]) + full[i % n]);
    power += 2.0 * std::norm(full[i % n]);
  }
  EXPECT_LT(std::sqrt(error / power), 4e-5);
}

// Facts, coherent A4: overlap-save against one transform of everything, 1e-6. The taps are what the filter
// answers to an impulse, so that what is cut off plays no part.
TEST(DispersionFilter, OverlapsWithoutATrace) {
  const DispersionFilterSettings s{
      .sample_rate = 120e9, .dispersion = dispersion_of(2400), .symbol_rate = 60e9, .roll_off = 0.2};
  DispersionFilter impulse(s), stream(s);
  const auto taps = static_cast<std::size_t>(impulse.taps());
  const std::size_t n = 65536, at = n / 2;
  ASSERT_LT(2 * taps, n);
  DualSamples in, out, response;
  in.resize(2 * n);
  in.x[at] = 1.0f;
  impulse.push(in.x, in.y, response);
  ASSERT_GT(response.size(), at + taps);
  std::vector<double> normal(2 * n);
  fill_normal({.seed = 4, .source = 1}, normal);
  std::vector<Complex> noise(2 * n), filter(2 * n);
  for (std::size_t i = 0; i < n; ++i) {
    in.x[i] = {static_cast<float>(normal[2 * i]), static_cast<float>(normal[2 * i + 1])};
    noise[i] = Complex(in.x[i]);
  }
  for (std::size_t i = at - taps; i < at + taps; ++i)
    filter[(i + 2 * n - at) % (2 * n)] = Complex(response.x[i]);
  signal::fft(noise, false);
  signal::fft(filter, false);
  for (std::size_t i = 0; i < 2 * n; ++i) noise[i] *= filter[i] / static_cast<double>(2 * n);
  signal::fft(noise, true);
  stream.push(in.x, in.y, out);
  ASSERT_GT(out.size(), n);
  double error = 0.0, power = 0.0;
  for (std::size_t i = taps; i < n; ++i) {
    error += std::norm(Complex(out.x[i]) - noise[i]);
    power += std::norm(noise[i]);
  }
  EXPECT_LT(std::sqrt(error / power), 1e-6);
}

// Dispersion is found to a small part of the resolution, 1/(2π·0.1·Rs²) = 4.4e-22 s² or 350 ps/nm.
TEST(DispersionFilter, FindsTheDispersion) {
  ChannelSettings c;
  c.snr_db = 13.0;
  c.angle = 0.6;
  c.dgd = 8.4e-12;  // half a symbol, at which the tone of one input alone fades
  c.frequency_offset = 3e9;
  c.dispersion = dispersion_of(2400);
  const Transmission sent = transmit(c, nullptr);
  const DispersionEstimate found = estimate_dispersion(sent.samples.x, sent.samples.y, 2 * c.symbol_rate,
                                                       c.symbol_rate, 0.1, -8e-21, 8e-21);
  EXPECT_NEAR(found.dispersion, c.dispersion, 4.4e-23);
  EXPECT_GT(found.tone, 3.0);
}

class Clocks : public testing::TestWithParam<double> {};

// The clock is found through a differential delay that fades the tone of a single input.
TEST_P(Clocks, TimingRecoveryFindsTheClock) {
  ChannelSettings c;
  c.snr_db = 13.0;
  c.angle = std::numbers::pi / 4;
  c.dgd = 0.5 / c.symbol_rate;
  c.clock_ppm = GetParam();
  const Transmission sent = transmit(c, nullptr);
  TimingRecovery timing({.samples_per_symbol = 2.0, .roll_off = 0.1});
  DualSamples out;
  timing.push(sent.samples.x, sent.samples.y, out);
  EXPECT_TRUE(timing.settled());
  EXPECT_NEAR(timing.ppm(), GetParam(), 1.0);
  EXPECT_LT(timing.rms_error(), 0.03);  // of a symbol; mostly the detector's own noise
  EXPECT_NEAR(static_cast<double>(out.size()), static_cast<double>(sent.samples.size()) - 24 * 2048.0,
              2100.0);
}
INSTANTIATE_TEST_SUITE_P(Ppm, Clocks, testing::Values(-40.0, 0.0, 40.0));

TEST(FrequencyOffset, ShiftUndoesARotationInPieces) {
  const double f = 3.6e9, fs = 118e9;
  DualSamples s;
  s.resize(5000);
  for (std::size_t i = 0; i < 5000; ++i) {
    const Complex turn = std::polar(1.0, two_pi * f * static_cast<double>(i) / fs);
    s.x[i] = Sample(turn);
    s.y[i] = Sample(turn * 2.0);
  }
  FrequencyShift shift(fs, f);
  for (std::size_t i = 0; i < 5000; i += 1000 / 3)
    shift.apply({s.x.data() + i, std::min<std::size_t>(333, 5000 - i)},
                {s.y.data() + i, std::min<std::size_t>(333, 5000 - i)});
  double worst = 0.0;
  for (std::size_t i = 0; i < 5000; ++i)
    worst = std::max({worst, std::abs(Complex(s.x[i]) - 1.0), std::abs(Complex(s.y[i]) - 2.0)});
  EXPECT_LT(worst, 1e-5);
}

TEST(FrequencyOffset, PhasorsGiveTheirFrequency) {
  std::vector<Complex> z;
  for (int i = 0; i < 200; ++i) z.push_back(std::polar(1.0, two_pi * 0.0123 * 64 * i));
  EXPECT_NEAR(phasor_frequency(z, 64.0), 0.0123 - 1.0 / 64.0, 2e-7);  // within ± 1/128
}

// Taps that undo a known rotation, and the gradient that leads there.
TEST(ButterflyEqualiser, DescendsToTheInverseOfARotation) {
  const std::size_t symbols = 4096;
  const auto levels = drawn_levels(nullptr, symbols + 64, 5);
  DualSamples s;
  s.resize(2 * (symbols + 64));
  const double c = std::cos(0.7), d = std::sin(0.7), unit = std::sqrt(0.1);
  for (std::size_t k = 0; k < symbols + 64; ++k) {
    const Complex x(unit * levels[k][0], unit * levels[k][1]), y(unit * levels[k][2], unit * levels[k][3]);
    s.x[2 * k + 1] = Sample(c * x - d * y);
    s.y[2 * k + 1] = Sample(d * x + c * y);
  }
  SymbolPlanes planes;
  planes.push(s.x, s.y);
  ButterflyTaps taps(5);
  SymbolParts out;
  std::array<std::vector<float>, 4> errors;
  for (int round = 0; round < 60; ++round) {
    for (auto& part : out) part.clear();
    equalise(taps, planes, 0, symbols, out);
    for (std::size_t p = 0; p < 4; ++p) {
      errors[p].resize(symbols);
      for (std::size_t k = 0; k < symbols; ++k)  // tap 3 meets sample 2k + 3: symbol k + 1
        errors[p][k] = static_cast<float>(unit * levels[k + 1][p]) - out[p][k];
    }
    descend(taps, planes, 0, symbols,
            {errors[0].data(), errors[1].data(), errors[2].data(), errors[3].data()}, 0.3, 0.5);
  }
  for (int i = 0; i < 5; ++i) {
    EXPECT_NEAR(std::abs(taps.get(0, 0, i) - std::complex<float>(i == 3 ? static_cast<float>(c) : 0.0f)), 0.0,
                2e-3)
        << i;
    EXPECT_NEAR(std::abs(taps.get(0, 1, i) - std::complex<float>(i == 3 ? static_cast<float>(d) : 0.0f)), 0.0,
                2e-3)
        << i;
    EXPECT_NEAR(std::abs(taps.get(1, 0, i) + std::complex<float>(i == 3 ? static_cast<float>(d) : 0.0f)), 0.0,
                2e-3)
        << i;
  }
}

TEST(ButterflyEqualiser, FindsAndRepairsASingularMatrix) {
  ButterflyTaps taps(9);
  taps.set(0, 0, 3, {0.6f, 0.2f});
  taps.set(0, 1, 5, {0.1f, -0.7f});
  taps.set(1, 0, 4, {0.6f, 0.2f});  // the same polarisation, one sample later
  taps.set(1, 1, 6, {0.1f, -0.7f});
  EXPECT_LT(independence(taps), 1e-6);
  repair_singularity(taps);
  EXPECT_NEAR(independence(taps), 1.0, 1e-6);
}

// Without one known symbol: two polarisations that were mixed come apart.
TEST(ButterflyEqualiser, StartsBlind) {
  ChannelSettings c;
  c.symbols = 32768;
  c.snr_db = 18.0;
  c.angle = 0.5;
  c.retardation = 1.0;
  const Transmission sent = transmit(c, nullptr);
  SymbolPlanes planes;
  planes.push(sent.samples.x, sent.samples.y);
  ButterflyTaps taps(17);
  taps.set(0, 0, 8, 0.7f);
  taps.set(1, 1, 8, 0.7f);
  const std::size_t count = 32768 - 32;
  const double before =
      adapt_blind(taps, planes, 0, 1024, Format::qam16, BlindRule::constant_modulus, 0.02, 1.0);
  for (int pass = 0; pass < 3; ++pass)
    adapt_blind(taps, planes, 0, count, Format::qam16, BlindRule::constant_modulus, 0.02, 1.0);
  const double after =
      adapt_blind(taps, planes, 0, count, Format::qam16, BlindRule::radius_directed, 0.01, 1.0);
  EXPECT_GT(before, 0.4);
  // Noise of 18 dB alone leaves 4·E|a|²·σ²/2 = 0.032 and what wrong rings take away.
  EXPECT_LT(after, 0.06);
  EXPECT_GT(independence(taps), 0.8);
}

// A phase that walks through quarter turns is followed; a jump of a quarter turn that the search cannot see
// is found by the pilots, undone and counted.
TEST(CarrierPhase, PilotsUndoACycleSlip) {
  const Frame frame = short_frame(1, 2048);
  const std::size_t n = 16384;
  const auto levels = drawn_levels(&frame, n, 9);
  SymbolParts parts;
  for (auto& part : parts) part.resize(n);
  const double unit = std::sqrt(0.1);
  for (std::size_t k = 0; k < n; ++k) {
    // Slowly up by 6 rad; at 8000 a quarter turn more.
    const double phase = 6.0 * static_cast<double>(k) / n + (k >= 8000 ? std::numbers::pi / 2 : 0.0);
    const Complex x = unit * Complex(levels[k][0], levels[k][1]) * std::polar(1.0, phase);
    const Complex y = unit * Complex(levels[k][2], levels[k][3]) * std::polar(1.0, phase);
    parts[0][k] = static_cast<float>(x.real());
    parts[1][k] = static_cast<float>(x.imag());
    parts[2][k] = static_cast<float>(y.real());
    parts[3][k] = static_cast<float>(y.imag());
  }
  PilotPattern pilots{.spacing = 64, .x = {}, .y = {}, .search_scale = {}};
  for (std::size_t k = 0; k < frame.roles.size(); k += 64) {
    pilots.x.push_back(frame.known_x[k]);
    pilots.y.push_back(frame.known_y[k]);
  }
  for (const bool joint : {true, false}) {
    CarrierPhase phase({.search = {}, .joint = joint}, pilots);
    phase.push(parts);
    PhasedSymbols out;
    std::size_t k = 0, wrong = 0;
    while (phase.next(out))
      for (std::size_t i = 0; i < out.size(); ++i, ++k)
        for (std::size_t p = 0; p < 4; ++p)
          if (std::abs(out.parts[p][i] / unit - levels[k][p]) > 1.0 && (k < 7900 || k > 8100)) ++wrong;
    EXPECT_GT(k, n - 1024);
    EXPECT_EQ(wrong, 0u);
    EXPECT_EQ(phase.cycle_slips(), joint ? 1 : 2);
  }
}

}  // namespace
}  // namespace waverack::coherent
