#pragma once
// The Volterra equaliser (volterra.hpp) for 32 records side by side.

#include <cstddef>
#include <vector>

#include "waverack/dsp/volterra.hpp"

namespace waverack::dsp {

// The terms by nesting, Σ_i u_i·(w_i + Σ_{j ≥ i} u_j·(w_ij + Σ_{l ≥ j} u_l·w_ijl)), as the kernel reads them.
// Products use `count` taps from `first` on; third-order ones those at places third_first … third_end − 1 of
// these.
struct NestedVolterra {
  std::vector<float> linear;  // of all taps
  std::vector<float> second;  // [i][j], 0 where there is no term
  std::vector<float> third;   // [i][j][l]
  std::size_t first = 0, count = 0, third_first = 0, third_end = 0;
  float offset = 0.0f, scale = 1.0f, bias = 0.0f;
  std::size_t samples_per_symbol = 1, pre = 0;
};
NestedVolterra nest(const VolterraEqualiser& equaliser);

// `symbols` rows y of 32 values from symbols·q rows of samples, each record one period, symbol k sampled at
// row k·q; rows are 32 floats, aligned to 64 bytes. y must not be samples. Single precision, chosen for the
// CPU at run time, the same bit for bit with AVX2 and AVX-512 (docs/decisions/highway.md). Cost: one
// multiply-add for each term and tap.
void equalise_rows(const NestedVolterra& equaliser, int symbols, const float* samples, float* y);

}  // namespace waverack::dsp
