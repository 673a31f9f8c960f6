#pragma once
// The errors of one window behind an equaliser, the noise that takes them to a target, and how both depend on
// taps and thresholds. (docs/theory/tdecq.md, sections 2 to 4)

#include <Eigen/Core>
#include <array>
#include <span>
#include <vector>

#include "waverack/compliance/tdecq_settings.hpp"
#include "waverack/compliance/window_samples.hpp"

namespace waverack::compliance {

// Q(u) and exp(−u²/2)/√(2π) for 0 ≤ u < 9 by linear interpolation, 4e-5 right; 0 beyond.
class NormalTable {
 public:
  NormalTable();
  struct Value {
    double tail, density;
  };
  Value operator()(double u) const;

 private:
  std::vector<Value> values_;
};

// Equalised samples, and their shares on a grid of amplitudes by class. Folded errors know one class,
// data-aided ones four: the symbols.
struct EqualisedWindow {
  static constexpr int bins = 8192;
  static constexpr double start = -1.5, step = 3.0 / (bins - 1);  // [swings]
  std::vector<float> samples;                                     // record after record, without margins
  int classes = 1;
  std::vector<float> mass;             // (classes, bins), sum 1
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
ErrorRatio error_ratio(const EqualisedWindow&, const ThresholdPlaces&, double noise, const NormalTable&);

// The largest noise, rms at the decision [swings], with an error ratio of at most `target`; 0 where there is
// none. `guess` > 0 saves time.
double allowed_noise(const EqualisedWindow&, const ThresholdPlaces&, double target, double guess,
                     const NormalTable&);

// First derivatives of ln(allowed noise) to the taps and to the three thresholds, and the second derivatives
// of −ln(allowed noise), from about `probes` samples. `middles`: threshold n moves by Σ_i middles(i, n)·w_i
// with the taps; zeros where it does not.
struct NoiseDerivatives {
  Eigen::VectorXd slope;      // (taps + 3)
  Eigen::MatrixXd curvature;  // (taps + 3)²
};
NoiseDerivatives noise_derivatives(const WindowSamples&, int window, const EqualisedWindow&,
                                   const Eigen::MatrixXd& middles, int main, const ThresholdPlaces&,
                                   double noise, long probes, const NormalTable&);

}  // namespace waverack::compliance
