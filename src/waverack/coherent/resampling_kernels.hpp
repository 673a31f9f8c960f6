#pragma once
// The inner loops of the front end and of the timing recovery.

#include <array>
#include <complex>
#include <cstddef>
#include <cstdint>

namespace waverack::coherent {

// Branch filters: real and imaginary part each by real taps of their own,
//   out[n] = Σ_k (re_taps[k]·Re in[n + k], im_taps[k]·Im in[n + k]).
// `taps`: for each k the pair (re, im) eight times over.
void filter_branches(const std::complex<float>* in, const float* taps, std::size_t tap_count,
                     std::size_t count, std::complex<float>* out);

// Sums over a block: Re, Im, Re², Im², Re·Im.
std::array<double, 5> branch_moments(const std::complex<float>* in, std::size_t count);

// out = (a·Re + b·Im + c) + j·(d·Re + e·Im + f) for `law` = {a, b, c, d, e, f}; in place is allowed.
void mix_branches(const std::complex<float>* in, const std::array<float, 6>& law, std::size_t count,
                  std::complex<float>* out);

inline constexpr std::size_t interpolator_taps = 16;
inline constexpr std::size_t interpolator_phases = 512;

// Values of both polarisations at position + i·step, i < count, in units of the input's samples; sample 0 of
// the filter for position p is floor(p) − 7. `table`: for each phase the taps, each twice in a row.
void interpolate(const std::complex<float>* x, const std::complex<float>* y, const float* table,
                 double position, double step, std::size_t count, std::complex<float>* out_x,
                 std::complex<float>* out_y);

// Multiplies both polarisations by base·step^n: `table` holds the real parts, then the imaginary parts of
// step^0 … step^63; count ≤ 64.
inline constexpr std::size_t rotation_group = 64;
void rotate(std::complex<float>* x, std::complex<float>* y, const float* table, std::complex<float> base,
            std::size_t count);

// Takes two-sample symbols apart: planes 0 … 7 as in equaliser_kernels.hpp, `symbols` of each.
void split_planes(const std::complex<float>* x, const std::complex<float>* y, std::size_t symbols,
                  const std::array<float*, 8>& planes);

}  // namespace waverack::coherent
