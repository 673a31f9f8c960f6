#include "waverack/link/timing.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace waverack::link {

Timing timing_of(const Segment& segment, const parts::Conditions& conditions, const Without& without) {
  const parts::Jitter transmit = jitter(segment.transmitter, conditions),
                      receive = jitter(segment.receiver, conditions);
  Timing timing;
  if (!without.random_jitter)
    timing.random_rms_ui = std::hypot(transmit.random_rms, receive.random_rms) * conditions.symbol_rate;
  if (!without.dual_dirac_jitter)
    timing.dual_dirac_ui = (transmit.dual_dirac_peak + receive.dual_dirac_peak) * conditions.symbol_rate;
  return timing;
}

std::vector<Displacement> displacements(double dual_dirac, double sinusoid) {
  constexpr int points = 16;
  std::vector<Displacement> list;
  if (dual_dirac > 0.0) list = {{-dual_dirac, 0.5}, {dual_dirac, 0.5}};
  if (sinusoid <= 0.0) return list;
  if (list.empty()) list = {{0.0, 1.0}};
  std::vector<Displacement> both;
  for (const Displacement& dirac : list)
    for (int i = 0; i < points; ++i)
      both.push_back({dirac.time + sinusoid * std::cos(std::numbers::pi * (i + 0.5) / points),
                      dirac.probability / points});
  return both;
}

double mean_square(std::span<const Displacement> displacements) {
  double sum = 0.0;
  for (const Displacement& point : displacements) sum += point.probability * point.time * point.time;
  return sum;
}

Converter converter_of(const parts::Receiver& receiver, std::span<const float> waveform) {
  if (receiver.adc_enob <= 0.0) return {};
  float peak = 0.0f;
  for (const float v : waveform) peak = std::max(peak, std::abs(v));
  const double full_scale = peak * receiver.adc_backoff;
  return {2.0 * full_scale / std::exp2(receiver.adc_enob) / std::sqrt(12.0), full_scale};
}

}  // namespace waverack::link
