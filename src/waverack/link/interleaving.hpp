#pragma once
// Converters that take samples in turn and are not quite alike.
//
// Sample n is taken by converter c = n mod M, which makes x_n·(1 + g_c) + o_c + τ_c·x'_n of it, with g, o and
// τ constant, independent and of zero mean. A receiver of this kind is a draw of them; both solvers average
// over draws. The taps of the equaliser do not know of them. (theory: semi-analytic, eq. 7f; waveform-solver,
// section 4)

#include <array>
#include <span>
#include <vector>

#include "waverack/base/random.hpp"
#include "waverack/dsp/equaliser.hpp"
#include "waverack/link/timing.hpp"
#include "waverack/signal/batch_kernels.hpp"

namespace waverack::link {

struct Interleaving {
  int converters = 1;   // M, a power of two
  double gain = 0.0;    // rms of g
  double offset = 0.0;  // rms of o [V]
  double skew = 0.0;    // rms of τ [UI]
  bool differs() const { return converters > 1; }
};
// Whether a receiver has several converters that differ.
bool has_mismatch(const parts::Receiver&);
// As has_mismatch() and `without` say; `converter`: of the receiver.
Interleaving interleaving_of(const parts::Receiver&, const parts::Conditions&, const Converter&,
                             const Without&);

// Mean variance of a sample of the noiseless waveform [V²], as the adaptation of the equaliser sees it.
double mismatch_at_sampler(const Interleaving&, std::span<const float> waveform, int samples_per_symbol);

// Variance over draws of the decision variable of each symbol of the noiseless waveform, exact for this
// model: taps whose samples come from one converter move together. Cost: twice that of equalising.
std::vector<float> mismatch_at_decision(const Interleaving&, const dsp::Equaliser&,
                                        const dsp::EqualiserShape&, std::span<const float> waveform,
                                        int samples_per_symbol, int phase);

// The converters of 32 records in the waveform solver.
class ConverterBank {
 public:
  // `constant`: what the rows of samples lack [V].
  ConverterBank(const Interleaving&, double constant);
  // Draws other converters.
  void draw(const Stream& name);
  // Rows of 32 samples of one block, and their slopes [V/UI]. M divides the distance of neighbouring blocks,
  // so the same converter takes row n of each.
  void convert(int rows, const float* slope, float* samples) const;

 private:
  Interleaving interleaving_;
  double constant_;
  std::vector<float> gain_, offset_, skew_;  // rows of converters
};

}  // namespace waverack::link
