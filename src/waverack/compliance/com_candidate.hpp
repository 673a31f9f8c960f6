#pragma once
// The figure of merit of COM for transmit equalisers behind one setting of the CTLE. docs/theory/com.md,
// section 6.

#include <cstddef>
#include <span>
#include <vector>

#include "waverack/compliance/com_pulses.hpp"
#include "waverack/compliance/symbol_sums.hpp"

namespace waverack::compliance {

// Signal and noise at the sampling instant of one equaliser setting; powers in V².
struct ComTerms {
  std::ptrdiff_t instant = 0;  // sample of the equalised pulse; 0 is the first sample of the pulse response
  double main = 0.0;           // h(0) [V]
  double signal = 0.0;         // A_s [V]
  double transmitter_noise = 0.0;  // σ_TX²
  double interference = 0.0;       // σ_ISI², after the DFE
  double jitter = 0.0;             // σ_J² of both kinds of jitter
  double crosstalk = 0.0;          // σ_XT², each aggressor at its worst phase
  double receiver_noise = 0.0;     // σ_N²
  double quantisation = 0.0;       // of the receiver's converter, where the sheet has one
  std::vector<double> feedback;    // b(1), b(2), … relative to the cursor

  double noise() const {
    return transmitter_noise + interference + jitter + crosstalk + receiver_noise + quantisation;
  }
  // A_s²/Σσ², a power ratio; FOM = 10·log10 of it.
  double figure_of_merit() const { return signal * signal / noise(); }
};

// σ_X² = (L² − 1)/(3(L − 1)²): power of the symbols relative to the outer ones.
double symbol_power(int levels);

// Δ²/12 of a converter with the sheet's effective bits whose full scale is converter_peak times the rms of
// its input to either side. 0 without a converter. [unit of input_power]
double quantisation_noise(const ComCredits&, double input_power);

class ComCandidates {
 public:
  // The sheet and the pulses must outlive it. Cost: (transmit taps)·(length of all pulses) products.
  ComCandidates(const ComSheet& sheet, const ComPulses& pulses, const CtleFactors& factors,
                double receiver_noise);

  // Everything at the setting `taps`, the farthest pre-cursor first. `taps` has pre + 1 + post taps of the
  // sheet.
  ComTerms terms(std::span<const double> taps);

  // The figure of merit, or 0 where it cannot be above `to_beat` or there is no cursor. Cost: about a
  // thousand operations.
  double figure_of_merit(std::span<const double> taps, double to_beat);

 private:
  bool evaluate(std::span<const double> taps, double to_beat, ComTerms& terms);
  double equalised(std::span<const double> taps, std::ptrdiff_t sample) const;

  const ComSheet& sheet_;
  int samples_;
  double symbol_power_;
  double receiver_noise_;
  double near_end_ = 0.0;             // crosstalk that no transmit equaliser shapes [V²]
  std::ptrdiff_t lead_ = 0;           // zeros before the pulse
  std::vector<double> pulse_;         // of the victim, zeros at both ends
  std::ptrdiff_t expected_peak_ = 0;  // of the equalised pulse, a sample of the pulse response
  SymbolSums own_, slope_;
  std::vector<SymbolSums> far_end_;
  std::vector<double> window_, post_, doubled_;
  ComTerms scratch_;
};

}  // namespace waverack::compliance
