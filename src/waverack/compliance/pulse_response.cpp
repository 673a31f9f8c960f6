#include "waverack/compliance/pulse_response.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/signal/fft.hpp"

namespace waverack::compliance {
namespace {

constexpr double settled = 1e-4;   // of the pulse's peak
constexpr std::size_t margin = 4;  // symbols
constexpr double most_pulse_samples = 1 << 20;

}  // namespace

PulseResponse pulse_response(const network::Channel& channel, double frequency_step, double symbol_rate,
                             int samples_per_symbol, double transition_time) {
  if (!(symbol_rate > 0.0) || !(frequency_step > 0.0) || samples_per_symbol < 4)
    throw Error("a pulse response needs a symbol rate, a frequency step and at least 4 samples per symbol");
  const double dt = 1.0 / (symbol_rate * samples_per_symbol);
  if (transition_time < 2.0 * dt) throw Error("the transition is shorter than two samples");
  const auto symbol = static_cast<std::size_t>(samples_per_symbol);
  const double wanted =
      std::clamp(1.0 / (frequency_step * dt), 64.0 * samples_per_symbol, most_pulse_samples);
  const std::size_t size = std::bit_ceil(static_cast<std::size_t>(wanted));
  const double df = 1.0 / (static_cast<double>(size) * dt);
  const signal::Response edge = signal::gaussian_edge(transition_time);
  std::vector<std::complex<double>> h(size);
  for (std::size_t k = 0; 2 * k <= size; ++k) {
    const double f = df * static_cast<double>(k);
    h[k] = edge(f);
    if (std::norm(h[k]) > 1e-40) h[k] *= channel.response(f);
    if (k > 0 && 2 * k < size) h[size - k] = std::conj(h[k]);
  }
  signal::fft(h, true);

  // The record begins a few symbols before the front, which is at its sample 0.
  const std::size_t lead = margin * symbol;
  PulseResponse result;
  result.step = dt;
  result.start = channel.latency - static_cast<double>(lead) * dt;
  double sum = 0.0;
  for (std::size_t n = 0; n < size; ++n) {
    const double impulse = h[(n + size - lead) % size].real() * df;
    // The value of the step between the samples is that of the trapezium rule.
    sum += 0.5 * dt * (impulse + (n > 0 ? result.impulse.back() : 0.0));
    result.impulse.push_back(impulse);
    result.step_response.push_back(sum);
    result.pulse.push_back(sum - (n >= symbol ? result.step_response[n - symbol] : 0.0));
  }
  const auto size_of = [](double a, double b) { return std::abs(a) < std::abs(b); };
  const double peak = std::abs(*std::max_element(result.pulse.begin(), result.pulse.end(), size_of));
  std::size_t end = size;
  while (end > lead && std::abs(result.pulse[end - 1]) < settled * peak) --end;
  end = std::min(end + margin * symbol, size);
  for (std::vector<double>* record : {&result.impulse, &result.step_response, &result.pulse})
    record->resize(end);
  return result;
}

}  // namespace waverack::compliance
