#include "waverack/compliance/effective_return_loss.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "waverack/base/units.hpp"
#include "waverack/network/uniform_spectrum.hpp"
#include "waverack/signal/chirp_transform.hpp"
#include "waverack/signal/density.hpp"
#include "waverack/signal/response.hpp"
#include "waverack/signal/sinc.hpp"

namespace waverack::compliance {
namespace {

using Complex = std::complex<double>;
using std::numbers::pi;

// The grid of the sum of samples over their rms. A sample below one step is part of a Gaussian.
constexpr double sum_grid = 1.0 / 4000.0;
// Mass cut off the ends of a density over the error ratio looked for.
constexpr double cut = 1e-6;
// A spectrum that ends below this share of its largest value needs no continuation.
constexpr double negligible_end = 1e-6;

void check(const network::Network& network, const ReflectedSignal& signal,
           const EffectiveReturnLossSettings& settings) {
  if (network.ports != 2)
    network::refuse_network(network, fmt::format("{} ports", network.ports), "a two-port");
  if (!(signal.symbol_rate > 0.0) || signal.levels < 2 || signal.samples_per_symbol < 1 ||
      !(signal.error_ratio > 0.0 && signal.error_ratio < 0.5))
    network::refuse_network(
        network, "the signal is out of range",
        "a symbol rate above 0, 2 levels or more, 1 sample per symbol or more, an error ratio below 0.5");
  if (settings.fixture_delay.size() != 2)
    network::refuse_network(network, "a fixture delay is needed for each port", "two numbers");
  if (network.frequencies.empty() || network.frequencies.back() < 0.5 * signal.symbol_rate)
    network::refuse_network(network, "the data end below half of the symbol rate",
                            "data to " + format_engineering(0.5 * signal.symbol_rate, "Hz") + " and beyond");
}

// Both ports terminated with `termination` instead of the file's reference: with Γ = (Z − R)/(Z + R) at both,
// S' = (S − Γ)(1 − ΓS)⁻¹ (Kurokawa, for equal real references).
network::Network terminated(const network::Network& network, double termination) {
  const double reference = network.reference_resistance,
               g = (termination - reference) / (termination + reference);
  network::Network result = network;
  result.reference_resistance = termination;
  for (std::size_t k = 0; k < network.points(); ++k) {
    const Complex a = network.at(k, 1, 1), b = network.at(k, 1, 2), c = network.at(k, 2, 1),
                  d = network.at(k, 2, 2);
    const Complex determinant = (1.0 - g * a) * (1.0 - g * d) - g * g * b * c;
    result.at(k, 1, 1) = ((a - g) * (1.0 - g * d) + g * b * c) / determinant;
    result.at(k, 2, 2) = ((d - g) * (1.0 - g * a) + g * b * c) / determinant;
    result.at(k, 1, 2) = b * (1.0 - g * g) / determinant;
    result.at(k, 2, 1) = c * (1.0 - g * g) / determinant;
  }
  return result;
}

// The spectrum behind the filters, continued above the data to half of the sample rate.
std::vector<Complex> filtered(const network::UniformSpectrum& reflection, const ReflectedSignal& signal,
                              const EffectiveReturnLossSettings& settings) {
  const double receiver = settings.receiver_bandwidth_ratio * signal.symbol_rate;
  const signal::Response edge = signal::gaussian_edge(settings.transition_time);
  const signal::Response filter = signal::butterworth(4, receiver);
  std::vector<Complex> h = reflection.values;
  double largest = 0.0;
  for (std::size_t k = 0; k < h.size(); ++k) {
    const double f = reflection.step * static_cast<double>(k);
    h[k] *= edge(f);
    if (settings.receiver_filter) h[k] *= filter(f);
    if (settings.window && f > receiver)
      h[k] *= f < signal.symbol_rate
                  ? 0.5 * (1.0 + std::cos(pi * (f - receiver) / (signal.symbol_rate - receiver)))
                  : 0.0;
    largest = std::max(largest, std::abs(h[k]));
  }
  const Complex last = h.back();
  if (std::abs(last) <= negligible_end * largest) return h;
  const double turn = std::arg(last * std::conj(h[h.size() - 2]));
  const double half_rate = 0.5 * signal.symbol_rate * signal.samples_per_symbol;
  for (std::size_t k = h.size(), m = 1; static_cast<double>(k) * reflection.step < half_rate; ++k, ++m)
    h.push_back(last * std::polar(1.0, turn * static_cast<double>(m)));
  return h;
}

// Two real signals from their spectra at 0, step, …: Σ over both signs of the frequency at the times (n −
// ½)·dt, each line times the spectrum of a rectangle of one symbol.
std::array<std::vector<double>, 2> pulses(const std::array<std::vector<Complex>, 2>& spectra, double step,
                                          const ReflectedSignal& signal, std::size_t count) {
  const double dt = 1.0 / (signal.symbol_rate * signal.samples_per_symbol);
  const std::size_t lines = std::max(spectra[0].size(), spectra[1].size());
  std::vector<Complex> both(2 * lines - 1);
  for (std::size_t k = 0; k < lines; ++k) {
    const double f = step * static_cast<double>(k), x = pi * f / signal.symbol_rate;
    const Complex pulse = signal::sinc(x) * step / signal.symbol_rate * std::polar(1.0, -x - pi * f * dt);
    const auto line = [&](const std::vector<Complex>& h) {
      return k < h.size() ? h[k] * pulse : Complex(0.0);
    };
    const Complex a = line(spectra[0]), b = line(spectra[1]), j(0.0, 1.0);
    both[lines - 1 + k] = a + j * b;
    both[lines - 1 - k] = std::conj(a) + j * std::conj(b);
  }
  const double turns = step * dt, first = -turns * static_cast<double>(lines - 1);
  std::vector<Complex> sum = signal::chirp_transform(both, turns, count);
  std::array<std::vector<double>, 2> result;
  for (std::size_t n = 0; n < count; ++n) {
    const Complex value = sum[n] * std::polar(1.0, 2.0 * pi * std::fmod(first * static_cast<double>(n), 1.0));
    result[0].push_back(value.real());
    result[1].push_back(value.imag());
  }
  return result;
}

// What Σ samples·level exceeds with probability `error_ratio`.
double exceeded_amplitude(std::vector<double> samples, int levels, double error_ratio) {
  double power = 0.0;
  for (const double s : samples) power += s * s;
  if (power == 0.0) return 0.0;
  std::sort(samples.begin(), samples.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
  const double rms = std::sqrt(power), level_power = (levels + 1.0) / (3.0 * (levels - 1.0));
  double rest = 0.0;
  signal::Density density = signal::delta(0.0, sum_grid * rms);
  for (const double s : samples) {
    if (std::abs(s) < sum_grid * rms)
      rest += s * s * level_power;
    else
      density = signal::trimmed(signal::convolve_pam(density, s, levels), cut * error_ratio);
  }
  return signal::upper_quantile(density, error_ratio, std::sqrt(rest));
}

void read(ReflectedPulse& pulse, const ReflectedSignal& signal) {
  const auto phases = static_cast<std::size_t>(signal.samples_per_symbol);
  double largest = -1.0;
  for (std::size_t phase = 0; phase < phases; ++phase) {
    double power = 0.0;
    for (std::size_t n = phase; n < pulse.value.size(); n += phases) power += pulse.value[n] * pulse.value[n];
    if (power > largest) largest = power, pulse.phase = static_cast<int>(phase);
  }
  std::vector<double> samples;
  for (auto n = static_cast<std::size_t>(pulse.phase); n < pulse.value.size(); n += phases)
    samples.push_back(pulse.value[n]);
  pulse.erl_db =
      -20.0 * std::log10(std::max(exceeded_amplitude(samples, signal.levels, signal.error_ratio), 1e-15));
}

}  // namespace

double reflection_gate(double x, int equalised, double incident_share, double loss) {
  const double end = equalised + 1.0;
  if (x < 0.0) return 0.0;
  if (x > end) return 1.0;
  const double from_end = (x - end) / end;
  const double gain = equalised > 0 ? std::exp(0.5 * loss * (x - end)) : 1.0;
  return incident_share * (1.0 + incident_share) * std::exp(-from_end * from_end) * gain;
}

EffectiveReturnLoss effective_return_loss(const network::Network& two_port, const ReflectedSignal& signal,
                                          const EffectiveReturnLossSettings& settings) {
  check(two_port, signal, settings);
  const bool as_given = settings.termination == 0.0 || settings.termination == two_port.reference_resistance;
  const network::Network network = as_given ? two_port : terminated(two_port, settings.termination);
  EffectiveReturnLoss result;
  std::array<std::vector<Complex>, 2> spectra;
  double step = 0.0;
  for (const int port : {1, 2}) {
    const network::UniformSpectrum reflection = network::uniform_spectrum(network, port, port);
    step = reflection.step;
    if (port == 1) result.remarks = reflection.remarks;
    spectra[static_cast<std::size_t>(port - 1)] = filtered(reflection, signal, settings);
  }
  int length = settings.length;
  if (length > signal.symbol_rate / step) {
    length = static_cast<int>(signal.symbol_rate / step);
    result.remarks.push_back(
        fmt::format("the frequency step of {} shows {} symbols of the reflected pulse, not {}",
                    format_engineering(step, "Hz"), length, settings.length));
  }
  if (network.frequencies.back() < signal.symbol_rate)
    result.remarks.push_back("the data end at " + format_engineering(network.frequencies.back(), "Hz") +
                             ", below the symbol rate: the filtered reflection is continued");
  const auto count = static_cast<std::size_t>(length) * static_cast<std::size_t>(signal.samples_per_symbol);
  std::array<std::vector<double>, 2> values = pulses(spectra, step, signal, count);
  for (std::size_t port = 0; port < 2; ++port) {
    ReflectedPulse& pulse = result.ports[port];
    pulse.value = std::move(values[port]);
    for (std::size_t n = 0; n < count; ++n) {
      const double x = static_cast<double>(n) / signal.samples_per_symbol -
                       settings.fixture_delay[port] * signal.symbol_rate;
      pulse.value[n] *= reflection_gate(x, settings.equalised, settings.incident_share,
                                        settings.loss_rate / signal.symbol_rate);
    }
    read(pulse, signal);
  }
  result.erl_db = settings.second_port_only ? result.ports[1].erl_db
                                            : std::min(result.ports[0].erl_db, result.ports[1].erl_db);
  return result;
}

}  // namespace waverack::compliance
