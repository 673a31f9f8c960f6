// The coherent receiver against closed forms and the fact sheet (A4, A14, A15, A16).

#include <gtest/gtest.h>

#include "unit/coherent/dsp_channel.hpp"
#include "waverack/coherent/carrier_phase.hpp"
#include "waverack/coherent/coherent_receiver.hpp"
#include "waverack/coherent/frequency_offset.hpp"

namespace waverack::coherent {
namespace {

using namespace test;

// Error ratio of the blind search on one polarisation; quarter turns are taken out by the data for every 512
// symbols, as the reference does.
double searched_error_ratio(double linewidth_time, double snr_db, int half_window, std::size_t symbols) {
  const auto levels = drawn_levels(nullptr, symbols, 21);
  const std::vector<double> walk = phase_walk(linewidth_time, 1.0, symbols, 21, 3);
  std::vector<double> normal(2 * symbols);
  fill_normal({.seed = 21, .source = 5}, normal);
  const double sigma = std::sqrt(0.5 * std::pow(10.0, -snr_db / 10.0)), unit = std::sqrt(0.1);
  std::vector<Sample> x(symbols);
  for (std::size_t k = 0; k < symbols; ++k)
    x[k] = Sample((unit * Complex(levels[k][0], levels[k][1])) * std::polar(1.0, walk[k]) +
                  sigma * Complex(normal[2 * k], normal[2 * k + 1]));
  const auto half = static_cast<std::size_t>(half_window);
  const std::vector<float> phase = blind_phase_search({.half_window = half_window}, x, {});
  std::int64_t wrong = 0, bits = 0;
  for (std::size_t at = 0; at + 512 <= phase.size(); at += 512) {
    Complex sum = 0.0;
    for (std::size_t k = at; k < at + 512; ++k)
      sum += Complex(x[half + k]) * std::polar(1.0, -static_cast<double>(phase[k])) *
             std::conj(Complex(levels[half + k][0], levels[half + k][1]));
    const double turn = std::round(std::arg(sum) / (0.5 * std::numbers::pi)) * 0.5 * std::numbers::pi;
    for (std::size_t k = at; k < at + 512; ++k) {
      const Complex z = Complex(x[half + k]) * std::polar(1.0, -static_cast<double>(phase[k]) - turn);
      wrong += wrong_bits(levels[half + k][0], z.real()) + wrong_bits(levels[half + k][1], z.imag());
      bits += 4;
    }
  }
  return static_cast<double>(wrong) / static_cast<double>(bits);
}

// Facts: coherent 9.5 and A14. 131 072 symbols scatter by 1.2 % of the error ratio, 0.02 dB.
TEST(CoherentDsp, PenaltyOfTheBlindPhaseSearch) {
  struct Row {
    double linewidth_time, penalty_db;
    int half_window;
  };
  for (const Row row : {Row{0.0, 0.03, 64}, Row{1e-6, 0.05, 64}, Row{3.4e-6, 0.06, 64}, Row{1e-5, 0.10, 64},
                        Row{3e-5, 0.18, 32}, Row{2e-4, 0.73, 24}}) {
    // At the SNR that the table asks for, the error ratio is that of theory without the penalty.
    const double snr = 12.711 + row.penalty_db;
    const double penalty =
        snr - snr_of_error_ratio(searched_error_ratio(row.linewidth_time, snr, row.half_window, 131072));
    std::printf("linewidth x T %.1e: %.3f dB, table %.2f\n", row.linewidth_time, penalty, row.penalty_db);
    EXPECT_NEAR(penalty, row.penalty_db, 0.1) << row.linewidth_time;
  }
}

// Facts: coherent A15 and 9.6: |error| < Rs/(8N) with 16 384 symbols at 13.5 dB.
TEST(CoherentDsp, FourthPowerFrequencyOffset) {
  const double rate = 118.203350603e9;
  const std::size_t n = 16384;
  for (const double offset : {0.0, 1.8e9, -3.6e9, 3.6e9, 10e9}) {
    const auto levels = drawn_levels(nullptr, n, 31);
    std::vector<double> normal(4 * n);
    fill_normal({.seed = 31, .source = 5}, normal);
    const double sigma = std::sqrt(0.5 * std::pow(10.0, -1.35)), unit = std::sqrt(0.1);
    std::vector<Sample> x(n), y(n);
    for (std::size_t k = 0; k < n; ++k) {
      const Complex turn = std::polar(1.0, two_pi * offset / rate * static_cast<double>(k));
      x[k] = Sample(unit * Complex(levels[k][0], levels[k][1]) * turn +
                    sigma * Complex(normal[4 * k], normal[4 * k + 1]));
      y[k] = Sample(unit * Complex(levels[k][2], levels[k][3]) * turn +
                    sigma * Complex(normal[4 * k + 2], normal[4 * k + 3]));
    }
    EXPECT_LT(std::abs(fourth_power_offset(x, y, rate) - offset), rate / (8.0 * n)) << offset;
  }
}

// SNR [dB] that the assembled receiver loses at `c.snr_db`, once settled.
double receiver_penalty(const ChannelSettings& c, ReceiverReport* report = nullptr) {
  const Frame frame = short_frame();
  const Transmission sent = transmit(c, &frame);
  ReceiverSettings settings;
  settings.sample_rate = 2.0 * c.symbol_rate;
  settings.symbol_rate = c.symbol_rate;
  settings.roll_off = c.roll_off;
  settings.dispersion = c.dispersion;
  settings.branch_delays = c.skew;
  settings.frame = frame;
  CoherentReceiver receiver(settings);
  receiver.push(sent.samples.x, sent.samples.y);
  ReceivedSymbols out;
  if (!receiver.pull(out) || out.x.size() < 65536) return 99.0;
  const std::size_t start = find_start(sent, frame, out.x, out.y);
  const double ratio = bit_error_ratio(sent, out.x, out.y, start, 16384, out.x.size(), &frame);
  if (report) *report = receiver.report();
  const double penalty = c.snr_db - snr_of_error_ratio(ratio);
  std::printf("BER %.4f, theory %.4f: penalty %.3f dB\n", ratio, qam16_error_ratio(c.snr_db), penalty);
  return penalty;
}

ChannelSettings base_channel() {
  ChannelSettings c;
  c.symbols = 131072;
  c.snr_db = 12.711;  // BER 2e-2 in theory
  return c;
}

// White noise alone: 400 000 bits at 2e-2 scatter by 1.1 %, 0.02 dB. Target of the project: 0.5 dB.
TEST(CoherentDsp, ReceiverInWhiteNoise) { EXPECT_LT(receiver_penalty(base_channel()), 0.5); }

// 59.84 GBd: dispersion 2400 ps/nm, both lasers 500 kHz, offset 3.6 GHz, clock 40 ppm, rotations, 28 ps of
// differential delay, skews, imbalance 1 dB, angle 5°, offset: limits of 400ZR (facts: coherent 3.1, 3.2).
TEST(CoherentDsp, ReceiverWithAllOf400Zr) {
  ChannelSettings c = base_channel();
  c.angle = 0.6;
  c.retardation = 1.0;
  c.second_angle = -0.4;
  c.dispersion = dispersion_of(2400);
  c.linewidth = 500e3;
  c.frequency_offset = 3.6e9;
  c.clock_ppm = 40.0;
  c.dgd = 28e-12;
  c.skew = {0.0, 0.75e-12, 5e-12, 4.5e-12};
  c.imbalance_db = 1.0;
  c.phase_error = 5.0 * std::numbers::pi / 180.0;
  c.offset = 0.05;
  EXPECT_LT(receiver_penalty(c), 0.5);
}

// 118.2 GBd: the same with 10 ps, and the polarisation turning by 50 krad/s. The local laser's phase noise
// behind 2400 ps/nm of compensation adds noise of π·λ²·DL·Δν·Rs/(2c) = −27.4 dB (W. Shieh and K.-P. Ho, Opt.
// Express 16 (2008) 15718): 0.15 dB of what is lost is no fault of the receiver.
TEST(CoherentDsp, ReceiverWithAllOf800Zr) {
  ChannelSettings c = base_channel();
  c.symbol_rate = 118.203350603e9;
  c.angle = 0.6;
  c.retardation = 1.0;
  c.second_angle = -0.4;
  c.dispersion = dispersion_of(2400);
  c.linewidth = 500e3;
  c.frequency_offset = -3.6e9;
  c.clock_ppm = -40.0;
  c.dgd = 10e-12;
  c.spin = 50e3;
  ReceiverReport report;
  EXPECT_LT(receiver_penalty(c, &report), 0.5 + 0.15);
  EXPECT_EQ(report.attempts, 1);
}

// Facts: coherent A4: 2400 ps/nm and its inverse cost less than 0.05 dB; twice the scatter of the two runs.
TEST(CoherentDsp, DispersionCostsNothing) {
  ChannelSettings c = base_channel();
  const double without = receiver_penalty(c);
  c.dispersion = dispersion_of(2400);
  EXPECT_NEAR(receiver_penalty(c), without, 0.05 + 0.04);
}

}  // namespace
}  // namespace waverack::coherent
