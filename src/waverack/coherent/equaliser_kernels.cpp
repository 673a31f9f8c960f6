#include "waverack/coherent/equaliser_kernels.hpp"

#include "waverack/signal/fft_targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "waverack/coherent/equaliser_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace waverack::coherent {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Tag = hn::CappedTag<float, 16>;
using Vector = hn::Vec<Tag>;

struct Complex {
  Vector re, im;
};

HWY_INLINE Complex zero() { return {hn::Zero(Tag()), hn::Zero(Tag())}; }

HWY_INLINE void add_product(Complex& sum, Complex a, const float* w) {
  const Vector re = hn::Set(Tag(), w[0]), im = hn::Set(Tag(), w[1]);
  sum.re = hn::NegMulAdd(a.im, im, hn::MulAdd(a.re, re, sum.re));
  sum.im = hn::MulAdd(a.re, im, hn::MulAdd(a.im, re, sum.im));
}

// sum + a·conj(b)
HWY_INLINE void add_conjugate(Complex& sum, Complex a, Complex b) {
  sum.re = hn::MulAdd(a.im, b.im, hn::MulAdd(a.re, b.re, sum.re));
  sum.im = hn::NegMulAdd(a.re, b.im, hn::MulAdd(a.im, b.re, sum.im));
}

HWY_INLINE Complex load(const Planes& in, std::size_t plane, std::size_t at) {
  return {hn::LoadU(Tag(), in[plane] + at), hn::LoadU(Tag(), in[plane + 1] + at)};
}

void filter(const Planes& in, const float* taps, std::size_t tap_count, std::size_t symbols,
            const std::array<float*, 4>& out) {
  const Tag d;
  const std::size_t lanes = hn::Lanes(d);
  for (std::size_t k = 0; k < symbols; k += 2 * lanes) {
    // Two vectors of symbols hide the latency of the sums.
    Complex x0 = zero(), y0 = zero(), x1 = zero(), y1 = zero();
    for (std::size_t i = 0; i < tap_count; ++i) {
      const std::size_t plane = 2 * (i % 2), at = k + i / 2;
      const float* w = taps + 8 * i;
      const Complex ax0 = load(in, plane, at), ay0 = load(in, plane + 4, at);
      const Complex ax1 = load(in, plane, at + lanes), ay1 = load(in, plane + 4, at + lanes);
      add_product(x0, ax0, w);
      add_product(x1, ax1, w);
      add_product(x0, ay0, w + 2);
      add_product(x1, ay1, w + 2);
      add_product(y0, ax0, w + 4);
      add_product(y1, ax1, w + 4);
      add_product(y0, ay0, w + 6);
      add_product(y1, ay1, w + 6);
    }
    const Vector results[] = {x0.re, x0.im, y0.re, y0.im, x1.re, x1.im, y1.re, y1.im};
    for (std::size_t part = 0; part < 8; ++part)
      hn::StoreU(results[part], d, out[part % 4] + k + (part / 4) * lanes);
  }
}

HWY_INLINE void store_sum(Complex sum, float* out) {
  out[0] = hn::GetLane(hn::SumOfLanes(Tag(), sum.re));
  out[1] = hn::GetLane(hn::SumOfLanes(Tag(), sum.im));
}

void gradient(const Planes& in, const std::array<const float*, 4>& error, std::size_t tap_count,
              std::size_t symbols, float* out) {
  const std::size_t lanes = hn::Lanes(Tag());
  for (std::size_t i = 0; i < tap_count; ++i) {
    const std::size_t plane = 2 * (i % 2), shift = i / 2;
    Complex xx = zero(), xy = zero(), yx = zero(), yy = zero();
    for (std::size_t k = 0; k < symbols; k += lanes) {
      const Complex ax = load(in, plane, k + shift), ay = load(in, plane + 4, k + shift);
      const Complex ex{hn::LoadU(Tag(), error[0] + k), hn::LoadU(Tag(), error[1] + k)};
      const Complex ey{hn::LoadU(Tag(), error[2] + k), hn::LoadU(Tag(), error[3] + k)};
      add_conjugate(xx, ex, ax);
      add_conjugate(xy, ex, ay);
      add_conjugate(yx, ey, ax);
      add_conjugate(yy, ey, ay);
    }
    store_sum(xx, out + 8 * i);
    store_sum(xy, out + 8 * i + 2);
    store_sum(yx, out + 8 * i + 4);
    store_sum(yy, out + 8 * i + 6);
  }
}

HWY_INLINE Vector energy_of(Complex a) { return hn::MulAdd(a.re, a.re, hn::Mul(a.im, a.im)); }

void correlate(const std::array<const float*, 4>& in, const float* words, std::size_t length,
               std::size_t places, float* energy) {
  const Tag d;
  for (std::size_t k = 0; k < places; k += hn::Lanes(d)) {
    Complex xx = zero(), xy = zero(), yx = zero(), yy = zero();
    for (std::size_t j = 0; j < length; ++j) {
      const Complex ax{hn::LoadU(d, in[0] + k + j), hn::LoadU(d, in[1] + k + j)};
      const Complex ay{hn::LoadU(d, in[2] + k + j), hn::LoadU(d, in[3] + k + j)};
      const float* w = words + 4 * j;
      const Complex wx{hn::Set(d, w[0]), hn::Set(d, w[1])}, wy{hn::Set(d, w[2]), hn::Set(d, w[3])};
      add_conjugate(xx, ax, wx);
      add_conjugate(xy, ax, wy);
      add_conjugate(yx, ay, wx);
      add_conjugate(yy, ay, wy);
    }
    const Vector sum = hn::Add(hn::Add(energy_of(xx), energy_of(xy)), hn::Add(energy_of(yx), energy_of(yy)));
    hn::StoreU(sum, d, energy + k);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::coherent
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace waverack::coherent {

HWY_EXPORT(filter);
HWY_EXPORT(gradient);
HWY_EXPORT(correlate);

void equalise(const Planes& in, const float* taps, std::size_t tap_count, std::size_t symbols,
              const std::array<float*, 4>& out) {
  HWY_DYNAMIC_DISPATCH(filter)(in, taps, tap_count, symbols, out);
}

void equaliser_gradient(const Planes& in, const std::array<const float*, 4>& error, std::size_t tap_count,
                        std::size_t symbols, float* out) {
  HWY_DYNAMIC_DISPATCH(gradient)(in, error, tap_count, symbols, out);
}

void correlate_words(const std::array<const float*, 4>& in, const float* words, std::size_t length,
                     std::size_t places, float* energy) {
  HWY_DYNAMIC_DISPATCH(correlate)(in, words, length, places, energy);
}

}  // namespace waverack::coherent
#endif
