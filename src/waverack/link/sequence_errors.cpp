#include "waverack/link/sequence_errors.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/dsp/error_events.hpp"

namespace waverack::link {
namespace {

// Of a long pattern as many pieces of as many symbols, from all over it: a pattern may have its hardest part
// in one place.
constexpr std::size_t piece = 64, most_symbols = piece * piece;

std::vector<std::size_t> chosen(std::size_t count) {
  std::vector<std::size_t> places;
  if (count <= most_symbols) {
    for (std::size_t k = 0; k < count; ++k) places.push_back(k);
    return places;
  }
  for (std::size_t i = 0; i < piece; ++i)
    for (std::size_t k = 0; k < piece; ++k) places.push_back(i * count / piece + k);
  return places;
}

}  // namespace

SequenceErrors sequence_errors(const SequenceSamples& samples, double noise_scale) {
  const std::vector<std::size_t> places = chosen(samples.symbols.size());
  std::vector<std::uint8_t> symbols;
  std::vector<float> residual, rms;
  double mean = 0.0;
  for (const std::size_t k : places) {
    const double variance = noise_scale * noise_scale * samples.variance[k] + samples.fixed[k];
    mean += variance / static_cast<double>(places.size());
    symbols.push_back(samples.symbols[k]);
    residual.push_back(samples.residual[k]);
    rms.push_back(static_cast<float>(std::sqrt(variance)));
  }
  std::vector<double> noise = samples.noise_autocorrelation;
  const double scale = mean / noise.front();
  for (double& value : noise) value *= scale;
  const dsp::ErrorEvents events = dsp::error_events(samples.postcursors, samples.levels, noise);
  const dsp::PatternAtDetector pattern{symbols, residual, rms};
  const dsp::SequenceErrorRatio ratio = dsp::union_bound(events, samples.levels, pattern, noise);
  return {std::min(ratio.bit, 0.5), std::min(ratio.precoded_bit, 0.5),
          ratio.event > 0.0 ? ratio.symbol / ratio.event : 1.0};
}

}  // namespace waverack::link
