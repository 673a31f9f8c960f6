#pragma once
// A small sheet and channels made up for tests of COM.

#include <cmath>
#include <numbers>

#include "unit/compliance/two_ports.hpp"
#include "waverack/compliance/com_pulses.hpp"

namespace waverack::compliance {

// 25 GBd PAM4 without packages; a transmit grid of three taps and a CTLE of a few settings.
inline ComSheet small_sheet() {
  ComSheet sheet;
  sheet.title = "small";
  sheet.signal.symbol_rate = 25e9;
  sheet.signal.samples_per_symbol = 16;
  sheet.transmitter.rise_time = 12e-12;
  sheet.transmitter.smallest_main_tap = 0.6;
  sheet.transmitter.pre_taps = {{0.0, 0.08, 0.04}, {-0.16, 0.0, 0.04}};
  sheet.transmitter.post_taps = {{-0.12, 0.0, 0.04}};
  sheet.ctle.zero = sheet.ctle.pole_1 = 10e9;
  sheet.ctle.pole_2 = 25e9;
  sheet.ctle.low_pole = 0.3e9;
  sheet.ctle.dc_gain_db = {-6.0, 0.0, 3.0};
  sheet.ctle.dc_gain_low_db = {-1.0, 0.0, 1.0};
  sheet.dfe.upper = {0.5, 0.2};
  sheet.dfe.lower = {-0.1, -0.2};
  sheet.cases = {{"none", {}, {}, {}}};
  sheet.files.largest_step = 20e6;
  return sheet;
}

// Skin effect of `loss_db` at 12.5 GHz with its minimum phase, `delay` [s], times `scale`; an echo of a tenth
// after 150 ps.
inline network::Network lossy_line(double loss_db, double delay, double scale = 1.0) {
  const double a = loss_db / (20.0 * std::log10(std::numbers::e)) / std::sqrt(12.5e9);
  return two_port(0.0, 20e6, 2001, [=](double f) {
    const double x = a * std::sqrt(f);
    const auto echo = 1.0 + 0.1 * std::polar(1.0, -2.0 * std::numbers::pi * f * 150e-12);
    return scale * echo * std::exp(std::complex<double>(-x, -x - 2.0 * std::numbers::pi * f * delay));
  });
}

inline std::vector<ComPath> small_channel(double delay = 0.5e-9) {
  return {{ComPathKind::victim, lossy_line(14.0, delay)},
          {ComPathKind::far_end, lossy_line(6.0, delay, 0.01)},
          {ComPathKind::near_end, lossy_line(2.0, 0.2e-9, 0.005)}};
}

}  // namespace waverack::compliance
