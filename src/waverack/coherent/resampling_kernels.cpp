#include "waverack/coherent/resampling_kernels.hpp"

#include <algorithm>

#include "waverack/signal/fft_targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "waverack/coherent/resampling_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace waverack::coherent {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Tag = hn::CappedTag<float, 16>;
using Vector = hn::Vec<Tag>;

// A complex number is two floats in a row by the C++ standard ([complex.numbers]).
HWY_INLINE const float* floats(const std::complex<float>* p) { return reinterpret_cast<const float*>(p); }
HWY_INLINE float* floats(std::complex<float>* p) { return reinterpret_cast<float*>(p); }

void branches(const std::complex<float>* samples, const float* taps, std::size_t tap_count, std::size_t count,
              std::complex<float>* result) {
  const Tag d;
  const std::size_t lanes = hn::Lanes(d), total = 2 * count;
  const float* in = floats(samples);
  float* out = floats(result);
  std::size_t n = 0;
  for (; n + 4 * lanes <= total; n += 4 * lanes) {
    Vector a = hn::Zero(d), b = a, c = a, e = a;
    for (std::size_t k = 0; k < tap_count; ++k) {
      const Vector tap = hn::LoadU(d, taps + 16 * k);
      const float* from = in + n + 2 * k;
      a = hn::MulAdd(tap, hn::LoadU(d, from), a);
      b = hn::MulAdd(tap, hn::LoadU(d, from + lanes), b);
      c = hn::MulAdd(tap, hn::LoadU(d, from + 2 * lanes), c);
      e = hn::MulAdd(tap, hn::LoadU(d, from + 3 * lanes), e);
    }
    hn::StoreU(a, d, out + n);
    hn::StoreU(b, d, out + n + lanes);
    hn::StoreU(c, d, out + n + 2 * lanes);
    hn::StoreU(e, d, out + n + 3 * lanes);
  }
  for (; n < total; ++n) {
    float sum = 0.0f;
    for (std::size_t k = 0; k < tap_count; ++k) sum += taps[16 * k + n % 2] * in[n + 2 * k];
    out[n] = sum;
  }
}

void moments(const std::complex<float>* samples, std::size_t count, double* sums) {
  const Tag d;
  const std::size_t lanes = hn::Lanes(d);
  Vector re = hn::Zero(d), im = re, re2 = re, im2 = re, both = re;
  std::size_t n = 0;
  for (; n + lanes <= count; n += lanes) {
    Vector a, b;
    hn::LoadInterleaved2(d, floats(samples + n), a, b);
    re = hn::Add(re, a);
    im = hn::Add(im, b);
    re2 = hn::MulAdd(a, a, re2);
    im2 = hn::MulAdd(b, b, im2);
    both = hn::MulAdd(a, b, both);
  }
  const Vector all[] = {re, im, re2, im2, both};
  for (std::size_t i = 0; i < 5; ++i) sums[i] = static_cast<double>(hn::GetLane(hn::SumOfLanes(d, all[i])));
  for (; n < count; ++n) {
    const double a = static_cast<double>(samples[n].real()), b = static_cast<double>(samples[n].imag());
    sums[0] += a;
    sums[1] += b;
    sums[2] += a * a;
    sums[3] += b * b;
    sums[4] += a * b;
  }
}

void mix(const std::complex<float>* in, const float* law, std::size_t count, std::complex<float>* out) {
  const Tag d;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t n = 0;
  for (; n + lanes <= count; n += lanes) {
    Vector re, im;
    hn::LoadInterleaved2(d, floats(in + n), re, im);
    const Vector a =
        hn::MulAdd(hn::Set(d, law[0]), re, hn::MulAdd(hn::Set(d, law[1]), im, hn::Set(d, law[2])));
    const Vector b =
        hn::MulAdd(hn::Set(d, law[3]), re, hn::MulAdd(hn::Set(d, law[4]), im, hn::Set(d, law[5])));
    hn::StoreInterleaved2(a, b, d, floats(out + n));
  }
  for (; n < count; ++n)
    out[n] = {law[0] * in[n].real() + law[1] * in[n].imag() + law[2],
              law[3] * in[n].real() + law[4] * in[n].imag() + law[5]};
}

#if HWY_TARGET == HWY_SCALAR
HWY_INLINE void dot(const float* x, const float* y, const float* taps, float* out_x, float* out_y) {
  float sums[4] = {};
  for (std::size_t k = 0; k < 2 * interpolator_taps; ++k) {
    sums[k % 2] += taps[k] * x[k];
    sums[2 + k % 2] += taps[k] * y[k];
  }
  std::copy_n(sums, 2, out_x);
  std::copy_n(sums + 2, 2, out_y);
}
#else
HWY_INLINE void dot(const float* x, const float* y, const float* taps, float* out_x, float* out_y) {
  const hn::FixedTag<float, 4> d;
  auto x0 = hn::Zero(d), x1 = x0, y0 = x0, y1 = x0;
  for (std::size_t k = 0; k < 2 * interpolator_taps; k += 8) {
    const auto low = hn::LoadU(d, taps + k), high = hn::LoadU(d, taps + k + 4);
    x0 = hn::MulAdd(low, hn::LoadU(d, x + k), x0);
    x1 = hn::MulAdd(high, hn::LoadU(d, x + k + 4), x1);
    y0 = hn::MulAdd(low, hn::LoadU(d, y + k), y0);
    y1 = hn::MulAdd(high, hn::LoadU(d, y + k + 4), y1);
  }
  const auto sum_x = hn::Add(x0, x1), sum_y = hn::Add(y0, y1);
  const hn::FixedTag<float, 2> half;
  hn::StoreU(hn::LowerHalf(half, hn::Add(sum_x, hn::Shuffle1032(sum_x))), half, out_x);
  hn::StoreU(hn::LowerHalf(half, hn::Add(sum_y, hn::Shuffle1032(sum_y))), half, out_y);
}
#endif

void resample(const std::complex<float>* x, const std::complex<float>* y, const float* table, double position,
              double step, std::size_t count, std::complex<float>* out_x, std::complex<float>* out_y) {
  constexpr double phases = static_cast<double>(interpolator_phases);
  for (std::size_t i = 0; i < count; ++i) {
    // Rounded to the nearest phase.
    const auto fine = static_cast<std::int64_t>((position + static_cast<double>(i) * step) * phases + 0.5);
    const auto whole = static_cast<std::size_t>(fine / static_cast<std::int64_t>(interpolator_phases));
    const auto phase = static_cast<std::size_t>(fine % static_cast<std::int64_t>(interpolator_phases));
    const std::size_t first = whole - (interpolator_taps / 2 - 1);
    dot(floats(x + first), floats(y + first), table + 2 * interpolator_taps * phase, floats(out_x + i),
        floats(out_y + i));
  }
}

void rotate_group(std::complex<float>* x, std::complex<float>* y, const float* table, float base_re,
                  float base_im, std::size_t count) {
  const Tag d;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t n = 0;
  for (; n + lanes <= count; n += lanes) {
    const Vector table_re = hn::LoadU(d, table + n), table_im = hn::LoadU(d, table + rotation_group + n);
    const Vector base_a = hn::Set(d, base_re), base_b = hn::Set(d, base_im);
    const Vector c = hn::NegMulAdd(table_im, base_b, hn::Mul(table_re, base_a));
    const Vector s = hn::MulAdd(table_re, base_b, hn::Mul(table_im, base_a));
    for (std::complex<float>* p : {x + n, y + n}) {
      Vector re, im;
      hn::LoadInterleaved2(d, floats(p), re, im);
      hn::StoreInterleaved2(hn::NegMulAdd(im, s, hn::Mul(re, c)), hn::MulAdd(re, s, hn::Mul(im, c)), d,
                            floats(p));
    }
  }
  for (; n < count; ++n) {
    const float c = table[n] * base_re - table[rotation_group + n] * base_im;
    const float s = table[n] * base_im + table[rotation_group + n] * base_re;
    for (std::complex<float>* p : {x + n, y + n})
      *p = {p->real() * c - p->imag() * s, p->real() * s + p->imag() * c};
  }
}

void split(const std::complex<float>* x, const std::complex<float>* y, std::size_t symbols,
           float* const* planes) {
  const Tag d;
  const std::size_t lanes = hn::Lanes(d);
  for (const std::complex<float>* from : {x, y}) {
    std::size_t k = 0;
    for (; k + lanes <= symbols; k += lanes) {
      Vector a, b, c, e;
      hn::LoadInterleaved4(d, floats(from + 2 * k), a, b, c, e);
      hn::StoreU(a, d, planes[0] + k);
      hn::StoreU(b, d, planes[1] + k);
      hn::StoreU(c, d, planes[2] + k);
      hn::StoreU(e, d, planes[3] + k);
    }
    for (; k < symbols; ++k) {
      planes[0][k] = from[2 * k].real();
      planes[1][k] = from[2 * k].imag();
      planes[2][k] = from[2 * k + 1].real();
      planes[3][k] = from[2 * k + 1].imag();
    }
    planes += 4;
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::coherent
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace waverack::coherent {

HWY_EXPORT(branches);
HWY_EXPORT(moments);
HWY_EXPORT(mix);
HWY_EXPORT(resample);
HWY_EXPORT(rotate_group);
HWY_EXPORT(split);

void filter_branches(const std::complex<float>* in, const float* taps, std::size_t tap_count,
                     std::size_t count, std::complex<float>* out) {
  HWY_DYNAMIC_DISPATCH(branches)(in, taps, tap_count, count, out);
}

std::array<double, 5> branch_moments(const std::complex<float>* in, std::size_t count) {
  std::array<double, 5> sums{};
  HWY_DYNAMIC_DISPATCH(moments)(in, count, sums.data());
  return sums;
}

void mix_branches(const std::complex<float>* in, const std::array<float, 6>& law, std::size_t count,
                  std::complex<float>* out) {
  HWY_DYNAMIC_DISPATCH(mix)(in, law.data(), count, out);
}

void interpolate(const std::complex<float>* x, const std::complex<float>* y, const float* table,
                 double position, double step, std::size_t count, std::complex<float>* out_x,
                 std::complex<float>* out_y) {
  HWY_DYNAMIC_DISPATCH(resample)(x, y, table, position, step, count, out_x, out_y);
}

void rotate(std::complex<float>* x, std::complex<float>* y, const float* table, std::complex<float> base,
            std::size_t count) {
  HWY_DYNAMIC_DISPATCH(rotate_group)(x, y, table, base.real(), base.imag(), count);
}

void split_planes(const std::complex<float>* x, const std::complex<float>* y, std::size_t symbols,
                  const std::array<float*, 8>& planes) {
  HWY_DYNAMIC_DISPATCH(split)(x, y, symbols, planes.data());
}

}  // namespace waverack::coherent
#endif
