#include "waverack/link/interleaving.hpp"

#include <algorithm>

#include "waverack/link/clock_loop.hpp"
#include "waverack/signal/slope.hpp"

namespace waverack::link {
namespace {

// Adds scale·Σ_c (Σ_{i of c} w_i·x_i)² to each symbol's variance: every class of taps moves on its own.
void add_classes(double scale, int converters, const dsp::Equaliser& equaliser,
                 const dsp::EqualiserShape& shape, std::span<const float> x, int samples_per_symbol,
                 int phase, std::vector<float>& variance) {
  const std::vector<float> nothing(variance.size(), 0.0f);  // no decisions are fed back
  for (int c = 0; c < std::min<int>(converters, static_cast<int>(equaliser.forward.size())); ++c) {
    dsp::Equaliser part;
    part.forward.assign(equaliser.forward.size(), 0.0);
    for (std::size_t i = static_cast<std::size_t>(c); i < part.forward.size();
         i += static_cast<std::size_t>(converters))
      part.forward[i] = equaliser.forward[i];
    const std::vector<float> sum = dsp::equalise(part, shape, x, nothing, samples_per_symbol, phase);
    for (std::size_t k = 0; k < sum.size(); ++k) variance[k] += static_cast<float>(scale) * sum[k] * sum[k];
  }
}

}  // namespace

bool has_mismatch(const parts::Receiver& receiver) {
  return receiver.adc_enob > 0.0 && receiver.adc_interleaving > 1 &&
         (receiver.adc_gain_mismatch > 0.0 || receiver.adc_offset_mismatch > 0.0 || receiver.adc_skew > 0.0);
}

Interleaving interleaving_of(const parts::Receiver& receiver, const parts::Conditions& conditions,
                             const Converter& converter, const Without& without) {
  if (!has_mismatch(receiver) || without.interleaving) return {};
  return {receiver.adc_interleaving, receiver.adc_gain_mismatch,
          receiver.adc_offset_mismatch * converter.full_scale, receiver.adc_skew * conditions.symbol_rate};
}

double mismatch_at_sampler(const Interleaving& interleaving, std::span<const float> waveform,
                           int samples_per_symbol) {
  if (!interleaving.differs()) return 0.0;
  const std::vector<float> slope = signal::slope_per_symbol(waveform, samples_per_symbol);
  double level = 0.0, change = 0.0;
  for (std::size_t i = 0; i < slope.size(); ++i) {
    level += static_cast<double>(waveform[i]) * waveform[i];
    change += static_cast<double>(slope[i]) * slope[i];
  }
  const auto count = static_cast<double>(slope.size());
  return interleaving.offset * interleaving.offset + interleaving.gain * interleaving.gain * level / count +
         interleaving.skew * interleaving.skew * change / count;
}

std::vector<float> mismatch_at_decision(const Interleaving& interleaving, const dsp::Equaliser& equaliser,
                                        const dsp::EqualiserShape& shape, std::span<const float> waveform,
                                        int samples_per_symbol, int phase) {
  double offset = 0.0;
  const auto taps = equaliser.forward.size(), step = static_cast<std::size_t>(interleaving.converters);
  for (std::size_t c = 0; c < std::min(taps, step); ++c) {
    double sum = 0.0;
    for (std::size_t i = c; i < taps; i += step) sum += equaliser.forward[i];
    offset += sum * sum;
  }
  std::vector<float> variance(waveform.size() / static_cast<std::size_t>(samples_per_symbol),
                              static_cast<float>(interleaving.offset * interleaving.offset * offset));
  if (interleaving.gain > 0.0)
    add_classes(interleaving.gain * interleaving.gain, interleaving.converters, equaliser, shape, waveform,
                samples_per_symbol, phase, variance);
  if (interleaving.skew > 0.0)
    add_classes(interleaving.skew * interleaving.skew, interleaving.converters, equaliser, shape,
                signal::slope_per_symbol(waveform, samples_per_symbol), samples_per_symbol, phase, variance);
  return variance;
}

ConverterBank::ConverterBank(const Interleaving& interleaving, double constant)
    : interleaving_(interleaving), constant_(constant) {
  for (std::vector<float>* values : {&gain_, &offset_, &skew_})
    values->resize(static_cast<std::size_t>(interleaving.converters) * records);
}

void ConverterBank::draw(const Stream& name) {
  std::uint64_t first = 0;
  const auto fill = [&](double rms, std::vector<float>& values) {
    fill_normal(name, std::span<float>(values), first);
    first += values.size();
    for (float& value : values) value *= static_cast<float>(rms);
  };
  fill(interleaving_.gain, gain_);
  fill(interleaving_.offset, offset_);
  fill(interleaving_.skew, skew_);
  // The constant that the rows lack passes through the converter, too.
  for (std::size_t i = 0; i < offset_.size(); ++i) offset_[i] += gain_[i] * static_cast<float>(constant_);
}

void ConverterBank::convert(int rows, const float* slope, float* samples) const {
  for (int n = 0; n < rows; ++n) {
    const std::size_t at = static_cast<std::size_t>(n) * records;
    const std::size_t converter = static_cast<std::size_t>(n % interleaving_.converters) * records;
    for (std::size_t r = 0; r < records; ++r)
      samples[at + r] += gain_[converter + r] * samples[at + r] + offset_[converter + r];
    if (interleaving_.skew > 0.0)
      for (std::size_t r = 0; r < records; ++r) samples[at + r] += skew_[converter + r] * slope[at + r];
  }
}

}  // namespace waverack::link
