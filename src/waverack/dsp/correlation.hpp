#pragma once
// Correlations of periodic records.

#include <span>

namespace waverack::dsp {

// Σ_k a[k]·b[(k + shift) mod n]. Both of length n; any shift. Partial sums are kept in double every 1024
// products.
double cyclic_dot(std::span<const float> a, std::span<const float> b, long shift);

}  // namespace waverack::dsp
