#pragma once
// Probability masses on a uniform grid whose tails keep their precision: nothing is ever subtracted.

#include <span>
#include <vector>

namespace waverack::link {

// The position of mass[i] is origin + i·step. Putting a point on the grid keeps its mean but widens it;
// `spread` is the variance that has been added so, to be taken off the Gaussian noise.
struct Grid {
  double origin = 0.0;
  std::vector<double> mass{1.0};
  double spread = 0.0;
};

// Adds mass at position x, split between the two neighbours so that the mean is kept. x and its upper
// neighbour lie on the grid.
void deposit(Grid& grid, double step, double x, double weight);

// Direct convolution with point masses of equal probability.
Grid convolve_points(const Grid& grid, double step, std::span<const double> points);

Grid convolve(const Grid& a, const Grid& b);

// x = amplitude·cos φ with φ uniform: the arcsine density, exact bin masses. amplitude > 0.
Grid arcsine(double amplitude, double step);

}  // namespace waverack::link
