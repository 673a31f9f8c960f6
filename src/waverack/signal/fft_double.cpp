#include <bit>
#include <cmath>
#include <numbers>
#include <string>

#include "waverack/base/error.hpp"
#include "waverack/signal/complex_product.hpp"
#include "waverack/signal/fft.hpp"

namespace waverack::signal {
namespace {

using Complex = std::complex<double>;

// exp(sign·j2πk/n) for k = 0 … n − 1. Sines are slow, so an eighth of the circle gives the others.
std::vector<Complex> roots_of_unity(std::size_t n, double sign) {
  std::vector<Complex> root(n);
  const double turn = 2.0 * std::numbers::pi / static_cast<double>(n);
  for (std::size_t k = 0; k <= n / 8; ++k) {
    const double c = std::cos(turn * static_cast<double>(k)),
                 s = sign * std::sin(turn * static_cast<double>(k));
    const std::size_t quarter = n / 4, half = n / 2;
    root[k] = {c, s};
    root[quarter - k] = {sign * s, sign * c};
    root[quarter + k] = {-sign * s, sign * c};
    root[half - k] = {-c, s};
    root[half + k] = {-c, -s};
    root[half + quarter - k] = {-sign * s, -sign * c};
    root[(half + quarter + k) % n] = {sign * s, -sign * c};
    root[(n - k) % n] = {c, -s};
  }
  return root;
}

}  // namespace

// Radix 4 in Stockham's order: every pass writes to the other array what it has sorted a little further, so
// nothing needs reversing and all accesses run forward.
void fft(std::vector<Complex>& data, bool inverse) {
  const std::size_t n = data.size();
  if (!std::has_single_bit(n))
    throw Error("the size of a Fourier transform must be a power of two, not " + std::to_string(n));
  const double sign = inverse ? 1.0 : -1.0;
  const std::vector<Complex> root = n >= 4 ? roots_of_unity(n, sign) : std::vector<Complex>{};
  std::vector<Complex> other(n);
  std::size_t length = n, stride = 1;
  for (; length >= 4; length /= 4, stride *= 4) {
    const std::size_t part = length / 4;
    for (std::size_t p = 0; p < part; ++p) {
      const Complex w1 = root[p * stride], w2 = root[2 * p * stride], w3 = root[3 * p * stride];
      const Complex* x = data.data() + p * stride;
      Complex* y = other.data() + 4 * p * stride;
      for (std::size_t q = 0; q < stride; ++q) {
        const Complex a = x[q], b = x[q + part * stride], c = x[q + 2 * part * stride],
                      d = x[q + 3 * part * stride];
        const Complex sum = a + c, difference = a - c, other_sum = b + d;
        const Complex turned(sign * (d.imag() - b.imag()), sign * (b.real() - d.real()));  // ±j(b − d)
        y[q] = sum + other_sum;
        y[q + stride] = times(difference + turned, w1);
        y[q + 2 * stride] = times(sum - other_sum, w2);
        y[q + 3 * stride] = times(difference - turned, w3);
      }
    }
    data.swap(other);
  }
  if (length == 2) {
    for (std::size_t q = 0; q < stride; ++q) {
      other[q] = data[q] + data[q + stride];
      other[q + stride] = data[q] - data[q + stride];
    }
    data.swap(other);
  }
}

}  // namespace waverack::signal
