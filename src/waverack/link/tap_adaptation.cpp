#include "waverack/link/tap_adaptation.hpp"

#include <algorithm>
#include <cmath>

namespace waverack::link {
namespace {

double mean_square(std::span<const float> values) {
  double sum = 0.0;
  for (const float v : values) sum += static_cast<double>(v) * v;
  return sum / static_cast<double>(values.size());
}

}  // namespace

std::optional<TapAdaptation> tap_adaptation(const parts::Receiver& receiver, const dsp::EqualiserShape& shape,
                                            std::span<const float> waveform, std::span<const float> target,
                                            int sps, int phase, double noise) {
  if (receiver.adaptation_step <= 0.0) return std::nullopt;
  const long length = static_cast<long>(waveform.size()), spacing = sps / shape.samples_per_symbol;
  double sum = 0.0, squares = 0.0, count = 0.0;
  for (long n = ((phase % spacing) + spacing) % spacing; n < length; n += spacing) {
    const double x = waveform[static_cast<std::size_t>(n)];
    sum += x;
    squares += x * x;
    count += 1.0;
  }
  TapAdaptation result;
  const double mean = sum / count, power = squares / count - mean * mean + noise;
  result.rule.mean = mean;
  result.rule.rms = std::sqrt(power);
  result.noise_power = noise / power;
  result.input_power = tap_count(shape) + 1.0 + shape.feedback * mean_square(target);
  result.rule.step = receiver.adaptation_step / result.input_power;
  // μ·tr(R)/(2 − μ·tr(R)): A. H. Sayed, Fundamentals of Adaptive Filtering (2003), section 6.5.
  result.misadjustment = receiver.adaptation_step / (2.0 - receiver.adaptation_step);
  return result;
}

std::vector<float> wandering_variance(const TapAdaptation& adaptation, const dsp::EqualiserShape& shape,
                                      std::span<const float> waveform, std::span<const float> target, int sps,
                                      int phase, double mean_square_error) {
  // The power under the taps is what an equaliser of ones makes of the squares.
  std::vector<float> squares(waveform.size()), levels(target.begin(), target.end());
  const dsp::LmsRule& rule = adaptation.rule;
  std::transform(waveform.begin(), waveform.end(), squares.begin(), [&](float x) {
    const double u = (x - rule.mean) / rule.rms;
    return static_cast<float>(u * u);
  });
  for (float& level : levels) level *= level;
  dsp::Equaliser ones;
  ones.forward.assign(static_cast<std::size_t>(tap_count(shape)), 1.0);
  ones.feedback.assign(static_cast<std::size_t>(shape.feedback), -1.0);
  ones.bias = 1.0 + adaptation.noise_power * tap_count(shape);
  std::vector<float> variance = dsp::equalise(ones, shape, squares, levels, sps, phase);
  const auto scale =
      static_cast<float>(adaptation.misadjustment * mean_square_error / adaptation.input_power);
  for (float& v : variance) v *= scale;
  return variance;
}

}  // namespace waverack::link
