#pragma once
// TDECQ: how much more signal a PAM4 transmitter needs than an ideal one, for the same errors behind a
// reference receiver; and what is read from the same waveform. TECQ, SECQ and, in volts, EECQ are the same
// measure at other places: the name is the caller's. The ratio is one of amplitudes; of light it is stated as
// 10·log10, since its amplitude is a power, and EECQ of volts as 20·log10 (Keysight FlexDCA help, "EECQ
// double"). (docs/theory/tdecq.md)

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "waverack/compliance/reference_receiver.hpp"
#include "waverack/compliance/tdecq_settings.hpp"
#include "waverack/signal/eye.hpp"
#include "waverack/signal/waveform.hpp"

namespace waverack::compliance {

enum class ReferenceFilter {
  applied,  // the waveform was seen through the reference receiver
  needed,
};

// What is known of the waveform besides its samples.
struct Capture {
  ReferenceFilter filter = ReferenceFilter::applied;
  // Of the O/E converter and the oscilloscope, behind the reference receiver, rms [unit of the samples]; it
  // is credited to the transmitter: R² = σ_G² + σ_S².
  double scope_noise = 0.0;
  // Centre of symbol 0 [samples] behind the reference receiver, if known, else symbol_delay(); not looked at
  // where the filter is still needed.
  std::optional<double> delay = std::nullopt;
};

// Shares of the samples of a window; their sum is 1.
struct WindowHistogram {
  double start = 0.0, step = 0.0;  // of the lowest value, between values [unit of the samples]
  std::vector<double> share;
};

// Amplitudes in the unit of the samples: W for light, V for an electrical plane. NaN where a quantity does
// not exist.
struct TdecqResult {
  double tdecq = 0.0;    // OMA_outer/(6·Qt·R), an amplitude ratio; infinite where no noise is allowed
  double ceq = 0.0;      // noise behind the equaliser over noise before it, rms
  double sigma_g = 0.0;  // noise rms, before the equaliser, that takes the worse window to the target
  double r = 0.0;        // sqrt(σ_G² + σ_S²); r/sigma_g is the credit for the scope's noise
  double qt = 0.0;       // Q⁻¹(2/3·target)

  double oma_outer = 0.0;  // VMA in volts
  double p0 = 0.0, p3 = 0.0;
  bool oma_from_runs = false;     // false: from level_means, the pattern lacks runs of 7 threes and 6 zeros
  double extinction_ratio = 0.0;  // p3/p0; NaN unless both are positive
  double average = 0.0;           // of all samples
  std::array<double, 4> level_means{};  // of the equalised signal at the sampling time
  double r_lm = 0.0;                    // of level_means (802.3 Annex 120D)
  // Before the equaliser: beyond p3 and p0 at the hit ratio, over oma_outer.
  double overshoot = 0.0, undershoot = 0.0;
  double power_excursion = 0.0;  // the extremes at the hit ratio, from the average: the larger distance
  double transition_time = 0.0;  // 20–80 % of p0 … p3, the slower of rise and fall, before the equaliser [s]

  std::vector<double> taps;    // sum 1; those after the main one multiply older samples
  int main = 0;                // index of the main tap
  double sampling_time = 0.0;  // 0.5 UI of symbol 0, between the windows [samples]
  double sampling_ui = 0.0;    // the same, from the average crossing before symbol 0 [UI]; 0.5 if not moved
  std::array<double, 3> thresholds{};
  double ser_left = 0.0, ser_right = 0.0;  // at sigma_g; the worse is the target
  WindowHistogram left, right;             // of the equalised signal
};

// Measures `waveform`, whole periods of `symbols` (0 … 3; a higher one has the higher amplitude), cyclic,
// without jitter beyond what the samples hold. With noise in the samples they should be several periods.
//
// Equaliser, windows and thresholds are searched for the smallest TDECQ itself: for every place of the main
// tap from minimum-mean-square-error starts over one UI, then by Newton's method with constraints on a part
// of the pattern and on the whole of it (docs/theory/tdecq.md, section 4).
//
// The waveform is interpolated by cubics between samples: 8 samples per symbol are few, 16 enough. Throws
// Error for a waveform that is not whole periods of at least 256 symbols, symbols beyond 3, samples that are
// not finite, a signal without swing, and settings that contradict one another. Cost for SSPRQ: see
// bench/tdecq_bench.cpp, below 100 ms for 5 taps and 400 ms for 15.
TdecqResult measure_tdecq(const signal::Waveform& waveform, std::span<const std::uint8_t> symbols,
                          const TdecqSettings& settings = {}, const Capture& capture = {});

// The waveform (seen through the reference receiver) behind the equaliser of a result; same sampling time.
// signal::eye_diagram draws its eye. Cost: taps · samples.
signal::Waveform equalised(const signal::Waveform& received, const TdecqResult&);

}  // namespace waverack::compliance
