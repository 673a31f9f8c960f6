#include "waverack/link/products.hpp"

#include <cmath>
#include <complex>
#include <cstdlib>
#include <limits>

namespace waverack::link {
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

double mean_of(std::span<const float> values) {
  double sum = 0.0;
  for (const float value : values) sum += value;
  return sum / static_cast<double>(values.size());
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

  std::vector<double> autocorrelation =
      grid.autocorrelation(sps / solved.shape.samples_per_symbol, static_cast<int>(taps.size()));
  autocorrelation[0] += quantisation;
  const double behind_mean = variance_behind(taps, autocorrelation);
  std::vector<float> ratio = dsp::noise_variance(*solved.volterra, autocorrelation, waveform, sps, phase);
  for (float& r : ratio) r = behind_mean > 0.0 ? static_cast<float>(r / behind_mean) : 1.0f;

  ProductNoise result;
  result.mean_light = mean_of(light);
  // The slow part of the noise goes with the light, which has the slopes of each symbol already.
  for (std::size_t k = 0; k < light.size(); ++k) light[k] /= std::sqrt(ratio[k]);
  result.variance = noise.variance(phase, light);
  double tap_power = 0.0;
  for (const double tap : taps) tap_power += tap * tap;
  const auto rounding = static_cast<float>(tap_power * quantisation);
  for (std::size_t k = 0; k < ratio.size(); ++k)
    result.variance[k] = (result.variance[k] + rounding) * ratio[k];
  return result;
}

}  // namespace waverack::link
