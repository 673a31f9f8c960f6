#pragma once
// The impulse response of H(f) on a grid, by one plain transform.

#include <cmath>
#include <complex>
#include <vector>

#include "waverack/signal/fft.hpp"
#include "waverack/signal/response.hpp"

namespace waverack::network {

// `size` samples at `sample_rate` [Hz]; times run from −size/2 to size/2 − 1 samples.
class Impulse {
 public:
  Impulse(const signal::Response& response, double sample_rate, std::size_t size = 65536)
      : rate_(sample_rate), h_(size) {
    for (std::size_t i = 0; i < size; ++i) {
      const double bin = static_cast<double>(i) - (i < size / 2 ? 0.0 : static_cast<double>(size));
      h_[i] = response(bin * sample_rate / static_cast<double>(size)) / static_cast<double>(size);
    }
    signal::fft(h_, true);
  }

  // Share of the energy before time `t` [s].
  double energy_before(double t) const {
    double before = 0.0, total = 0.0;
    for_each([&](double time, double value) {
      total += value * value;
      if (time < t) before += value * value;
    });
    return before / total;
  }

  // ∫ h dt up to `t` [s].
  double integral(double t) const {
    double sum = 0.0;
    for_each([&](double time, double value) {
      if (time <= t) sum += value;
    });
    return sum;
  }

 private:
  template <class Visit>
  void for_each(const Visit& visit) const {
    const auto half = static_cast<long>(h_.size() / 2);
    for (long i = -half; i < half; ++i)
      visit(static_cast<double>(i) / rate_, h_[static_cast<std::size_t>(i + (i < 0 ? 2 * half : 0))].real());
  }

  double rate_;
  std::vector<std::complex<double>> h_;
};

}  // namespace waverack::network
