#pragma once
// A receiver's digital side on batches of 32 records side by side (layout: signal/batch_kernels.hpp), each
// record one period. Rows of symbols are 32 bytes, rows of samples 32 floats aligned to 64 bytes.

#include <cstdint>
#include <span>

#include "waverack/dsp/equaliser.hpp"

namespace waverack::dsp {

// Limits `count` samples to ±full_scale; count is a multiple of 32.
void clip_rows(float full_scale, std::size_t count, float* samples);

// The feed-forward part of `equaliser`: `symbols` rows y from symbols·shape.samples_per_symbol rows of
// samples, bias added. y must not be samples.
void equalise_rows(const Equaliser& equaliser, const EqualiserShape& shape, int symbols, const float* samples,
                   float* y);

// y += slope·(random·normals ± dirac), the sign that of `signs`; rows of normals and signs as those of y.
void displace_rows(float random, float dirac, std::size_t count, const float* slope, const float* normals,
                   const float* signs, float* y);

// The number of thresholds below each value: decisions of `rows` rows. Thresholds rise; 1 to 15 of them.
void decide_rows(std::span<const float> thresholds, int rows, const float* y, std::uint8_t* decisions);

// What decision feedback needs before row 0 of a record of `rows`: rows n = 0 … count − 1 of `before` are the
// levels target[sent] of the symbols 1, 2 … before its beginning, which are those at its end.
void levels_before(std::span<const float> target, const std::uint8_t* sent, int rows, int count,
                   float* before);

// decide_rows with decision feedback: y_k −= Σ_n feedback[n]·target[decision_{k−1−n}], its own decisions fed
// back, so that errors propagate. `target`: the value of each level. The decisions before the first row are
// taken from the end of the record, as `sent` has them. y is changed in place.
void decide_with_feedback(std::span<const double> feedback, std::span<const float> target,
                          std::span<const float> thresholds, int rows, const std::uint8_t* sent, float* y,
                          std::uint8_t* decisions);

}  // namespace waverack::dsp
