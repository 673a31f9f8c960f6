#pragma once
// Networks of several lines with crosstalk, made from formulas.

#include <fmt/format.h>

#include <numbers>
#include <utility>
#include <vector>

#include "unit/network/two_port.hpp"

namespace waverack::network {

// Lines between pairs of ports, with 0.85 at 0 Hz, another −3 dB at 5 GHz by the skin effect and 0.1 ns, each
// port reflecting −20 dB and coupled to all but its partner with `coupling`, at a phase of its own; 10 MHz to
// 5 GHz.
inline Network lines(const std::vector<std::pair<int, int>>& pairs, double coupling, double sign = 1.0) {
  Network network;
  network.ports = static_cast<int>(2 * pairs.size());
  network.name = fmt::format("lines.s{}p", network.ports);
  network.frequencies = grid(10e6, 5e9, 10e6);
  network.s.resize(network.points() * static_cast<std::size_t>(network.ports * network.ports));
  for (std::size_t k = 0; k < network.points(); ++k) {
    const double f = network.frequencies[k], skin = 0.345 * std::sqrt(f / 5e9);
    const auto turn = [&](double delay) { return std::polar(1.0, -2.0 * std::numbers::pi * f * delay); };
    for (int i = 1; i <= network.ports; ++i)
      for (int j = 1; j <= network.ports; ++j)
        network.at(k, i, j) = i == j ? 0.1 * turn(0.02e-9 * i) : coupling * turn(0.03e-9 * (i + j));
    for (const auto& [a, b] : pairs)
      network.at(k, a, b) = network.at(k, b, a) =
          sign * 0.85 * std::exp(std::complex<double>(-skin, -skin)) * turn(0.1e-9);
  }
  return network;
}

}  // namespace waverack::network
