#pragma once
// Light on two orthogonal polarisations that arrive one after the other.

#include <complex>
#include <numbers>

#include "waverack/parts/interface.hpp"

namespace waverack::parts {

// Response of the received power where the share `late` of it comes `delay` [s] after the rest:
// H(f) = 1 − late + late·exp(−j2πf·delay). The two do not beat, so their powers add.
inline Response two_paths(double late, double delay) {
  return [late, angle = 2.0 * std::numbers::pi * delay](double f) {
    return 1.0 - late + late * std::polar(1.0, -angle * f);
  };
}

}  // namespace waverack::parts
