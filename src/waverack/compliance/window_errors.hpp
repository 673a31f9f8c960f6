#pragma once
// The errors of one window behind an equaliser, the noise that takes them to a target, and how both depend on
// taps and thresholds. (docs/theory/tdecq.md, sections 2 to 4)

#include <array>
#include <span>
#include <vector>

#include "waverack/compliance/tdecq_settings.hpp"
#include "waverack/compliance/window_samples.hpp"

namespace waverack::compliance {

// Q(u) and the density exp(−u²/2)/√(2π), u ≥ 0, by linear interpolation: 2e-5 right where Q is 3e-4, 2e-4 at
// u = 9; both 0 beyond.
class NormalTable {
 public:
  static constexpr double reach = 9.0;
  NormalTable();
  struct Value {
    double tail, density;
  };
  Value operator()(double u) const {
    if (!(u < reach)) return {0.0, 0.0};
    const double at = u * per_unit;
    const auto i = static_cast<std::size_t>(at);
    const double beyond = at - static_cast<double>(i);
    const Value &a = values_[i], &b = values_[i + 1];
    return {a.tail + beyond * (b.tail - a.tail), a.density + beyond * (b.density - a.density)};
  }

 private:
  static constexpr int per_unit = 256;
  std::vector<Value> values_;
};

// Equalised samples, and their shares on a grid of amplitudes by class. Folded errors know one class,
// data-aided ones four: the symbols.
struct EqualisedWindow {
  static constexpr int bins = 4096;
  static constexpr double start = -1.5, step = 3.0 / (bins - 1);  // [swings]
  std::vector<float> samples;                                     // record after record, without margins
  int classes = 1;
  std::vector<float> mass;             // (classes, bins), sum 1; followed by eight zeros
  std::vector<double> below;           // the mass of all bins before, class after class; as many, and eight
  std::array<int, 4> first{}, last{};  // bins that hold any of a class; none: first > last
};

// `window`: 0 left, 1 right. Tap i of the equaliser multiplies the sample main − i symbols later.
EqualisedWindow equalise_window(const WindowSamples&, int window, std::span<const double> taps, int main,
                                ErrorCounting);

// Places of the thresholds, lowest first [swings].
using ThresholdPlaces = std::array<double, 3>;

// Σ_n Σ_y f(y)·Q(u), u the distance of y to threshold n over `noise` (folded), or that distance counted
// negative where y lies beyond it (data-aided); and the derivative to ln(noise), Σ f·u·φ(u).
struct ErrorRatio {
  double value = 0.0, slope = 0.0;
};
// Cost: 1 ns for each bin within 9 rms of a threshold.
ErrorRatio error_ratio(const EqualisedWindow&, const ThresholdPlaces&, double noise, const NormalTable&);

// The largest noise, rms at the decision [swings], with an error ratio of at most `target`; 0 where there is
// none. `guess` > 0 saves time.
double allowed_noise(const EqualisedWindow&, const ThresholdPlaces&, double target, double guess,
                     const NormalTable&);

// First derivatives of ln(allowed noise) to the taps and to the three thresholds, and the second derivatives
// of −ln(allowed noise), from about `probes` samples. `middles`: threshold n moves by Σ_i middles(i, n)·w_i
// with the taps; zeros where it does not. Matrices are column by column.
struct NoiseDerivatives {
  std::vector<double> slope;      // (taps + 3)
  std::vector<double> curvature;  // (taps + 3)²
};
NoiseDerivatives noise_derivatives(const WindowSamples&, int window, const EqualisedWindow&,
                                   std::span<const double> middles, int main, const ThresholdPlaces&,
                                   double noise, long probes, const NormalTable&);

}  // namespace waverack::compliance
