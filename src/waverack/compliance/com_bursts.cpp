#include "waverack/compliance/com_bursts.hpp"

namespace waverack::compliance {

ComBursts com_bursts(int levels, double signal, const ComNoiseDensity& noise,
                     std::span<const double> feedback) {
  // Outer levels have a neighbour on one side only.
  const double sides = 2.0 * (levels - 1) / levels;
  const auto error_ratio = [&](const signal::Density& bounded) {
    return sides * signal::lower_tail(bounded, -signal, noise.gaussian);
  };
  ComBursts bursts;
  bursts.probability.push_back(error_ratio(noise.bounded));
  signal::Density bounded = noise.bounded;
  for (const double tap : feedback) {
    bounded = signal::convolve_pam(bounded, 2.0 * signal * tap, 2);
    bursts.propagation.push_back(error_ratio(bounded));
    bursts.probability.push_back(bursts.probability.back() * bursts.propagation.back());
  }
  return bursts;
}

}  // namespace waverack::compliance
