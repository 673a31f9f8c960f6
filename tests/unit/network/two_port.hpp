#pragma once
// Two-ports made from formulas.

#include <array>
#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

#include "waverack/network/network.hpp"

namespace waverack::network {

using TwoPort = std::array<std::complex<double>, 4>;  // S11, S12, S21, S22

// `law` gives the TwoPort at each frequency.
template <class Law>
Network two_port(std::vector<double> frequencies, const Law& law) {
  Network network;
  network.name = "line.s2p";
  network.ports = 2;
  for (const double f : frequencies)
    for (const std::complex<double>& s : law(f)) network.s.push_back(s);
  network.frequencies = std::move(frequencies);
  return network;
}

// A matched two-port with the transmission `h(f)`.
template <class Transmission>
Network matched(std::vector<double> frequencies, const Transmission& h) {
  return two_port(std::move(frequencies), [&](double f) {
    const std::complex<double> through = h(f);
    return TwoPort{0.0, through, through, 0.0};
  });
}

// A matched line with constant amplitude and a delay [s].
inline Network line(std::vector<double> frequencies, double amplitude, double delay) {
  return matched(std::move(frequencies),
                 [=](double f) { return std::polar(amplitude, -2.0 * std::numbers::pi * f * delay); });
}

// first, first + step, … up to `last` [Hz].
inline std::vector<double> grid(double first, double last, double step) {
  std::vector<double> frequencies;
  for (int k = 0; first + k * step <= last * (1.0 + 1e-12); ++k) frequencies.push_back(first + k * step);
  return frequencies;
}

}  // namespace waverack::network
