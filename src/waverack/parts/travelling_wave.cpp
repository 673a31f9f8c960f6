#include "waverack/parts/travelling_wave.hpp"

#include <cmath>
#include <numbers>

#include "waverack/base/physical_constants.hpp"

namespace waverack::parts {

std::complex<double> response(const TravellingWave& wave, double f) {
  const double loss = 0.5 * wave.loss * wave.length * std::sqrt(std::abs(f) / wave.loss_frequency);
  const std::complex<double> z(
      -loss, -2.0 * std::numbers::pi * f * wave.index_mismatch * wave.length / speed_of_light);
  // (e^z − 1)/z loses its digits near zero.
  return std::abs(z) < 1e-4 ? 1.0 + 0.5 * z + z * z / 6.0 : (std::exp(z) - 1.0) / z;
}

}  // namespace waverack::parts
