#include "waverack/link/products.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdlib>
#include <limits>

namespace waverack::link {

double mean_of(std::span<const float> values) {
  double sum = 0.0;
  for (const float value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

namespace {

// Share of the light by which it is changed to see what follows.
constexpr float small_change = 1.0f / 128.0f;

// Σ_ij w_i·R_{i−j}·w_j
double variance_behind(std::span<const double> taps, std::span<const double> autocorrelation) {
  double sum = 0.0;
  for (std::size_t i = 0; i < taps.size(); ++i) {
    sum += taps[i] * taps[i] * autocorrelation[0];
    for (std::size_t j = 0; j < i; ++j) sum += 2.0 * taps[i] * taps[j] * autocorrelation[i - j];
  }
  return sum;
}

// Rms of the noise at those samples of the pattern that lie whole `step`s from `phase`, over its mean in
// power; slow noise left out.
std::vector<float> strength_at_sampler(const NoiseGrid& grid, std::span<const std::complex<double>> all_pass,
                                       double quantisation, std::size_t symbols, int phase, int step) {
  DecisionNoise noise = grid.at_decision(all_pass);
  for (DecisionNoise::Source& source : noise.sources)
    std::fill(source.by_phase.begin(), source.by_phase.end(), 1.0);
  for (DecisionNoise::Varying& group : noise.varying)
    std::fill(group.by_phase.begin(), group.by_phase.end(), 1.0);
  const long sps = noise.samples_per_symbol, length = static_cast<long>(symbols) * sps;
  const std::vector<float> no_light(symbols, 0.0f);
  std::vector<float> strength(static_cast<std::size_t>(length), 0.0f);
  double mean = 0.0;
  for (long offset = 0; offset < sps; offset += step) {
    const std::vector<float> variance = noise.variance(phase + static_cast<int>(offset), no_light);
    mean += (mean_of(variance) + quantisation) * step / static_cast<double>(sps);
    for (long k = 0; k < static_cast<long>(symbols); ++k)
      strength[static_cast<std::size_t>(((phase + offset + k * sps) % length + length) % length)] =
          variance[static_cast<std::size_t>(k)] + static_cast<float>(quantisation);
  }
  for (float& s : strength) s = std::sqrt(s / static_cast<float>(std::max(mean, 1e-30)));
  return strength;
}

}  // namespace

void adapt_products(SolvedSegment& solved, const dsp::VolterraShape& shape,
                    std::span<const double> noise_autocorrelation, int samples_per_symbol) {
  const int start = solved.phase;
  double least = std::numeric_limits<double>::infinity();
  const auto improves = [&](int phase) {
    if (std::abs(phase - start) > samples_per_symbol / 2) return false;
    const dsp::VolterraSums sums =
        dsp::volterra_sums(solved.propagation.at_sampler, solved.target, samples_per_symbol, phase, shape);
    dsp::VolterraEqualiser found = dsp::adapt_volterra(sums, noise_autocorrelation, shape);
    if (found.mean_square_error >= least) return false;
    least = found.mean_square_error;
    solved.phase = phase;
    solved.equaliser.forward = dsp::mean_slopes(found, sums);
    solved.equaliser.mean_square_error = least;
    solved.volterra = std::move(found);
    return true;
  };
  improves(start);
  for (const int step : {-1, 1})
    while (improves(solved.phase + step)) {
    }
}

std::vector<float> decision_values(const SolvedSegment& solved, int samples_per_symbol, int phase) {
  const std::vector<float>& waveform = solved.propagation.at_sampler;
  if (solved.volterra) return dsp::equalise(*solved.volterra, waveform, samples_per_symbol, phase);
  return dsp::equalise(solved.equaliser, solved.shape, waveform, solved.target, samples_per_symbol, phase);
}

ProductNoise noise_with_products(const SolvedSegment& solved, const NoiseGrid& grid,
                                 const DecisionNoise& noise, double quantisation, int phase) {
  const std::vector<float>& waveform = solved.propagation.at_sampler;
  const std::vector<double>& taps = solved.equaliser.forward;
  const int sps = noise.samples_per_symbol;

  const std::vector<std::complex<double>> all_pass(static_cast<std::size_t>(grid.length() / 2 + 1), 1.0);
  const auto dark = static_cast<float>(grid.dark_value(mean_of(waveform), all_pass));
  const auto with_light = [&](float factor) {
    std::vector<float> changed = waveform;
    for (float& x : changed) x = factor * x + (1.0f - factor) * dark;
    return dsp::equalise(*solved.volterra, changed, sps, phase);
  };
  std::vector<float> light = with_light(1.0f + small_change);
  const std::vector<float> less = with_light(1.0f - small_change);
  for (std::size_t k = 0; k < less.size(); ++k) light[k] = (light[k] - less[k]) / (2.0f * small_change);

  // Noise at the sampler: how it changes from sample to sample, and its mean spectrum.
  const int step = sps / solved.shape.samples_per_symbol;
  const std::vector<float> strength =
      strength_at_sampler(grid, all_pass, quantisation, light.size(), phase, step);
  std::vector<double> autocorrelation = grid.autocorrelation(step, static_cast<int>(taps.size()));
  autocorrelation[0] += quantisation;

  // The mean slopes tell how strong it is at this phase.
  const std::vector<float> no_light(light.size(), 0.0f);
  double tap_power = 0.0;
  for (const double tap : taps) tap_power += tap * tap;
  const double behind_mean = mean_of(noise.variance(phase, no_light)) + tap_power * quantisation;
  const double stated = variance_behind(taps, autocorrelation);

  ProductNoise result;
  result.mean_light = mean_of(light);
  result.variance = dsp::noise_variance(*solved.volterra, autocorrelation, strength, waveform, sps, phase);
  const auto scale = static_cast<float>(stated > 0.0 ? behind_mean / stated : 1.0),
             slow = static_cast<float>(noise.slow_relative);
  for (std::size_t k = 0; k < light.size(); ++k)
    result.variance[k] = scale * result.variance[k] + slow * light[k] * light[k];
  return result;
}

}  // namespace waverack::link
