#include "waverack/signal/waveform.hpp"

namespace waverack::signal {

Waveform power_of(const FieldWaveform& field) {
  Waveform power{std::vector<float>(field.samples.size()), field.sample_rate, field.samples_per_symbol};
  for (std::size_t i = 0; i < power.samples.size(); ++i) power.samples[i] = std::norm(field.samples[i]);
  return power;
}

}  // namespace waverack::signal
