#pragma once
// Two-ports with a given transmission and reflection, for tests of channel measures.

#include <functional>

#include "waverack/network/network.hpp"

namespace waverack::compliance {

using Spectrum = std::function<std::complex<double>(double f)>;

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
