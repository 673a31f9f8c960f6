#include <bit>
#include <cmath>
#include <numbers>
#include <string>
#include <utility>

#include "waverack/base/error.hpp"
#include "waverack/signal/fft.hpp"

namespace waverack::signal {
namespace {

using Complex = std::complex<double>;

// Written out: the product of std::complex looks for infinities.
Complex times(const Complex& a, const Complex& b) {
  return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
}

// exp(turn·k) for k < count, from two short tables: a sine and a cosine for each would cost more than the transform.
std::vector<Complex> roots(double turn, std::size_t count) {
  const std::size_t fine_count = std::size_t{1} << (std::bit_width(count) / 2);
  std::vector<Complex> fine, result;
  for (std::size_t k = 0; k < fine_count; ++k) fine.push_back(std::polar(1.0, turn * static_cast<double>(k)));
  result.reserve(count + fine_count);
  for (std::size_t k = 0; k < count; k += fine_count) {
    const Complex coarse = std::polar(1.0, turn * static_cast<double>(k));
    for (std::size_t i = 0; i < fine_count; ++i) result.push_back(times(coarse, fine[i]));
  }
  return result;
}

}  // namespace

// Radix 2 in two steps at a time after a bit reversal: a design needs a few of these, so it may be plain.
void fft(std::vector<Complex>& data, bool inverse) {
  const std::size_t n = data.size();
  if (!std::has_single_bit(n))
    throw Error("the size of a Fourier transform must be a power of two, not " + std::to_string(n));
  for (std::size_t i = 1, j = 0; i < n; ++i) {
    std::size_t bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) std::swap(data[i], data[j]);
  }
  const double sign = inverse ? 1.0 : -1.0;
  std::size_t length = 1;  // of the transforms that are done
  if (std::countr_zero(n) % 2 != 0) {
    for (std::size_t i = 0; i < n; i += 2) {
      const Complex a = data[i], b = data[i + 1];
      data[i] = a + b;
      data[i + 1] = a - b;
    }
    length = 2;
  }
  for (; length < n; length *= 4) {
    const std::vector<Complex> w = roots(sign * std::numbers::pi / (2.0 * static_cast<double>(length)), length);
    for (std::size_t start = 0; start < n; start += 4 * length)
      for (std::size_t k = 0; k < length; ++k) {
        Complex* x = data.data() + start + k;
        const Complex w1 = w[k], w2 = times(w1, w1), w3 = times(w2, w1);
        // Quarters in bit-reversed order: 0, 2, 1, 3.
        const Complex a = x[0], c = times(x[length], w2), b = times(x[2 * length], w1), d = times(x[3 * length], w3);
        const Complex even = a + c, odd = a - c, sum = b + d, difference = b - d;
        const Complex turned(-sign * difference.imag(), sign * difference.real());
        x[0] = even + sum;
        x[length] = odd + turned;
        x[2 * length] = even - sum;
        x[3 * length] = odd - turned;
      }
  }
}

}  // namespace waverack::signal
