#include "waverack/signal/fft.hpp"

#include <cassert>
#include <cstdint>

#include "waverack/signal/fft_targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "waverack/signal/fft.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

// Everything down to HWY_AFTER_NAMESPACE is compiled once for each instruction set. The order of operations
// is the same for all of them, and MulAdd is fused wherever the CPU can: that makes AVX2 and AVX-512 agree
// bit for bit.
HWY_BEFORE_NAMESPACE();
namespace waverack::signal {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Tag = hn::CappedTag<float, fft_lanes>;
using Vector = hn::Vec<Tag>;

constexpr std::size_t sample_floats = 2 * fft_lanes;  // one sample of all lanes

struct Complex {
  Vector re, im;
};

HWY_INLINE Complex operator+(Complex a, Complex b) { return {hn::Add(a.re, b.re), hn::Add(a.im, b.im)}; }
HWY_INLINE Complex operator-(Complex a, Complex b) { return {hn::Sub(a.re, b.re), hn::Sub(a.im, b.im)}; }
HWY_INLINE Complex times_minus_j(Complex a) { return {a.im, hn::Neg(a.re)}; }

// The inverse is the forward butterfly on samples with real and imaginary part exchanged.
template <bool inverse>
HWY_INLINE Complex load(const float* p) {
  const Tag d;
  const Vector first = hn::Load(d, p), second = hn::Load(d, p + fft_lanes);
  if constexpr (inverse) return {second, first};
  return {first, second};
}

template <bool inverse>
HWY_INLINE void store(Complex a, float* p) {
  const Tag d;
  hn::Store(inverse ? a.im : a.re, d, p);
  hn::Store(inverse ? a.re : a.im, d, p + fft_lanes);
}

// a·w, with w = (re, im) in memory.
HWY_INLINE Complex times(Complex a, const float* w) {
  const Tag d;
  const Vector re = hn::Set(d, w[0]), im = hn::Set(d, w[1]);
  return {hn::NegMulAdd(a.im, im, hn::Mul(a.re, re)), hn::MulAdd(a.re, im, hn::Mul(a.im, re))};
}

HWY_INLINE void dft2(Complex* x) {
  const Complex sum = x[0] + x[1], difference = x[0] - x[1];
  x[0] = sum;
  x[1] = difference;
}

HWY_INLINE void dft4(Complex& x0, Complex& x1, Complex& x2, Complex& x3) {
  const Complex a = x0 + x2, b = x0 - x2, c = x1 + x3, d = times_minus_j(x1 - x3);
  x0 = a + c;
  x1 = b + d;
  x2 = a - c;
  x3 = b - d;
}

HWY_INLINE void dft8(Complex* x) {
  const Vector half_root = hn::Set(Tag(), 0.70710678118654752f);
  Complex e0 = x[0] + x[4], e1 = x[1] + x[5], e2 = x[2] + x[6], e3 = x[3] + x[7];
  Complex o0 = x[0] - x[4], o1 = x[1] - x[5], o2 = x[2] - x[6], o3 = x[3] - x[7];
  // Times exp(−jπ/4), −j and exp(−j3π/4).
  o1 = {hn::Mul(half_root, hn::Add(o1.re, o1.im)), hn::Mul(half_root, hn::Sub(o1.im, o1.re))};
  o2 = times_minus_j(o2);
  o3 = {hn::Mul(half_root, hn::Sub(o3.im, o3.re)), hn::Neg(hn::Mul(half_root, hn::Add(o3.re, o3.im)))};
  dft4(e0, e1, e2, e3);
  dft4(o0, o1, o2, o3);
  x[0] = e0, x[1] = o0, x[2] = e1, x[3] = o1, x[4] = e2, x[5] = o2, x[6] = e3, x[7] = o3;
}

template <int radix>
HWY_INLINE void dft(Complex* x) {
  if constexpr (radix == 8)
    dft8(x);
  else if constexpr (radix == 4)
    dft4(x[0], x[1], x[2], x[3]);
  else
    dft2(x);
}

// One pass over a block: forward multiplies after the butterfly, inverse before it.
template <int radix, bool inverse>
HWY_INLINE void pass(float* block, std::size_t length, const float* twiddles) {
  const std::size_t part = length / radix, stride = part * sample_floats;
  for (std::size_t j = 0; j < part; ++j, twiddles += 2 * (radix - 1)) {
    for (std::size_t lane = 0; lane < fft_lanes; lane += hn::Lanes(Tag())) {
      float* p = block + j * sample_floats + lane;
      Complex x[radix];
      for (std::size_t k = 0; k < radix; ++k) x[k] = load<inverse>(p + k * stride);
      if constexpr (inverse)
        for (std::size_t k = 1; k < radix; ++k) x[k] = times(x[k], twiddles + 2 * (k - 1));
      dft<radix>(x);
      if constexpr (!inverse)
        for (std::size_t k = 1; k < radix; ++k) x[k] = times(x[k], twiddles + 2 * (k - 1));
      for (std::size_t k = 0; k < radix; ++k) store<inverse>(x[k], p + k * stride);
    }
  }
}

// The pass of the last stage, whose twiddles are all 1, over `count` blocks of `radix` samples.
template <int radix, bool inverse>
HWY_INLINE void last_pass(float* block, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i, block += radix * sample_floats) {
    for (std::size_t lane = 0; lane < fft_lanes; lane += hn::Lanes(Tag())) {
      Complex x[radix];
      for (std::size_t k = 0; k < radix; ++k) x[k] = load<inverse>(block + k * sample_floats + lane);
      dft<radix>(x);
      for (std::size_t k = 0; k < radix; ++k) store<inverse>(x[k], block + k * sample_floats + lane);
    }
  }
}

// Forward, times the spectrum, and back, while the samples are in registers.
template <int radix>
HWY_INLINE void last_filter(float* block, std::size_t count, const float* spectrum) {
  for (std::size_t i = 0; i < count; ++i, block += radix * sample_floats, spectrum += 2 * radix) {
    for (std::size_t lane = 0; lane < fft_lanes; lane += hn::Lanes(Tag())) {
      Complex x[radix];
      for (std::size_t k = 0; k < radix; ++k) x[k] = load<false>(block + k * sample_floats + lane);
      dft<radix>(x);
      for (std::size_t k = 0; k < radix; ++k) {
        const Complex y = times(x[k], spectrum + 2 * k);
        x[k] = {y.im, y.re};
      }
      dft<radix>(x);
      for (std::size_t k = 0; k < radix; ++k) store<true>(x[k], block + k * sample_floats + lane);
    }
  }
}

template <bool inverse>
HWY_NOINLINE void run_pass(const FftPlan::Stage& stage, float* block, const float* twiddles) {
  const auto length = static_cast<std::size_t>(stage.length);
  switch (stage.radix) {
    case 8:
      return pass<8, inverse>(block, length, twiddles + stage.twiddles);
    case 4:
      return pass<4, inverse>(block, length, twiddles + stage.twiddles);
    default:
      return pass<2, inverse>(block, length, twiddles + stage.twiddles);
  }
}

template <bool inverse>
HWY_NOINLINE void run_last_pass(int radix, float* block, std::size_t count) {
  switch (radix) {
    case 8:
      return last_pass<8, inverse>(block, count);
    case 4:
      return last_pass<4, inverse>(block, count);
    default:
      return last_pass<2, inverse>(block, count);
  }
}

HWY_NOINLINE void run_last_filter(int radix, float* block, std::size_t count, const float* spectrum) {
  switch (radix) {
    case 8:
      return last_filter<8>(block, count, spectrum);
    case 4:
      return last_filter<4>(block, count, spectrum);
    default:
      return last_filter<2>(block, count, spectrum);
  }
}

// Depth first: a part is finished while it is in the cache.
template <bool inverse>
void transform(const FftPlan::Stage* stage, int stages, float* block, const float* twiddles) {
  if (stages == 1) return run_last_pass<inverse>(stage->radix, block, 1);
  const auto radix = static_cast<std::size_t>(stage->radix), part = static_cast<std::size_t>(stage[1].length);
  if constexpr (!inverse) run_pass<false>(*stage, block, twiddles);
  if (stages == 2)
    run_last_pass<inverse>(stage[1].radix, block, radix);
  else
    for (std::size_t k = 0; k < radix; ++k)
      transform<inverse>(stage + 1, stages - 1, block + k * part * sample_floats, twiddles);
  if constexpr (inverse) run_pass<true>(*stage, block, twiddles);
}

void forward(const FftPlan::Stage* stage, int stages, float* data, const float* twiddles) {
  transform<false>(stage, stages, data, twiddles);
}

void backward(const FftPlan::Stage* stage, int stages, float* data, const float* twiddles) {
  transform<true>(stage, stages, data, twiddles);
}

void filter(const FftPlan::Stage* stage, int stages, float* block, const float* twiddles,
            const float* spectrum) {
  if (stages == 1) return run_last_filter(stage->radix, block, 1, spectrum);
  const auto radix = static_cast<std::size_t>(stage->radix), part = static_cast<std::size_t>(stage[1].length);
  run_pass<false>(*stage, block, twiddles);
  if (stages == 2)
    run_last_filter(stage[1].radix, block, radix, spectrum);
  else
    for (std::size_t k = 0; k < radix; ++k)
      filter(stage + 1, stages - 1, block + k * part * sample_floats, twiddles, spectrum + 2 * k * part);
  run_pass<true>(*stage, block, twiddles);
}

void multiply(std::size_t size, const float* spectrum, float* data) {
  for (std::size_t n = 0; n < size; ++n)
    for (std::size_t lane = 0; lane < fft_lanes; lane += hn::Lanes(Tag())) {
      float* p = data + n * sample_floats + lane;
      store<false>(times(load<false>(p), spectrum + 2 * n), p);
    }
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::signal
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace waverack::signal {

HWY_EXPORT(forward);
HWY_EXPORT(backward);
HWY_EXPORT(filter);
HWY_EXPORT(multiply);

namespace {

[[maybe_unused]] bool aligned(const float* data) { return reinterpret_cast<std::uintptr_t>(data) % 64 == 0; }

}  // namespace

void fft_forward(const FftPlan& plan, float* data) {
  assert(aligned(data));
  HWY_DYNAMIC_DISPATCH(forward)
  (plan.stages().data(), static_cast<int>(plan.stages().size()), data, plan.twiddles());
}

void fft_inverse(const FftPlan& plan, float* data) {
  assert(aligned(data));
  HWY_DYNAMIC_DISPATCH(backward)
  (plan.stages().data(), static_cast<int>(plan.stages().size()), data, plan.twiddles());
}

void fft_filter(const FftPlan& plan, std::span<const float> spectrum, float* data) {
  assert(aligned(data) && spectrum.size() == 2 * static_cast<std::size_t>(plan.size()));
  HWY_DYNAMIC_DISPATCH(filter)
  (plan.stages().data(), static_cast<int>(plan.stages().size()), data, plan.twiddles(), spectrum.data());
}

void multiply_spectrum(const FftPlan& plan, std::span<const float> spectrum, float* data) {
  assert(aligned(data) && spectrum.size() == 2 * static_cast<std::size_t>(plan.size()));
  HWY_DYNAMIC_DISPATCH(multiply)(static_cast<std::size_t>(plan.size()), spectrum.data(), data);
}

}  // namespace waverack::signal
#endif
