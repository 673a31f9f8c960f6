#pragma once
// Lines of equal spans as the fact sheets of coherent optics use them.

#include <cmath>

#include "waverack/coherent/line.hpp"

namespace waverack::coherent {

inline double from_db(double db) { return std::pow(10.0, 0.1 * db); }
inline double in_db(double ratio) { return 10.0 * std::log10(ratio); }

// 80 km spans of 0.2 dB/km, 17 ps/(nm km), 1.3 /(W km), each with an ideal amplifier behind it; one channel
// of 59.84375 GBd at 193.414 THz with 3 dBm and a roll-off of 0.05: the case of the reference values for
// nonlinear interference.
inline Line equal_spans(int count) {
  Line line;
  FibreSpan span;
  const double wavelength = 299792458.0 / 193.414e12;
  span.attenuation = 0.2e-3 * std::log(10.0) / 10.0;
  span.beta2 = -17e-6 * wavelength * wavelength / (2.0 * M_PI * 299792458.0);
  for (int i = 0; i < count; ++i) {
    line.elements.push_back({"span", span});
    line.elements.push_back(
        {"amplifier", LineAmplifier{.gain = std::exp(span.attenuation * span.length), .noise_figure = 1.0}});
  }
  line.channel.power = from_db(3.0) * 1e-3;
  line.channel.roll_off = 0.05;
  return line;
}

}  // namespace waverack::coherent
