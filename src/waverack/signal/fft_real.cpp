#include "waverack/signal/fft_real.hpp"

#include <array>
#include <cmath>
#include <numbers>
#include <string>

#include "waverack/base/error.hpp"
#include "waverack/signal/complex_product.hpp"

namespace waverack::signal {
namespace {

using Complex = std::complex<double>;

constexpr std::size_t largest_radix = 61;

// Prime factors, the largest first; fours in place of pairs of twos. What is left above largest_radix ends
// the list.
std::vector<std::size_t> factors_of(std::size_t n) {
  std::vector<std::size_t> factors;
  if (n == 0) return factors;
  for (std::size_t p = largest_radix; p >= 3; p -= 2)
    for (; n % p == 0; n /= p) {
      bool prime = true;
      for (std::size_t d = 3; d * d <= p; d += 2) prime = prime && p % d != 0;
      if (!prime) break;
      factors.push_back(p);
    }
  for (; n % 4 == 0; n /= 4) factors.push_back(4);
  for (; n % 2 == 0; n /= 2) factors.push_back(2);
  if (n > 1) factors.push_back(n);
  return factors;
}

bool is_smooth(std::size_t n) {
  for (const std::size_t factor : factors_of(n))
    if (factor > largest_radix) return false;
  return true;
}

Complex turned(Complex a) { return {-a.imag(), a.real()}; }

// y_i = Σ_j x_j·exp(j2πij/r) in place.
struct Radix2 {
  void operator()(Complex* x) const {
    const Complex sum = x[0] + x[1];
    x[1] = x[0] - x[1];
    x[0] = sum;
  }
};
struct Radix4 {
  void operator()(Complex* x) const {
    const Complex a = x[0] + x[2], b = x[0] - x[2], c = x[1] + x[3], d = turned(x[1] - x[3]);
    x[0] = a + c;
    x[1] = b + d;
    x[2] = a - c;
    x[3] = b - d;
  }
};
// Odd radix: x_j and x_{r−j} have conjugate factors, so sums and differences need real products alone.
struct OddRadix {
  explicit OddRadix(std::size_t r) : radix(r) {
    for (std::size_t k = 0; k < r; ++k) {
      const double angle = 2.0 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(r);
      cosine[k] = std::cos(angle);
      sine[k] = std::sin(angle);
    }
  }
  void operator()(Complex* x) const {
    const std::size_t half = radix / 2;
    std::array<Complex, largest_radix / 2 + 1> sum, difference;
    const Complex first = x[0];
    Complex total = first;
    for (std::size_t j = 1; j <= half; ++j) {
      sum[j] = x[j] + x[radix - j];
      difference[j] = x[j] - x[radix - j];
      total += sum[j];
    }
    x[0] = total;
    for (std::size_t i = 1; i <= half; ++i) {
      Complex even = first, odd = 0.0;
      for (std::size_t j = 1, k = i; j <= half; ++j) {
        even += cosine[k] * sum[j];
        odd += sine[k] * difference[j];
        k += i;
        if (k >= radix) k -= radix;
      }
      x[i] = even + turned(odd);
      x[radix - i] = even - turned(odd);
    }
  }
  std::size_t radix;
  std::array<double, largest_radix> cosine, sine;
};

// One pass of Stockham's order: every output lies where the next pass reads it.
template <class Butterfly>
void pass(const Butterfly& butterfly, std::size_t radix, std::size_t part, std::size_t stride,
          const std::vector<Complex>& root, const Complex* in, Complex* out) {
  std::array<Complex, largest_radix> x;
  for (std::size_t p = 0; p < part; ++p)
    for (std::size_t q = 0; q < stride; ++q) {
      for (std::size_t i = 0; i < radix; ++i) x[i] = in[q + stride * (p + part * i)];
      butterfly(x.data());
      Complex* y = out + q + stride * radix * p;
      y[0] = x[0];
      for (std::size_t i = 1; i < radix; ++i) y[stride * i] = times(x[i], root[p * i * stride]);
    }
}

}  // namespace

std::size_t smooth_size(std::size_t wanted) {
  for (std::size_t away = 0;; ++away) {
    if (wanted > away && is_smooth(wanted - away)) return wanted - away;
    if (wanted + away > 0 && is_smooth(wanted + away)) return wanted + away;
  }
}

RealInversePlan::RealInversePlan(std::size_t half) : half_(half), radices_(factors_of(half)), root_(half) {
  if (half == 0 || !is_smooth(half))
    throw Error("no transform of " + std::to_string(2 * half) + " samples: a prime factor is too large");
  const double turn = 2.0 * std::numbers::pi / static_cast<double>(half);
  for (std::size_t k = 0; k < half; ++k) root_[k] = std::polar(1.0, turn * static_cast<double>(k));
}

// Even samples become real parts and odd ones imaginary parts of a record of half the size.
std::vector<double> RealInversePlan::record(const std::vector<Complex>& spectrum) const {
  const std::size_t n = half_;
  if (spectrum.size() != n + 1)
    throw Error("the spectrum of " + std::to_string(2 * n) + " samples needs " + std::to_string(n + 1) +
                " bins");
  std::vector<Complex> data(n), other(n);
  const double turn = std::numbers::pi / static_cast<double>(n);
  const Complex half_step = std::polar(1.0, turn);
  for (std::size_t k = 0; k < n; ++k) {
    const Complex low = k == 0 ? Complex(spectrum[0].real()) : spectrum[k];
    const Complex high = k == 0 ? Complex(spectrum[n].real()) : std::conj(spectrum[n - k]);
    const Complex angle = k % 2 == 0 ? root_[k / 2] : times(root_[k / 2], half_step);
    data[k] = (low + high) + turned(times(low - high, angle));
  }
  std::size_t stride = 1, length = n;
  for (const std::size_t radix : radices_) {
    const std::size_t part = length / radix;
    if (radix == 2)
      pass(Radix2{}, radix, part, stride, root_, data.data(), other.data());
    else if (radix == 4)
      pass(Radix4{}, radix, part, stride, root_, data.data(), other.data());
    else
      pass(OddRadix(radix), radix, part, stride, root_, data.data(), other.data());
    data.swap(other);
    stride *= radix;
    length = part;
  }
  std::vector<double> result(2 * n);
  const double scale = 0.5 / static_cast<double>(n);
  for (std::size_t m = 0; m < n; ++m) {
    result[2 * m] = scale * data[m].real();
    result[2 * m + 1] = scale * data[m].imag();
  }
  return result;
}

}  // namespace waverack::signal
