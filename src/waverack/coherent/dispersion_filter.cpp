#include "waverack/coherent/dispersion_filter.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numbers>

#include "waverack/base/error.hpp"
#include "waverack/signal/fft_lanes.hpp"

namespace waverack::coherent {
namespace {

constexpr double two_pi = 2.0 * std::numbers::pi;
constexpr std::size_t parallel_records = signal::fft_lanes / 2;

double pulse_spectrum(double frequency, double symbol_rate, double roll_off) {
  const double f = std::abs(frequency), flat = 0.5 * (1.0 - roll_off) * symbol_rate;
  if (f <= flat) return 1.0;
  if (f >= 0.5 * (1.0 + roll_off) * symbol_rate) return 0.0;
  return std::sqrt(0.5 * (1.0 + std::cos(std::numbers::pi * (f - flat) / (roll_off * symbol_rate))));
}

const DispersionFilterSettings& checked_filter(const DispersionFilterSettings& s) {
  if (!(s.sample_rate > 0.0)) throw Error("the dispersion filter needs a sample rate above 0");
  if (!(s.symbol_rate >= 0.0)) throw Error("the symbol rate of the dispersion filter is below 0");
  if (!(s.roll_off > 0.0 && s.roll_off <= 1.0)) throw Error("the roll-off is above 0 and at most 1");
  return s;
}

signal::BlockFilter make_filter(const DispersionFilterSettings& s) {
  const signal::Response response = [&s](double f) { return dispersion_response(s, f); };
  return signal::make_block_filter(response, s.sample_rate, s.tail_energy);
}

}  // namespace

std::complex<double> dispersion_response(const DispersionFilterSettings& s, double frequency) {
  const double omega = two_pi * frequency;
  const double gain =
      s.symbol_rate > 0.0 ? pulse_spectrum(frequency - s.centre_frequency, s.symbol_rate, s.roll_off) : 1.0;
  return std::polar(gain, 0.5 * s.dispersion * omega * omega);
}

DispersionFilter::DispersionFilter(const DispersionFilterSettings& settings)
    : filter_(make_filter(checked_filter(settings))), buffer_(filter_.block()) {
  // Output t needs inputs t − last … t − first. The queue starts with as many zeros as that asks for.
  if (filter_.last() >= 0)
    queue_.resize(static_cast<std::size_t>(filter_.last()));
  else
    skip_ = static_cast<std::size_t>(-filter_.last());
}

void DispersionFilter::push(std::span<const Sample> x, std::span<const Sample> y, DualSamples& out) {
  queue_.append(x, y);
  if (skip_ > 0) {  // a filter that looks only ahead does not need the first samples
    const std::size_t now = std::min(skip_, queue_.size());
    queue_.drop_front(now);
    skip_ -= now;
  }
  const auto useful = static_cast<std::size_t>(filter_.useful()),
             size = static_cast<std::size_t>(filter_.block());
  const std::size_t overlap = size - useful;
  std::size_t at = 0;
  for (; queue_.size() - at >= batch() + overlap; at += batch()) {
    const std::size_t before = out.size();
    out.resize(before + batch());
    std::array<const Sample*, 2 * parallel_records> from;
    std::array<Sample*, 2 * parallel_records> to;
    for (std::size_t i = 0; i < parallel_records; ++i) {
      from[i] = queue_.x.data() + at + i * useful;
      from[parallel_records + i] = queue_.y.data() + at + i * useful;
      to[i] = out.x.data() + before + i * useful;
      to[parallel_records + i] = out.y.data() + before + i * useful;
    }
    signal::gather_lanes(from, static_cast<int>(size), buffer_.data());
    signal::fft_filter(filter_.plan(), filter_.spectrum(), buffer_.data());
    signal::scatter_lanes(buffer_.data() + overlap * 2 * signal::fft_lanes, static_cast<int>(useful), to);
  }
  queue_.drop_front(at);
}

DispersionEstimate estimate_dispersion(std::span<const Sample> x, std::span<const Sample> y,
                                       double sample_rate, double symbol_rate, double roll_off, double lowest,
                                       double highest) {
  using Complex = std::complex<double>;
  if (x.size() < 4096 || y.size() != x.size())
    throw Error("estimating dispersion needs at least 4096 samples of both polarisations");
  if (!(lowest <= highest)) throw Error("the dispersion's limits are in the wrong order");
  const std::size_t n = std::bit_floor(x.size());
  std::vector<Complex> spectra[2] = {std::vector<Complex>(n), std::vector<Complex>(n)};
  for (std::size_t i = 0; i < n; ++i) {
    // A window keeps the jump between the ends out of the narrow bands that are compared.
    const double window =
        std::pow(std::sin(std::numbers::pi * (static_cast<double>(i) + 0.5) / static_cast<double>(n)), 2);
    spectra[0][i] = window * Complex(x[i]);
    spectra[1][i] = window * Complex(y[i]);
  }
  for (auto& spectrum : spectra) signal::fft(spectrum, false);

  // C_ab(f) = X_a(f)·conj X_b(f − Rs) around the upper edge, with room for the offset of the carrier. Undoing
  // β2L turns the phase of C(f) by β2L·(2π)²·Rs·(f − Rs/2).
  const double bin = sample_rate / static_cast<double>(n), half = (0.5 * roll_off + 0.07) * symbol_rate;
  const auto first = static_cast<long>(std::ceil((0.5 * symbol_rate - half) / bin)),
             last = static_cast<long>(std::floor((0.5 * symbol_rate + half) / bin)),
             shift = std::lround(symbol_rate / bin);
  const auto wrapped = [n](long i) {
    return static_cast<std::size_t>((i + 2 * static_cast<long>(n)) % static_cast<long>(n));
  };
  std::vector<Complex> pairs[4];
  for (long f = first; f <= last; ++f)
    for (std::size_t ab = 0; ab < 4; ++ab)
      pairs[ab].push_back(spectra[ab / 2][wrapped(f)] * std::conj(spectra[ab % 2][wrapped(f - shift)]));

  const auto tone = [&](double dispersion) {
    const double step = dispersion * two_pi * two_pi * symbol_rate * bin;
    const Complex turn = std::polar(1.0, step);
    double strength = 0.0;
    for (const auto& pair : pairs) {
      Complex sum = 0.0;
      for (std::size_t i = pair.size(); i-- > 0;) sum = sum * turn + pair[i];
      strength += std::norm(sum);
    }
    return strength;
  };
  const double resolution = 1.0 / (two_pi * 2.0 * half * symbol_rate);
  const auto steps = static_cast<std::size_t>(std::ceil((highest - lowest) / (0.25 * resolution))) + 1;
  const double step = steps > 1 ? (highest - lowest) / static_cast<double>(steps - 1) : 0.0;
  std::vector<double> strengths(steps);
  for (std::size_t i = 0; i < steps; ++i) strengths[i] = tone(lowest + static_cast<double>(i) * step);
  const auto best =
      static_cast<std::size_t>(std::max_element(strengths.begin(), strengths.end()) - strengths.begin());
  double mean = 0.0;
  for (const double s : strengths) mean += s / static_cast<double>(steps);
  DispersionEstimate result{lowest + static_cast<double>(best) * step, std::sqrt(strengths[best] / mean)};
  if (best > 0 && best + 1 < steps) {  // the top of the parabola through three candidates
    const double below = strengths[best - 1], above = strengths[best + 1];
    result.dispersion += 0.5 * step * (above - below) / (2.0 * strengths[best] - below - above);
  }
  return result;
}

}  // namespace waverack::coherent
