#include "waverack/link/pulse_distortion.hpp"

#include <cmath>

#include "waverack/base/random.hpp"
#include "waverack/coherent/pulse.hpp"
#include "waverack/signal/fft.hpp"

namespace waverack::link {
namespace {

constexpr std::size_t symbol_count = 4096, pulse_samples_per_symbol = 4,
                      sample_count = symbol_count * pulse_samples_per_symbol;
constexpr std::uint64_t seed = 1;  // the same symbols for every question

using Spectrum = std::vector<std::complex<double>>;

void to_unit_power(std::vector<double>& values) {
  double square = 0.0;
  for (const double v : values) square += v * v;
  const double scale = std::sqrt(static_cast<double>(values.size()) / square);
  for (double& v : values) v *= scale;
}

// Of bin k of the spectrum of samples, over the symbol rate.
double frequency_of(std::size_t k) {
  const auto bin = static_cast<double>(k), count = static_cast<double>(sample_count);
  return (k < sample_count / 2 ? bin : bin - count) / static_cast<double>(symbol_count);
}

}  // namespace

PulseProbe::PulseProbe(std::optional<coherent::Format> format, double roll_off, double symbol_rate)
    : symbol_rate_(symbol_rate), symbols_(symbol_count), spectrum_(sample_count), matched_(sample_count) {
  if (format) {
    const coherent::DualSymbols drawn =
        coherent::random_symbols(static_cast<int>(symbol_count), *format, false, seed, 0);
    for (std::size_t n = 0; n < symbol_count; ++n) symbols_[n] = static_cast<double>(drawn.x[0][n].real());
  } else {
    fill_normal({seed, 0}, symbols_);
  }
  to_unit_power(symbols_);

  Spectrum spectrum(symbols_.begin(), symbols_.end());
  signal::fft(spectrum, false);
  const signal::Response shape = signal::root_raised_cosine(1.0, roll_off);
  for (std::size_t k = 0; k < sample_count; ++k) {
    matched_[k] = shape(frequency_of(k)).real();
    spectrum_[k] = spectrum[k % symbol_count] * matched_[k];
  }
}

Spectrum PulseProbe::voltage(double rms, const signal::Response& before, Spectrum& shaping) const {
  shaping.assign(sample_count, 1.0);
  Spectrum samples = spectrum_;
  if (before)
    for (std::size_t k = 0; k < sample_count / 2; ++k) {  // nothing lies at the Nyquist frequency
      if (matched_[k] == 0.0) continue;
      const std::size_t mirror = (sample_count - k) % sample_count;
      shaping[mirror] = std::conj(shaping[k] = before(symbol_rate_ * frequency_of(k)));
      samples[k] *= shaping[k];
      if (mirror != k) samples[mirror] *= shaping[mirror];
    }
  signal::fft(samples, true);
  double square = 0.0;
  for (const std::complex<double>& v : samples) square += v.real() * v.real();
  const double scale = rms * std::sqrt(static_cast<double>(sample_count) / square);
  for (std::complex<double>& v : samples) v = scale * v.real();
  return samples;
}

double PulseProbe::mean_square(const std::function<double(double)>& law, double rms,
                               const signal::Response& before) const {
  Spectrum shaping;
  double sum = 0.0;
  for (const std::complex<double>& v : voltage(rms, before, shaping)) {
    const double out = law(v.real());
    sum += out * out;
  }
  return sum / static_cast<double>(sample_count);
}

double PulseProbe::distortion(const std::function<double(double)>& law, double rms,
                              const signal::Response& before) const {
  Spectrum shaping;
  Spectrum samples = voltage(rms, before, shaping);
  for (std::complex<double>& v : samples) v = law(v.real());
  signal::fft(samples, false);
  Spectrum folded(symbol_count);
  for (std::size_t k = 0; k < sample_count; ++k)
    if (matched_[k] > 0.0) folded[k % symbol_count] += samples[k] * matched_[k] / shaping[k];
  signal::fft(folded, true);
  double product = 0.0, power = 0.0, received = 0.0;
  for (std::size_t n = 0; n < symbol_count; ++n) {
    const double y = folded[n].real();
    product += y * symbols_[n];
    power += symbols_[n] * symbols_[n];
    received += y * y;
  }
  const double explained = product * product / power;
  return std::max(0.0, received / explained - 1.0);
}

}  // namespace waverack::link
