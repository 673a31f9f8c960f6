#include "waverack/compliance/reference_receiver.hpp"

#include <cmath>

#include "waverack/signal/overlap_save.hpp"
#include "waverack/signal/response.hpp"
#include "waverack/signal/special.hpp"

namespace waverack::compliance {

signal::Waveform reference_received(const signal::Waveform& waveform, const TdecqSettings& settings) {
  const auto filter = signal::make_block_filter(
      signal::bessel_thomson(settings.receiver_bandwidth * signal::symbol_rate(waveform)),
      waveform.sample_rate);
  return {signal::filter_cyclic(filter, waveform.samples), waveform.sample_rate, waveform.samples_per_symbol};
}

std::vector<double> noise_autocorrelation(double receiver_bandwidth, int count) {
  // |H|² falls with f⁻⁸: beyond 16 bandwidths lies less than 1e-8 of it.
  constexpr int steps_per_bandwidth = 256, bandwidths = 16;
  const auto response = signal::bessel_thomson(receiver_bandwidth);
  const double step = receiver_bandwidth / steps_per_bandwidth;
  std::vector<double> r(static_cast<std::size_t>(count), 0.0);
  for (int i = 0; i <= steps_per_bandwidth * bandwidths; ++i) {
    const double power = std::norm(response(i * step)) * (i == 0 ? 0.5 : 1.0);
    for (int k = 0; k < count; ++k)
      r[static_cast<std::size_t>(k)] += power * std::cos(2.0 * M_PI * i * step * k);
  }
  for (int k = count - 1; k >= 0; --k) r[static_cast<std::size_t>(k)] /= r[0];
  return r;
}

double noise_enhancement(std::span<const double> taps, std::span<const double> r) {
  double power = 0.0;
  for (std::size_t i = 0; i < taps.size(); ++i)
    for (std::size_t j = 0; j < taps.size(); ++j) power += taps[i] * taps[j] * r[i > j ? i - j : j - i];
  return std::sqrt(power);
}

double target_q(double target_ser) { return signal::inverse_q(target_ser / 1.5); }

}  // namespace waverack::compliance
