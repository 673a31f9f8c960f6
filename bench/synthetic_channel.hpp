#pragma once
// A channel as a Touchstone file, made up for the benchmarks.

#include <fmt/format.h>

#include <cmath>
#include <complex>
#include <numbers>
#include <string>

namespace waverack {

// Two uncoupled lines, 1 to 2 and 3 to 4, of skin effect alone: 8 dB at 26.5625 GHz and 1 ns of delay, with
// reflections of −26 dB. 10 MHz to 60 GHz in steps of 10 MHz, 2.4 MB.
inline std::string synthetic_four_port() {
  std::string text = "# Hz S RI R 50\n";
  for (int i = 1; i <= 6000; ++i) {
    const double f = 10e6 * i, loss = 8.0 / (20.0 * std::log10(std::numbers::e)) * std::sqrt(f / 26.5625e9);
    const std::complex<double> through =
        std::exp(std::complex<double>(-loss, -loss - 2.0 * std::numbers::pi * f * 1e-9));
    const std::complex<double> back = 0.05 * (1.0 - through * through);
    fmt::format_to(std::back_inserter(text), "{:.0f}", f);
    for (int row = 0; row < 4; ++row) {
      for (int column = 0; column < 4; ++column) {
        const std::complex<double> s = row == column ? back : row / 2 == column / 2 ? through : 0.0;
        fmt::format_to(std::back_inserter(text), " {:.8f} {:.8f}", s.real(), s.imag());
      }
      text += '\n';
    }
  }
  return text;
}

}  // namespace waverack
