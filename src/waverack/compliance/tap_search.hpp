#pragma once
// Taps and thresholds of the least penalty at one sampling phase and one place of the main tap.
// (docs/theory/tdecq.md, section 4)

#include <array>
#include <span>
#include <vector>

#include "waverack/compliance/window_errors.hpp"

namespace waverack::compliance {

// Everything but the taps; all members outlive the question.
struct TapQuestion {
  const ReceivedPattern& pattern;
  const WindowSamples& samples;
  const TdecqSettings& settings;
  std::span<const double> noise_autocorrelation;  // at least as many entries as taps
  const NormalTable& normal;
  int main = 0;
};

struct TapAnswer {
  std::vector<double> taps;
  std::array<double, 3> shifts{};  // of thresholds [swings]
  ThresholdPlaces thresholds{};    // shifts included [swings]
  std::array<double, 2> noise{};   // allowed behind the equaliser, left and right window [swings]
  std::array<EqualisedWindow, 2> windows;
  double noise_enhancement = 1.0;
  // Allowed before the equaliser, in the worse window [swings].
  double allowed() const { return std::min(noise[0], noise[1]) / noise_enhancement; }
};

// Of the least mean square error within the limits, with noise of the rms that ideal PAM4 may have.
std::vector<double> mean_square_taps(const TapQuestion&);

// The windows behind given taps.
TapAnswer evaluate(const TapQuestion&, std::vector<double> taps, const std::array<double, 3>& shifts,
                   double guess);

// Newton's method on ln(noise allowed in the worse window), from an answer. A step ends the search when it
// promises less than `tolerance` of the noise. At most `steps` steps; never worse than the start. An answer
// without allowed noise is returned as it is.
TapAnswer refined(const TapQuestion&, TapAnswer start, int steps, double tolerance, long probes);

}  // namespace waverack::compliance
