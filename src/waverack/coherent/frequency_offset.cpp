#include "waverack/coherent/frequency_offset.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <numbers>

#include "waverack/base/error.hpp"
#include "waverack/coherent/resampling_kernels.hpp"
#include "waverack/signal/fft.hpp"

namespace waverack::coherent {
namespace {

using Complex = std::complex<double>;

// Place of the peak of |spectrum|² in bins, −n/2 … n/2, from the parabola through three of them.
double peak(const std::vector<Complex>& spectrum) {
  const std::size_t n = spectrum.size();
  std::size_t best = 0;
  for (std::size_t i = 1; i < n; ++i)
    if (std::norm(spectrum[i]) > std::norm(spectrum[best])) best = i;
  const double here = std::norm(spectrum[best]), above = std::norm(spectrum[(best + 1) % n]),
               below = std::norm(spectrum[(best + n - 1) % n]);
  const double curvature = 2.0 * here - above - below;
  const double at = static_cast<double>(best) + (curvature > 0.0 ? 0.5 * (above - below) / curvature : 0.0);
  return at < 0.5 * static_cast<double>(n) ? at : at - static_cast<double>(n);
}

}  // namespace

double spectral_centre(std::span<const Sample> x, std::span<const Sample> y, double sample_rate) {
  Complex sum = 0.0;
  for (const std::span<const Sample> p : {x, y})
    for (std::size_t n = 1; n < p.size(); ++n) sum += Complex(p[n]) * std::conj(Complex(p[n - 1]));
  return std::arg(sum) * sample_rate / (2.0 * std::numbers::pi);
}

double fourth_power_offset(std::span<const Sample> x, std::span<const Sample> y, double symbol_rate) {
  if (x.size() < 64 || x.size() != y.size())
    throw Error("the fourth-power estimate needs at least 64 symbols of both polarisations");
  const std::size_t n = std::bit_floor(x.size());
  // Twice as long with zeros: the parabola then follows the peak well. The polarisations add up as powers,
  // since their fourth powers need not have the same phase.
  std::vector<double> power(2 * n);
  for (const std::span<const Sample> p : {x, y}) {
    std::vector<Complex> fourth(2 * n);
    for (std::size_t i = 0; i < n; ++i) {
      const Complex square = Complex(p[i]) * Complex(p[i]);
      fourth[i] = square * square;
    }
    signal::fft(fourth, false);
    for (std::size_t i = 0; i < 2 * n; ++i) power[i] += std::norm(fourth[i]);
  }
  std::vector<Complex> root(2 * n);
  for (std::size_t i = 0; i < 2 * n; ++i) root[i] = std::sqrt(power[i]);
  return peak(root) * symbol_rate / (4.0 * 2.0 * static_cast<double>(n));
}

double phasor_frequency(std::span<const std::complex<double>> phasors, double spacing) {
  if (phasors.size() < 4) throw Error("a frequency needs at least four phasors");
  const std::size_t n = 4 * std::bit_ceil(phasors.size());
  std::vector<Complex> padded(n);
  std::copy(phasors.begin(), phasors.end(), padded.begin());
  signal::fft(padded, false);
  return peak(padded) / (static_cast<double>(n) * spacing);
}

FrequencyShift::FrequencyShift(double sample_rate, double offset)
    : sample_rate_(sample_rate), offset_(0.0), table_(2 * rotation_group) {
  set_offset(offset);
}

void FrequencyShift::set_offset(double offset) {
  offset_ = offset;
  for (std::size_t k = 0; k < rotation_group; ++k) {
    const double angle = -2.0 * std::numbers::pi * offset / sample_rate_ * static_cast<double>(k);
    table_[k] = static_cast<float>(std::cos(angle));
    table_[rotation_group + k] = static_cast<float>(std::sin(angle));
  }
}

void FrequencyShift::apply(std::span<Sample> x, std::span<Sample> y) {
  assert(x.size() == y.size());
  for (std::size_t n = 0; n < x.size(); n += rotation_group) {
    const std::size_t count = std::min(rotation_group, x.size() - n);
    const Complex base = std::polar(1.0, -2.0 * std::numbers::pi * phase_);
    rotate(x.data() + n, y.data() + n, table_.data(),
           {static_cast<float>(base.real()), static_cast<float>(base.imag())}, count);
    phase_ += offset_ / sample_rate_ * static_cast<double>(count);
    phase_ -= std::floor(phase_);
  }
}

}  // namespace waverack::coherent
