#include "waverack/link/pulse_distortion.hpp"

#include <cmath>

#include "waverack/coherent/pulse.hpp"
#include "waverack/signal/fft.hpp"
#include "waverack/signal/response.hpp"

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

}  // namespace

PulseProbe::PulseProbe(coherent::Format format, double roll_off)
    : symbols_(symbol_count), pulse_(sample_count), matched_(sample_count) {
  const coherent::DualSymbols drawn =
      coherent::random_symbols(static_cast<int>(symbol_count), format, false, seed, 0);
  for (std::size_t n = 0; n < symbol_count; ++n) symbols_[n] = static_cast<double>(drawn.x[0][n].real());
  to_unit_power(symbols_);

  Spectrum spectrum(symbols_.begin(), symbols_.end());
  signal::fft(spectrum, false);
  const signal::Response shape = signal::root_raised_cosine(1.0, roll_off);
  Spectrum samples(sample_count);
  for (std::size_t k = 0; k < sample_count; ++k) {
    const double f = (k < sample_count / 2 ? static_cast<double>(k)
                                           : static_cast<double>(k) - static_cast<double>(sample_count)) /
                     static_cast<double>(symbol_count);
    matched_[k] = shape(f).real();
    samples[k] = spectrum[k % symbol_count] * matched_[k];
  }
  signal::fft(samples, true);
  for (std::size_t n = 0; n < sample_count; ++n) pulse_[n] = samples[n].real();
  to_unit_power(pulse_);
}

double PulseProbe::distortion(const std::function<double(double)>& law, double rms) const {
  Spectrum samples(sample_count);
  for (std::size_t n = 0; n < sample_count; ++n) samples[n] = law(rms * pulse_[n]);
  signal::fft(samples, false);
  Spectrum folded(symbol_count);
  for (std::size_t k = 0; k < sample_count; ++k) folded[k % symbol_count] += samples[k] * matched_[k];
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
