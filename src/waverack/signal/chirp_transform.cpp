#include "waverack/signal/chirp_transform.hpp"

#include <bit>
#include <cmath>
#include <numbers>

#include "waverack/signal/fft.hpp"

namespace waverack::signal {

std::vector<std::complex<double>> chirp_transform(std::span<const std::complex<double>> x, double turns,
                                                  std::size_t count) {
  using Complex = std::complex<double>;
  if (x.empty() || count == 0) return std::vector<Complex>(count);
  // k·n = (k² + n² − (n − k)²)/2: a convolution with the chirp of (n − k)².
  const auto chirp = [&](std::size_t i) {
    const double square = static_cast<double>(i) * static_cast<double>(i);
    const double half_turns = std::fmod(turns * square, 2.0);
    return std::polar(1.0, std::numbers::pi * half_turns);
  };
  const std::size_t size = std::bit_ceil(x.size() + count - 1);
  std::vector<Complex> a(size), b(size);
  for (std::size_t i = 0; i < std::max(x.size(), count); ++i) {
    const Complex c = chirp(i);
    if (i < x.size()) a[i] = x[i] * c;
    if (i < count) b[i] = std::conj(c);
    if (i > 0 && i < x.size()) b[size - i] = std::conj(c);
  }
  fft(a, false);
  fft(b, false);
  for (std::size_t i = 0; i < size; ++i) a[i] *= b[i];
  fft(a, true);
  a.resize(count);
  const double scale = 1.0 / static_cast<double>(size);
  for (std::size_t n = 0; n < count; ++n) a[n] *= chirp(n) * scale;
  return a;
}

}  // namespace waverack::signal
