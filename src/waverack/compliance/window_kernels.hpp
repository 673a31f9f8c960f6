#pragma once
// The loops over samples behind window_errors.hpp, on vectors of the best instruction set (Highway).

#include <cstddef>
#include <cstdint>

namespace waverack::compliance {

// A grid of `bins` amplitudes. An amplitude beyond it counts as just inside its end.
struct AmplitudeGrid {
  float start = 0.0f, bins_per_unit = 1.0f;
  int bins = 2;
};

// y[k] = Σ_i taps[i]·x[k − i], summed in that order, and where it lies on the grid: the bin below it and how
// far beyond that bin, in bins. The same on all instruction sets.
void equalise_run(const float* x, const float* taps, std::size_t tap_count, std::size_t count,
                  const AmplitudeGrid&, float* y, std::int32_t* bin, float* beyond);

// out[k]: the table of class classes[k], between its bins about y[k]. Tables of grid.bins entries follow one
// another; without classes (nullptr) there is one.
void look_up_run(const float* tables, const AmplitudeGrid&, const float* y, const std::uint8_t* classes,
                 std::size_t count, float* out);

// sums[i] += Σ_k weights[k]·x[k − i] for each tap i.
void correlate_run(const float* weights, const float* x, std::size_t count, std::size_t tap_count,
                   double* sums);

// Of `count` neighbouring bins, whose distances from a threshold are z, z + h, … in rms of the noise, h of
// either sign: Σ φ(z_b)·((even + odd)·nearer[b] + (even − odd)·(nearer[b] + mass[b])) by the quadrature of
// signal/normal_quadrature.hpp, and Σ mass[b]·z_b·φ(z_b). nearer[b]: the mass of all of them that are nearer,
// (below[b] − base)·sign. `phi`: φ(z). Eight entries beyond the last are read.
struct BinSums {
  double tail = 0.0, slope = 0.0;
};
BinSums sum_bins(const float* mass, const double* below, double base, double sign, std::size_t count,
                 double z, double h, double phi);

}  // namespace waverack::compliance
