#pragma once
// The product of complex numbers in the innermost loops of transforms.

#include <complex>

namespace waverack::signal {

// a·b for finite numbers. Written out: the product of std::complex looks for infinities.
inline std::complex<double> times(std::complex<double> a, std::complex<double> b) {
  return {a.real() * b.real() - a.imag() * b.imag(), a.real() * b.imag() + a.imag() * b.real()};
}

}  // namespace waverack::signal
