#pragma once
// Sampled waveforms. Every waveform is one period of a periodic signal: the sample after the last is the
// first.

#include <complex>
#include <vector>

namespace waverack::signal {

// A real signal; the unit of the samples (V, A, W) is the caller's. The number of samples is a multiple of
// samples_per_symbol.
struct Waveform {
  std::vector<float> samples;
  double sample_rate = 0.0;  // [Hz]
  int samples_per_symbol = 1;
};

// An optical field, complex envelope [sqrt(W)]; its instantaneous power is |sample|² [W].
struct FieldWaveform {
  std::vector<std::complex<float>> samples;
  double sample_rate = 0.0;  // [Hz]
  int samples_per_symbol = 1;
};

// [Bd]
template <class W>
double symbol_rate(const W& waveform) {
  return waveform.sample_rate / waveform.samples_per_symbol;
}

// Of one period [s].
template <class W>
double duration(const W& waveform) {
  return static_cast<double>(waveform.samples.size()) / waveform.sample_rate;
}

// In one period.
template <class W>
int symbol_count(const W& waveform) {
  return static_cast<int>(waveform.samples.size()) / waveform.samples_per_symbol;
}

// Instantaneous power of a field [W].
Waveform power_of(const FieldWaveform& field);

}  // namespace waverack::signal
