#pragma once
// A transmitter and a channel for tests of the receiver, in double precision and with transforms of the whole
// record, so that nothing of the receiver's own code is in it.

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <complex>
#include <cstdint>
#include <numbers>
#include <vector>

#include "waverack/base/random.hpp"
#include "waverack/coherent/dual_samples.hpp"
#include "waverack/coherent/frame.hpp"
#include "waverack/signal/fft.hpp"

namespace waverack::coherent::test {

using Complex = std::complex<double>;
constexpr double two_pi = 2.0 * std::numbers::pi;

// β2·L of dispersion in ps/nm at 1550 nm: −D·λ²/(2πc).
inline double dispersion_of(double ps_per_nm) {
  return -ps_per_nm * 1e-3 * 1550e-9 * 1550e-9 / (two_pi * 299792458.0);
}

// Points of QPSK and 8QAM by label, b0 first. 8QAM: a square and a larger one turned by 45°, all nearest
// neighbours equally far (docs/theory/coherent-signal.md, eq. 3).
inline std::vector<Complex> format_points(Format format) {
  std::vector<Complex> points;
  for (int label = 0; label < 4; ++label)
    points.push_back(std::sqrt(0.5) * Complex(label & 2 ? 1.0 : -1.0, label & 1 ? 1.0 : -1.0));
  if (format == Format::qpsk) return points;
  const double ratio = (1.0 + std::sqrt(3.0)) / std::sqrt(2.0),
               inner = std::sqrt(2.0 / (1.0 + ratio * ratio));
  for (int label = 0; label < 4; ++label) {
    points.push_back(points[label] * std::polar(inner * ratio, std::numbers::pi / 4.0));
    points[label] *= inner;
  }
  return points;
}

// Laid out as 400ZR and 800ZR are, but short; pilots, training and alignment word are drawn from QPSK: with
// 16QAM its outer points, else of power 1.
inline Frame short_frame(int sub_frames = 4, int sub_frame_symbols = 2048, int spacing = 64,
                         Format format = Format::qam16) {
  Frame frame;
  frame.layout = {.name = "test",
                  .format = format,
                  .symbol_rate = 0.0,
                  .sub_frames = sub_frames,
                  .sub_frame_symbols = sub_frame_symbols,
                  .pilot_spacing = spacing,
                  .training_symbols = 11,
                  .alignment_symbols = 22,
                  .reserved_symbols = 74};
  const int size = frame.layout.symbols();
  frame.roles.assign(size, Role::payload);
  frame.known_x.assign(size, {});
  frame.known_y.assign(size, {});
  std::vector<double> draw(4 * static_cast<std::size_t>(size));
  fill_uniform({.seed = 77, .source = 1}, draw);
  for (int k = 0; k < size; ++k) {
    const int in_sub = k % sub_frame_symbols;
    Role role = Role::payload;
    if (in_sub % spacing == 0) role = Role::pilot;
    if (in_sub < 11)
      role = Role::training;
    else if (k < 33)
      role = Role::alignment;
    else if (k < 33 + 74 && role == Role::payload)
      role = Role::reserved;
    frame.roles[k] = role;
    if (role == Role::payload) {
      ++frame.payload_symbols;
      continue;
    }
    const float a = std::sqrt(format == Format::qam16 ? 0.9f : 0.5f);
    const auto sign = [&](int i) { return draw[4 * k + i] < 0.5 ? -a : a; };
    frame.known_x[k] = {sign(0), sign(1)};
    frame.known_y[k] = {sign(2), sign(3)};
  }
  return frame;
}

struct ChannelSettings {
  Format format = Format::qam16;
  double symbol_rate = 59.84375e9;
  std::size_t symbols = 65536;  // power of two; of a periodic waveform
  double roll_off = 0.1;
  double snr_db = 100.0;    // in the band of the symbol rate
  double dispersion = 0.0;  // [s²]
  double linewidth = 0.0;   // of each of the two lasers [Hz]
  double frequency_offset = 0.0;
  double clock_ppm = 0.0;                 // transmitter's against receiver's
  double jitter = 0.0;                    // peak of a sinusoid of 1 MHz [symbols]
  double angle = 0.0, retardation = 0.0;  // of the polarisation's rotation before the delay …
  double second_angle = 0.0;              // … and behind it
  double spin = 0.0;                      // of the polarisation, behind everything [rad/s]
  double dgd = 0.0;                       // [s]
  double pdl_db = 0.0;
  std::array<double, 4> skew{};                  // XI, XQ, YI, YQ come late by [s]
  double imbalance_db = 0.0, phase_error = 0.0;  // of both polarisations' branches [dB, rad]
  double offset = 0.0;                           // of the quadrature branch, of the rms
  // −3 dB of a Gaussian low-pass of the four branches, noise included, over the symbol rate; 0: none.
  double low_pass = 0.0;
  std::uint64_t seed = 1;
};

struct Transmission {
  std::vector<std::array<int, 4>> levels;  // sent with 16QAM: −3, −1, 1, 3 for XI, XQ, YI, YQ
  // With QPSK and 8QAM: labels of x and y, drawn where the frame knows a symbol too.
  std::vector<std::array<int, 2>> labels;
  Format format = Format::qam16;
  DualSamples samples;  // received, two per nominal symbol
};

inline std::vector<std::array<int, 4>> drawn_levels(const Frame* frame, std::size_t symbols,
                                                    std::uint64_t seed) {
  std::vector<std::array<int, 4>> levels(symbols);
  std::vector<double> draw(4 * symbols);
  fill_uniform({.seed = seed, .source = 2}, draw);
  for (std::size_t k = 0; k < symbols; ++k) {
    for (std::size_t i = 0; i < 4; ++i) levels[k][i] = 2 * static_cast<int>(4.0 * draw[4 * k + i]) - 3;
    if (frame == nullptr) continue;
    const std::size_t m = k % frame->roles.size();
    if (frame->known_x[m] != Sample())
      levels[k] = {frame->known_x[m].real() < 0 ? -3 : 3, frame->known_x[m].imag() < 0 ? -3 : 3,
                   frame->known_y[m].real() < 0 ? -3 : 3, frame->known_y[m].imag() < 0 ? -3 : 3};
  }
  return levels;
}

inline std::vector<std::array<int, 2>> drawn_labels(Format format, std::size_t symbols, std::uint64_t seed) {
  std::vector<std::array<int, 2>> labels(symbols);
  std::vector<double> draw(2 * symbols);
  fill_uniform({.seed = seed, .source = 2}, draw);
  const double count = format == Format::qpsk ? 4.0 : 8.0;
  for (std::size_t k = 0; k < symbols; ++k)
    for (std::size_t p = 0; p < 2; ++p) labels[k][p] = static_cast<int>(count * draw[2 * k + p]);
  return labels;
}

inline std::vector<double> phase_walk(double linewidth, double step, std::size_t count, std::uint64_t seed,
                                      std::uint32_t source) {
  std::vector<double> normal(count);
  fill_normal({.seed = seed, .source = source}, normal);
  double phase = 0.0;
  for (double& v : normal) v = phase += v * std::sqrt(two_pi * linewidth * step);
  return normal;
}

inline Transmission transmit(const ChannelSettings& s, const Frame* frame) {
  Transmission result;
  result.format = s.format;
  std::vector<Complex> points;
  if (s.format == Format::qam16) {
    result.levels = drawn_levels(frame, s.symbols, s.seed);
  } else {
    result.labels = drawn_labels(s.format, s.symbols, s.seed);
    points = format_points(s.format);
  }
  const std::size_t n = 2 * s.symbols;
  const double fs = 2.0 * s.symbol_rate, unit = std::sqrt(0.1);
  std::vector<Complex> field[2] = {std::vector<Complex>(n), std::vector<Complex>(n)};
  for (std::size_t k = 0; k < s.symbols; ++k)
    for (std::size_t p = 0; p < 2; ++p) {
      if (s.format == Format::qam16) {
        field[p][2 * k] = unit * Complex(result.levels[k][2 * p], result.levels[k][2 * p + 1]);
        continue;
      }
      field[p][2 * k] = points[static_cast<std::size_t>(result.labels[k][p])];
      if (frame == nullptr) continue;
      const std::size_t m = k % frame->roles.size();
      const Sample known = p == 0 ? frame->known_x[m] : frame->known_y[m];
      if (known != Sample()) field[p][2 * k] = known;
    }
  const auto frequency = [&](std::size_t i) {
    return (i < n / 2 ? static_cast<double>(i) : static_cast<double>(i) - static_cast<double>(n)) * fs /
           static_cast<double>(n);
  };
  for (auto& f : field) {
    signal::fft(f, false);
    for (std::size_t i = 0; i < n; ++i) {
      const double at = std::abs(frequency(i)), flat = 0.5 * (1.0 - s.roll_off) * s.symbol_rate;
      double h = at <= flat ? 1.0 : 0.0;
      if (at > flat && at < flat + s.roll_off * s.symbol_rate)
        h = std::sqrt(0.5 * (1.0 + std::cos(std::numbers::pi * (at - flat) / (s.roll_off * s.symbol_rate))));
      f[i] *= h * std::sqrt(2.0) / static_cast<double>(n) * std::sqrt(2.0);  // unit mean power
    }
    signal::fft(f, true);
  }
  // The transmitter's laser, before the fibre; it returns to its start, as the waveform does.
  const std::vector<double> walk = phase_walk(s.linewidth, 1.0 / fs, n, s.seed, 3);
  for (auto& f : field)
    for (std::size_t i = 0; i < n; ++i)
      f[i] *= std::polar(1.0, walk[i] - walk[n - 1] * static_cast<double>(i) / static_cast<double>(n - 1));
  for (auto& f : field) signal::fft(f, false);
  const double weak = std::pow(10.0, -s.pdl_db / 40.0);
  for (std::size_t i = 0; i < n; ++i) {
    const double omega = two_pi * frequency(i);
    const Complex fibre = std::polar(1.0 / static_cast<double>(n), -0.5 * s.dispersion * omega * omega);
    const Complex a = field[0][i] * fibre, b = field[1][i] * fibre * std::polar(1.0, s.retardation);
    const double c1 = std::cos(s.angle), s1 = std::sin(s.angle), c2 = std::cos(s.second_angle),
                 s2 = std::sin(s.second_angle);
    const Complex x = (c1 * a - s1 * b) * std::polar(1.0 / weak, 0.5 * omega * s.dgd);
    const Complex y = (s1 * a + c1 * b) * std::polar(weak, -0.5 * omega * s.dgd);
    field[0][i] = c2 * x - s2 * y;
    field[1][i] = s2 * x + c2 * y;
  }
  for (auto& f : field) signal::fft(f, true);

  // Noise of the line, white over the sampled band.
  const double sigma = std::sqrt(std::pow(10.0, -s.snr_db / 10.0));  // per part: half of 2/SNR
  const std::vector<double> local = phase_walk(s.linewidth, 1.0 / fs, n, s.seed, 4);
  std::vector<double> normal(2 * n);
  for (std::size_t p = 0; p < 2; ++p) {
    fill_normal({.seed = s.seed, .source = static_cast<std::uint32_t>(5 + p)}, normal);
    for (std::size_t i = 0; i < n; ++i) {
      field[p][i] += sigma * Complex(normal[2 * i], normal[2 * i + 1]);
      field[p][i] *= std::polar(1.0, local[i] + two_pi * s.frequency_offset * static_cast<double>(i) / fs);
    }
  }
  if (s.low_pass > 0.0)
    for (auto& f : field) {
      signal::fft(f, false);
      for (std::size_t i = 0; i < n; ++i)
        f[i] *= std::pow(2.0, -0.5 * std::pow(frequency(i) / (s.low_pass * s.symbol_rate), 2)) /
                static_cast<double>(n);
      signal::fft(f, true);
    }
  if (s.spin != 0.0)
    for (std::size_t i = 0; i < n; ++i) {
      const double turn = s.spin * static_cast<double>(i) / fs;
      const Complex x = field[0][i], y = field[1][i];
      field[0][i] = std::cos(turn) * x - std::sin(turn) * y;
      field[1][i] = std::sin(turn) * x + std::cos(turn) * y;
    }
  // The converters' clock; a sinc of 48 samples under a Hann window. Each branch is late by its skew.
  const bool resampled = s.clock_ppm != 0.0 || s.jitter != 0.0 || s.skew != std::array<double, 4>{};
  std::vector<double> branches[4];
  const double ratio = 1.0 + s.clock_ppm * 1e-6;
  for (std::size_t b = 0; b < 4; ++b) {
    const auto& f = field[b / 2];
    const auto value = [&](std::size_t i) { return b % 2 == 0 ? f[i % n].real() : f[i % n].imag(); };
    branches[b].resize(n);
    for (std::size_t i = 0; i < n; ++i) {
      if (!resampled) {
        branches[b][i] = value(i);
        continue;
      }
      const double t = static_cast<double>(i) * ratio +
                       2.0 * s.jitter * std::sin(two_pi * 1e6 * static_cast<double>(i) / fs) - s.skew[b] * fs;
      const double whole = std::floor(t), rest = t - whole;
      double sum = 0.0;
      for (int k = -23; k <= 24; ++k) {
        const double d = rest - k, angle = std::numbers::pi * d;
        const double sinc =
            std::abs(d) < 1e-9 ? 1.0 : (k % 2 == 0 ? 1.0 : -1.0) * std::sin(std::numbers::pi * rest) / angle;
        sum += value(static_cast<std::size_t>(static_cast<long>(whole) + k + static_cast<long>(n))) * sinc *
               (0.5 + 0.5 * std::cos(angle / 24.5));
      }
      branches[b][i] = sum;
    }
  }
  const double gain = std::pow(10.0, s.imbalance_db / 40.0);
  result.samples.resize(n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t p = 0; p < 2; ++p) {
      const double re = branches[2 * p][i] * gain;
      const double im =
          (branches[2 * p + 1][i] * std::cos(s.phase_error) + branches[2 * p][i] * std::sin(s.phase_error)) /
              gain +
          s.offset;
      (p == 0 ? result.samples.x : result.samples.y)[i] =
          Sample(static_cast<float>(re), static_cast<float>(im));
    }
  return result;
}

// Gray labels of −3, −1, 1, 3: 00, 01, 11, 10.
inline int wrong_bits(int sent, double received) {
  const double v = received / std::sqrt(0.1);
  const int got = v < -2.0 ? 0 : v < 0.0 ? 1 : v < 2.0 ? 2 : 3;
  const int labels[] = {0, 1, 3, 2};
  const int differ = labels[got] ^ labels[(sent + 3) / 2];
  return (differ & 1) + (differ >> 1);
}

// The same of a symbol of another format.
inline int wrong_bits(const std::vector<Complex>& points, int sent, Sample received) {
  std::size_t got = 0;
  for (std::size_t i = 1; i < points.size(); ++i)
    if (std::abs(Complex(received) - points[i]) < std::abs(Complex(received) - points[got])) got = i;
  return std::popcount(static_cast<unsigned>(got) ^ static_cast<unsigned>(sent));
}

// Bit errors per bit of what was received, symbol i being sent symbol start + i of the period.
inline double bit_error_ratio(const Transmission& sent, const std::vector<Sample>& x,
                              const std::vector<Sample>& y, std::size_t start, std::size_t from,
                              std::size_t to, const Frame* payload_of = nullptr) {
  std::int64_t wrong = 0, bits = 0;
  const bool square = sent.format == Format::qam16;
  const std::vector<Complex> points = square ? std::vector<Complex>{} : format_points(sent.format);
  for (std::size_t i = from; i < std::min(to, x.size()); ++i) {
    if (payload_of && payload_of->roles[i % payload_of->roles.size()] != Role::payload) continue;
    if (!square) {
      const auto& label = sent.labels[(start + i) % sent.labels.size()];
      wrong += wrong_bits(points, label[0], x[i]) + wrong_bits(points, label[1], y[i]);
      bits += sent.format == Format::qpsk ? 4 : 6;
      continue;
    }
    const auto& level = sent.levels[(start + i) % sent.levels.size()];
    wrong += wrong_bits(level[0], x[i].real()) + wrong_bits(level[1], x[i].imag()) +
             wrong_bits(level[2], y[i].real()) + wrong_bits(level[3], y[i].imag());
    bits += 8;
  }
  return bits > 0 ? static_cast<double>(wrong) / static_cast<double>(bits) : 1.0;
}

// Which of the super-frames of the period the receiver started with: where the least bits are wrong.
inline std::size_t find_start(const Transmission& sent, const Frame& frame, const std::vector<Sample>& x,
                              const std::vector<Sample>& y) {
  std::size_t best = 0;
  double least = 1.0;
  for (std::size_t start = 0; start < sent.samples.size() / 2; start += frame.roles.size()) {
    const double ratio = bit_error_ratio(sent, x, y, start, 0, 2048, &frame);
    if (ratio < least) {
      least = ratio;
      best = start;
    }
  }
  return best;
}

// 3/8·erfc(a) + 1/4·erfc(3a) − 1/8·erfc(5a), a = √(SNR/10): 16QAM in white noise with Gray labels.
inline double qam16_error_ratio(double snr_db) {
  const double a = std::sqrt(std::pow(10.0, snr_db / 10.0) / 10.0);
  return 0.375 * std::erfc(a) + 0.25 * std::erfc(3 * a) - 0.125 * std::erfc(5 * a);
}

// SNR [dB] at which 16QAM in white noise has this error ratio.
inline double snr_of_error_ratio(double ratio) {
  double low = 0.0, high = 40.0;
  for (int i = 0; i < 60; ++i)
    (qam16_error_ratio(0.5 * (low + high)) > ratio ? low : high) = 0.5 * (low + high);
  return low;
}

}  // namespace waverack::coherent::test
