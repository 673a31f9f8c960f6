#pragma once
// Two-ports with a given transmission and reflection, for tests of channel measures.

#include <complex>
#include <functional>
#include <numbers>

#include "waverack/network/network.hpp"

namespace waverack::compliance {

using Spectrum = std::function<std::complex<double>(double f)>;

// A transmission of constant amplitude with a delay [s], at the frequency f [Hz].
inline std::complex<double> delayed(double amplitude, double f, double delay) {
  return std::polar(amplitude, -2.0 * std::numbers::pi * f * delay);
}

inline network::Network two_port(
    double first, double step, std::size_t points, const Spectrum& transmission,
    const Spectrum& reflection = [](double) { return 0.0; }) {
  network::Network n;
  n.name = "made.s2p";
  n.ports = 2;
  n.reference_resistance = 100.0;
  for (std::size_t k = 0; k < points; ++k) {
    const double f = first + step * static_cast<double>(k);
    n.frequencies.push_back(f);
    const std::complex<double> t = transmission(f), r = reflection(f);
    n.s.insert(n.s.end(), {r, t, t, r});
  }
  return n;
}

}  // namespace waverack::compliance
