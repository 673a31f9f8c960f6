#pragma once
// Operations on batches of 32 real records side by side, between the transforms of fft.hpp.
//
// Layout: sample n of the records 0 … 31 is the row data[32·n … 32·n + 31]. For the transforms the records
// 0 … 15 are the real parts and 16 … 31 the imaginary parts of 16 complex records, so a batch also holds 16
// complex records. A linear operation with real taps treats the two halves alike and keeps them apart.
//
// All pointers are aligned to 64 bytes. Results are the same bit for bit with AVX2 and AVX-512.

#include <array>
#include <cstdint>
#include <span>

#include "waverack/signal/fft.hpp"
#include "waverack/signal/polynomial_law.hpp"

namespace waverack::signal {

inline constexpr int batch_records = 2 * fft_lanes;

// out[i] = levels[symbols[i]] for whole rows; symbols are below levels.size(). Cost: grows with the levels.
void look_up_levels(std::span<const float> levels, std::span<const std::uint8_t> symbols, float* out);

// out[p] = in[source[p]]·spectrum[p] for every row p: a spectrum that repeats itself through a filter, which
// is how a record is taken to a higher sample rate. `spectrum`: pairs (re, im). `out` must not be `in`.
void spread_spectrum(std::span<const std::int32_t> source, std::span<const float> spectrum, const float* in,
                     float* out);

// out[p] += in[source[p]]·spectrum[p].
void add_spread_spectrum(std::span<const std::int32_t> source, std::span<const float> spectrum,
                         const float* in, float* out);

// out[q] = Σ_r in[sources[ratio·q + r]]·spectrum[ratio·q + r]: a filter, and the aliasing of taking every
// ratio-th sample. `sources` has rows·ratio entries. `out` must not be `in`.
void fold_spectrum(std::span<const std::int32_t> sources, std::span<const float> spectrum, int ratio,
                   const float* in, float* out);

// data[rows[i]] += amplitude[i]·normals[i], rows of 32: independent noise in the bins of a spectrum.
void add_to_rows(std::span<const std::int32_t> rows, std::span<const float> amplitude, const float* normals,
                 float* data);

// data[i] = law(data[i]) for `count` floats, a multiple of 32.
void apply_polynomial(const PolynomialLaw& law, std::size_t count, float* data);

// Field of the records 0 … 15 of `in` to `low`, of the records 16 … 31 to `high`, both complex batches of
// `rows` rows: real part re(x), imaginary part im(x).
void modulate(const PolynomialLaw& re, const PolynomialLaw& im, int rows, const float* in, float* low,
              float* high);

// The way back: out = |low|² and |high|².
void detect(int rows, const float* low, const float* high, float* out);

// data[i] += √(square·x² + linear·x + constant)·normals[i], x = data[i]; a negative radicand counts as 0. The
// root is within 1e-6 of itself for radicands of 0 and above 1e-37.
void add_signal_noise(float square, float linear, float constant, std::size_t count, const float* normals,
                      float* data);

// For each record, sample by sample: x −= state, state += share·(x − mean): a first-order high-pass that
// keeps the mean. `state`: a row.
void high_pass(float share, float mean, int rows, float* state, float* data);

// A complex batch times 1 + amplitude·noise, noise[stride·n + lane] real: noise on the strength of a field.
// `stride` is a multiple of 16.
void scale_field(float amplitude, int rows, const float* noise, std::size_t stride, float* field);

// A delayed copy of a record on its way along with it, its complex amplitude one for each record.
struct Echo {
  int delay = 0;  // rows, 0 … rows of the record
  alignas(64) std::array<float, batch_records> re{}, im{};
};

// out[n] = in[n] + Σ echoes (re + j·im)·in[n − delay], cyclic, for the complex batch of the records 0 … 15
// (half 0) or 16 … 31 (half 1).
void add_field_echoes(std::span<const Echo> echoes, int half, int rows, const float* in, float* out);

// out[n] = in[n] + Σ re·(in[n − delay] − mean): copies that add as power does, without their mean.
void add_power_echoes(std::span<const Echo> echoes, int rows, float mean, const float* in, float* out);

// The beats alone, on power: x[n] += 2·√x[n]·Σ re·√x[n − delay], x counted from `dark`; `root` is scratch of
// the size of x.
void add_power_beats(std::span<const Echo> echoes, int rows, float dark, float* x, float* root);

}  // namespace waverack::signal
