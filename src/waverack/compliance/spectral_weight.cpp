#include "waverack/compliance/spectral_weight.hpp"

#include <cmath>
#include <numbers>

#include "waverack/signal/sinc.hpp"

namespace waverack::compliance {

double spectral_weight(double f, double symbol_rate, double transmitter_bandwidth,
                       double receiver_bandwidth) {
  const double x = std::numbers::pi * f / symbol_rate;
  const double sinc = signal::sinc(x);
  return sinc * sinc / (1.0 + std::pow(f / transmitter_bandwidth, 4)) /
         (1.0 + std::pow(f / receiver_bandwidth, 8));
}

double transmitter_bandwidth(double transition_time) { return 0.2365 / transition_time; }

}  // namespace waverack::compliance
