#pragma once
// What a law without memory does to the pulses of a coherent transmitter.

#include <complex>
#include <functional>
#include <optional>
#include <vector>

#include "waverack/coherent/format.hpp"
#include "waverack/signal/response.hpp"

namespace waverack::link {

// One branch of 4096 random symbols as root-raised-cosine pulses, at four samples a symbol. The record is
// periodic, so that without a law the matched filter gives the symbols back exactly.
class PulseProbe {
 public:
  // Symbols of a format; without one normal values, as a branch has them behind fibre, whose dispersion and
  // rotations mix symbols of both polarisations. `symbol_rate` > 0 [Bd].
  PulseProbe(std::optional<coherent::Format> format, double roll_off, double symbol_rate);

  // Power of the error over that of the signal behind `law`, the matched filter and an equaliser that undoes
  // `before`, with the best scalar: what is outside of the band does not count. `before` shapes the pulses in
  // front of the law (pre-emphasis, low-passes; of its size only the shape counts; nowhere 0 in the band),
  // where the branch voltage has `rms`; none: nothing does. Within 2 % (one standard deviation) of what
  // endless symbols would give; of rare clipping 10 %. Cost: 3 ms.
  double distortion(const std::function<double(double)>& law, double rms,
                    const signal::Response& before = {}) const;

  // Mean square of what the law gives, outside of the band too. Cost: 1 ms.
  double mean_square(const std::function<double(double)>& law, double rms,
                     const signal::Response& before = {}) const;

 private:
  // The branch voltage in front of the law, and `before` on the grid of its spectrum, 1 outside of the band.
  std::vector<std::complex<double>> voltage(double rms, const signal::Response& before,
                                            std::vector<std::complex<double>>& shaping) const;

  double symbol_rate_;
  std::vector<double> symbols_;                 // of unit mean square
  std::vector<std::complex<double>> spectrum_;  // of the samples
  std::vector<double> matched_;                 // of each bin of it
};

}  // namespace waverack::link
