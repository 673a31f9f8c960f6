#pragma once
// Frequency of the carrier against the local oscillator: estimates from coarse to fine, and its removal
// (docs/theory/coherent-receiver.md, eq. 13 to 16).

#include <array>
#include <span>
#include <vector>

#include "waverack/coherent/dual_samples.hpp"

namespace waverack::coherent {

// Middle of the spectrum of any samples, from the phase that they turn per sample:
// arg(Σ x[n+1]·conj x[n] + the same of y)·sample_rate/2π [Hz]. White noise does not bias it; filters that are
// not symmetric about the carrier do. With 65 536 samples at two per symbol it scatters by a thousandth of
// the symbol rate. Within ± sample_rate/2.
double spectral_centre(std::span<const Sample> x, std::span<const Sample> y, double sample_rate);

// argmax |Σ (x⁴ + y⁴)·exp(−j2πfn)|/4, from symbols (one sample each) of any format with the polarisations
// told apart: without any known symbol, within ± symbol_rate/8 [Hz]. Of the symbols the largest power of two,
// N ≥ 64, is used; between the bins of the transform the peak is interpolated, so that the error is below
// symbol_rate/(8N). Throws Error with fewer symbols. Cost: transforms of N in double precision.
double fourth_power_offset(std::span<const Sample> x, std::span<const Sample> y, double symbol_rate);

// Frequency of phasors, one each `spacing` [s], such as pilots times the conjugate of what was sent: the
// peak of their periodogram, interpolated. Within ± 1/(2·spacing) [Hz]. At least 4 phasors.
double phasor_frequency(std::span<const std::complex<double>> phasors, double spacing);

// Turns a stream back: sample n is multiplied by exp(−j·(phase + 2π·n·offset/sample_rate)). The phase goes on
// where it was when the offset changes.
class FrequencyShift {
 public:
  FrequencyShift(double sample_rate, double offset);
  void set_offset(double offset);  // [Hz]
  double offset() const { return offset_; }
  void apply(std::span<Sample> x, std::span<Sample> y);

 private:
  double sample_rate_, offset_;
  double phase_ = 0.0;  // of the next sample, in turns
  std::vector<float> table_;
};

}  // namespace waverack::coherent
