#include "waverack/dsp/batch_receiver.hpp"

#include <cassert>
#include <cstring>
#include <vector>

#include "waverack/signal/batch_kernels.hpp"
#include "waverack/signal/fft_targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "waverack/dsp/batch_receiver.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "waverack/dsp/decision-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace waverack::dsp {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Tag = hn::CappedTag<float, 16>;
using Vector = hn::Vec<Tag>;

constexpr std::size_t row = signal::batch_records;

void clip(float full_scale, std::size_t count, float* samples) {
  const Tag d;
  const Vector top = hn::Set(d, full_scale), bottom = hn::Neg(top);
  for (std::size_t i = 0; i < count; i += hn::Lanes(d))
    hn::Store(hn::Min(hn::Max(hn::Load(d, samples + i), bottom), top), d, samples + i);
}

// Eight rows of the result at a time: enough independent sums to hide the latency of the multiply-add.
constexpr std::size_t together = 8;

// first[k] points at the sample of tap 0 for result row k; taps go backwards in time from there.
void fir(const float* taps, std::size_t count, float bias, std::size_t rows, std::size_t step,
         const float* first, float* y) {
  const Tag d;
  for (std::size_t lane = 0; lane < row; lane += hn::Lanes(d)) {
    std::size_t k = 0;
    for (; k + together <= rows; k += together) {
      Vector sum[together];
      for (std::size_t i = 0; i < together; ++i) sum[i] = hn::Set(d, bias);
      for (std::size_t t = 0; t < count; ++t) {
        const Vector tap = hn::Set(d, taps[t]);
        const float* from = first + lane - t * row;
        for (std::size_t i = 0; i < together; ++i)
          sum[i] = hn::MulAdd(tap, hn::Load(d, from + (k + i) * step * row), sum[i]);
      }
      for (std::size_t i = 0; i < together; ++i) hn::Store(sum[i], d, y + (k + i) * row + lane);
    }
    for (; k < rows; ++k) {
      Vector sum = hn::Set(d, bias);
      for (std::size_t t = 0; t < count; ++t)
        sum = hn::MulAdd(hn::Set(d, taps[t]), hn::Load(d, first + lane - t * row + k * step * row), sum);
      hn::Store(sum, d, y + k * row + lane);
    }
  }
}

void displace(float random, float dirac, std::size_t count, const float* slope, const float* normals,
              const float* signs, float* y) {
  const Tag d;
  const Vector sigma = hn::Set(d, random), peak = hn::Set(d, dirac);
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
    const Vector shift =
        hn::MulAdd(sigma, hn::Load(d, normals + i), hn::CopySign(peak, hn::Load(d, signs + i)));
    hn::Store(hn::MulAdd(shift, hn::Load(d, slope + i), hn::Load(d, y + i)), d, y + i);
  }
}

// The decisions of one row as floats 0, 1, 2 …
HWY_INLINE Vector count_below(const float* thresholds, std::size_t count, Vector y) {
  const Tag d;
  const Vector one = hn::Set(d, 1.0f);
  Vector sum = hn::Zero(d);
  for (std::size_t i = 0; i < count; ++i)
    sum = hn::Add(sum, hn::IfThenElseZero(hn::Gt(y, hn::Set(d, thresholds[i])), one));
  return sum;
}

void decide(const float* thresholds, std::size_t count, std::size_t rows, const float* y,
            std::uint8_t* decisions) {
  const Tag d;
  for (std::size_t i = 0; i < rows * row; i += hn::Lanes(d))
    store_bytes(d, count_below(thresholds, count, hn::Load(d, y + i)), decisions + i);
}

// history: values fed back, newest first, `count` rows; 64 taps at most.
void feedback(const float* taps, std::size_t count, const float* target, std::size_t levels,
              const float* thresholds, std::size_t rows, const float* before, float* y,
              std::uint8_t* decisions) {
  const Tag d;
  constexpr std::size_t most = 64;
  for (std::size_t lane = 0; lane < row; lane += hn::Lanes(d)) {
    Vector past[most];
    for (std::size_t n = 0; n < count; ++n) past[n] = hn::LoadU(d, before + n * row + lane);
    for (std::size_t k = 0; k < rows; ++k) {
      float* place = y + k * row + lane;
      Vector value = hn::Load(d, place);
      for (std::size_t n = 0; n < count; ++n) value = hn::NegMulAdd(hn::Set(d, taps[n]), past[n], value);
      hn::Store(value, d, place);
      const Decision<Tag> decided = decision(d, target, thresholds, levels, value);
      store_bytes(d, decided.index, decisions + k * row + lane);
      for (std::size_t n = count; n-- > 1;) past[n] = past[n - 1];
      past[0] = decided.level;
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::dsp
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace waverack::dsp {
namespace {

constexpr std::size_t row_floats = signal::batch_records;

}  // namespace

HWY_EXPORT(clip);
HWY_EXPORT(fir);
HWY_EXPORT(displace);
HWY_EXPORT(decide);
HWY_EXPORT(feedback);

void clip_rows(float full_scale, std::size_t count, float* samples) {
  HWY_DYNAMIC_DISPATCH(clip)(full_scale, count, samples);
}

void equalise_rows(const Equaliser& equaliser, const EqualiserShape& shape, int symbols, const float* samples,
                   float* y) {
  const std::vector<float> taps(equaliser.forward.begin(), equaliser.forward.end());
  const auto bias = static_cast<float>(equaliser.bias);
  const long q = shape.samples_per_symbol, rows = static_cast<long>(symbols) * q,
             count = static_cast<long>(taps.size());
  // Result row k needs the sample rows last(k) − count + 1 … last(k). Those inside the record are read in
  // place; the others from a copy that continues it.
  const auto last = [&](long k) { return (k + shape.pre) * q; };
  long inside_first = 0, inside_end = symbols;
  while (inside_first < symbols && last(inside_first) - count + 1 < 0) ++inside_first;
  while (inside_end > inside_first && last(inside_end - 1) >= rows) --inside_end;
  const auto filter = [&](long first, long end, const float* from) {
    HWY_DYNAMIC_DISPATCH(fir)
    (taps.data(), taps.size(), bias, static_cast<std::size_t>(end - first), static_cast<std::size_t>(q), from,
     y + first * static_cast<long>(row_floats));
  };
  filter(inside_first, inside_end, samples + last(inside_first) * static_cast<long>(row_floats));
  const auto continued = [&](long first, long end) {
    if (first == end) return;
    const long start = last(first) - count + 1, needed = last(end - 1) + 1 - start;
    signal::BatchBuffer copy(static_cast<int>(needed));
    for (long n = 0; n < needed; ++n)
      std::memcpy(copy.data() + n * static_cast<long>(row_floats),
                  samples + ((start + n) % rows + rows) % rows * static_cast<long>(row_floats),
                  row_floats * sizeof(float));
    filter(first, end, copy.data() + (count - 1) * static_cast<long>(row_floats));
  };
  continued(0, inside_first);
  continued(inside_end, symbols);
}

void displace_rows(float random, float dirac, std::size_t count, const float* slope, const float* normals,
                   const float* signs, float* y) {
  HWY_DYNAMIC_DISPATCH(displace)(random, dirac, count, slope, normals, signs, y);
}

void decide_rows(std::span<const float> thresholds, int rows, const float* y, std::uint8_t* decisions) {
  HWY_DYNAMIC_DISPATCH(decide)
  (thresholds.data(), thresholds.size(), static_cast<std::size_t>(rows), y, decisions);
}

void levels_before(std::span<const float> target, const std::uint8_t* sent, int rows, int count,
                   float* before) {
  for (int n = 0; n < count; ++n)
    for (std::size_t r = 0; r < row_floats; ++r)
      before[static_cast<std::size_t>(n) * row_floats + r] =
          target[sent[static_cast<std::size_t>(rows - 1 - n) * row_floats + r]];
}

void decide_with_feedback(std::span<const double> taps, std::span<const float> target,
                          std::span<const float> thresholds, int rows, const std::uint8_t* sent, float* y,
                          std::uint8_t* decisions) {
  assert(taps.size() <= 64 && thresholds.size() + 1 == target.size());
  const std::vector<float> weights(taps.begin(), taps.end());
  std::vector<float> before((taps.size() + 1) * row_floats);
  levels_before(target, sent, rows, static_cast<int>(taps.size()), before.data());
  HWY_DYNAMIC_DISPATCH(feedback)
  (weights.data(), weights.size(), target.data(), target.size(), thresholds.data(),
   static_cast<std::size_t>(rows), before.data(), y, decisions);
}

}  // namespace waverack::dsp
#endif
