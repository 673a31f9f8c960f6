#include <bit>
#include <cmath>
#include <numbers>
#include <string>
#include <utility>

#include "waverack/base/error.hpp"
#include "waverack/signal/fft.hpp"

namespace waverack::signal {

// Radix 2 in place after a bit reversal: a design needs a few of these, so it may be plain.
void fft(std::vector<std::complex<double>>& data, bool inverse) {
  using Complex = std::complex<double>;
  const std::size_t n = data.size();
  if (!std::has_single_bit(n))
    throw Error("the size of a Fourier transform must be a power of two, not " + std::to_string(n));
  for (std::size_t i = 1, j = 0; i < n; ++i) {
    std::size_t bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) std::swap(data[i], data[j]);
  }
  std::vector<Complex> root(n / 2);
  const double turn = (inverse ? 2.0 : -2.0) * std::numbers::pi / static_cast<double>(n);
  for (std::size_t k = 0; k < n / 2; ++k) root[k] = std::polar(1.0, turn * static_cast<double>(k));
  for (std::size_t length = 2; length <= n; length *= 2)
    for (std::size_t start = 0; start < n; start += length)
      for (std::size_t k = 0; k < length / 2; ++k) {
        Complex &a = data[start + k], &b = data[start + k + length / 2];
        const Complex w = root[k * (n / length)];
        // Written out: the product of std::complex looks for infinities.
        const Complex wb(w.real() * b.real() - w.imag() * b.imag(),
                         w.real() * b.imag() + w.imag() * b.real());
        b = a - wb;
        a += wb;
      }
}

}  // namespace waverack::signal
