#include "waverack/link/crosstalk.hpp"

#include <cmath>
#include <numbers>

#include "waverack/signal/sinc.hpp"

namespace waverack::link {
namespace {

using Complex = std::complex<double>;
using std::numbers::pi;

double mean_of_doubles(std::span<const double> values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

}  // namespace

Complex held_symbol(const parts::HostTransmitter& transmitter, double f, double interval) {
  const double x = pi * f * interval;
  const double hold = signal::sinc(x);
  Complex fir = 0.0;
  for (std::size_t i = 0; i < transmitter.taps.size(); ++i)
    fir += transmitter.taps[i] * std::polar(1.0, -2.0 * x * (static_cast<double>(i) - transmitter.main_tap));
  return interval * hold * fir * std::polar(1.0, -x);
}

CrosstalkGrid::CrosstalkGrid(const Segment& segment, const parts::Conditions& conditions,
                             const NoiseGrid& grid, const Without& without, SharedWork* shared)
    : symbol_rate_(conditions.symbol_rate),
      bin_width_(grid.bin_width()),
      samples_per_symbol_(
          static_cast<int>(std::lround(grid.bin_width() * grid.length() / conditions.symbol_rate))) {
  for (const Crosstalk& crosstalk : segment.crosstalk) {
    if (without.crosstalk.contains(crosstalk.path)) continue;
    Source source;
    source.crosstalk = &crosstalk;
    source.levels = level_voltages(crosstalk.transmitter, conditions.levels);
    const double mean = mean_of_doubles(source.levels);
    for (double& level : source.levels) {
      level -= mean;
      source.power += level * level / conditions.levels;
    }
    const auto sampled = [&] {
      std::vector<Complex> h(static_cast<std::size_t>(grid.length() / 2 + 1));
      for (std::size_t i = 0; i < h.size(); ++i) {
        const double f = static_cast<double>(i) * bin_width_;
        h[i] = held_symbol(crosstalk.transmitter, f, 1.0 / symbol_rate_) * crosstalk.response(f);
      }
      return h;
    };
    source.spectrum = shared ? *shared->responses.get(crosstalk.path, sampled) : sampled();
    const std::vector<Complex> rest = grid.response_from(crosstalk.element);
    for (std::size_t i = 0; i < rest.size(); ++i) source.spectrum[i] *= rest[i];
    sources_.push_back(std::move(source));
  }
}

void CrosstalkGrid::add_to(std::vector<double>& autocorrelation, int step) const {
  for (const Source& source : sources_) {
    std::vector<Complex> density(source.spectrum.size());
    for (std::size_t i = 0; i < density.size(); ++i)
      density[i] = source.power * symbol_rate_ * std::norm(source.spectrum[i]);
    const std::vector<double> time = impulse(density, bin_width_);
    for (std::size_t lag = 0; lag < autocorrelation.size(); ++lag)
      autocorrelation[lag] += time[lag * static_cast<std::size_t>(step) % time.size()];
  }
}

std::vector<CoupledAggressor> CrosstalkGrid::at_decision(std::span<const Complex> equaliser) const {
  const auto phases = static_cast<std::size_t>(samples_per_symbol_);
  std::vector<CoupledAggressor> result;
  for (const Source& source : sources_) {
    std::vector<Complex> spectrum(source.spectrum.size());
    for (std::size_t i = 0; i < spectrum.size(); ++i) spectrum[i] = source.spectrum[i] * equaliser[i];
    const std::vector<double> pulse = impulse(spectrum, bin_width_);
    CoupledAggressor coupled;
    coupled.symbols.levels = source.levels;
    coupled.symbols.cursors.resize(phases);
    double energy = 0.0;
    for (std::size_t i = 0; i < pulse.size(); ++i) {
      coupled.symbols.cursors[i % phases].push_back(pulse[i]);
      energy += pulse[i] * pulse[i];
    }
    coupled.share = {source.crosstalk->path, "Crosstalk from " + source.crosstalk->name,
                     source.power * energy / samples_per_symbol_};
    result.push_back(std::move(coupled));
  }
  return result;
}

}  // namespace waverack::link
