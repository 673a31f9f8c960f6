#pragma once
// Probability densities on a uniform grid, for tails far below the rounding of 1.
//
// Everything here adds and multiplies numbers that are not negative, so every value is right to a small
// *relative* error however small it is: 1e-40 is as good as 1e-2. A Fourier convolution would leave an
// absolute floor near 1e-16. (docs/theory/eyes-and-densities.md, section 2)

#include <span>
#include <vector>

namespace waverack::signal {

// Masses at the points origin + i·step; their sum is 1 unless something was cut off.
struct Density {
  double origin = 0.0;              // value of probability[0], in the unit of the variable
  double step = 0.0;                // > 0
  std::vector<double> probability;  // not negative

  double value(std::size_t i) const { return origin + static_cast<double>(i) * step; }
};

// Makers. The grid points are whole multiples of `step` (> 0). A value between two grid points is split
// between them so that its mean is kept; that adds a variance of at most step²/4, the least that masses ≥ 0
// allow.

// A sure value.
Density delta(double value, double step);
// Equally likely values (at least one).
Density points(std::span<const double> values, double step);
// −half_distance and +half_distance with probability ½ each: dual-Dirac jitter.
Density dual_dirac(double half_distance, double step);
// amplitude·l for the `levels` equally likely PAM levels l from −1 to 1: one cursor of intersymbol
// interference.
Density pam_points(double amplitude, int levels, double step);
// Normal, mean 0, cut at ±reach·sigma: each mass is the exact probability of its bin of width `step`, so the
// variance is sigma² + step²/12. Where only a tail is wanted, leave it out and give sigma to upper_tail: no
// cut, no bins.
Density gaussian(double sigma, double step, double reach = 14.0);

// Density of the sum of independent variables on equal steps. Cost: product of the sizes.
Density convolve(const Density& a, const Density& b);
// Adds an independent variable that takes `values` with equal probability, each split on the grid like a
// maker's. Cost: 2·values·size. Keeps the step; the size grows by the spread of the values.
Density convolve_points(const Density& density, std::span<const double> values);
// The same for pam_points(amplitude, levels): adds one cursor of interference.
Density convolve_pam(const Density& density, double amplitude, int levels);

// Density of factor·x; factor ≠ 0 (the step becomes |factor|·step).
Density scaled(const Density& density, double factor);
// Density of x + offset.
Density shifted(const Density& density, double offset);
// The same masses on another step, split so that the mean is kept.
Density regridded(const Density& density, double step);
// Without the outer points whose mass, added from either end, is at most `mass`. Keeps arrays short after
// many convolutions; the sum falls by at most 2·mass, so choose it far below any tail of interest (1e-40).
Density trimmed(const Density& density, double mass);

double total(const Density& density);     // sum of the masses
double mean(const Density& density);      // of the masses divided by their sum
double variance(const Density& density);  // likewise

// P(x + n > threshold) for n normal with rms sigma ≥ 0: Σ p_i·Q((threshold − x_i)/sigma), no floor down to
// 1e-300. For sigma = 0 a mass exactly at the threshold counts half. Cost: one erfc per grid point.
double upper_tail(const Density& density, double threshold, double sigma = 0.0);
// P(x + n < threshold).
double lower_tail(const Density& density, double threshold, double sigma = 0.0);

// The threshold with upper_tail(density, threshold, sigma) = probability, 0 < probability < total(density)
// (otherwise throws Error). For sigma = 0 the smallest grid value with P(x > value) ≤ probability.
double upper_quantile(const Density& density, double probability, double sigma = 0.0);
// The threshold with lower_tail(density, threshold, sigma) = probability; for sigma = 0 the largest grid
// value with P(x < value) ≤ probability.
double lower_quantile(const Density& density, double probability, double sigma = 0.0);

}  // namespace waverack::signal
