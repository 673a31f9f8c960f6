#include "waverack/signal/batch_kernels.hpp"

#include <cassert>

#include "waverack/signal/fft_targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "waverack/signal/batch_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "waverack/signal/root-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace waverack::signal {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Tag = hn::CappedTag<float, fft_lanes>;
using Vector = hn::Vec<Tag>;

constexpr std::size_t row_floats = batch_records;

struct Complex {
  Vector re, im;
};

HWY_INLINE Complex load(const float* p) { return {hn::Load(Tag(), p), hn::Load(Tag(), p + fft_lanes)}; }

HWY_INLINE void store(Complex a, float* p) {
  hn::Store(a.re, Tag(), p);
  hn::Store(a.im, Tag(), p + fft_lanes);
}

HWY_INLINE Complex times(Complex a, const float* w) {
  const Vector re = hn::Set(Tag(), w[0]), im = hn::Set(Tag(), w[1]);
  return {hn::NegMulAdd(a.im, im, hn::Mul(a.re, re)), hn::MulAdd(a.re, im, hn::Mul(a.im, re))};
}

// sum + a·w
HWY_INLINE Complex add_times(Complex sum, Complex a, const float* w) {
  const Vector re = hn::Set(Tag(), w[0]), im = hn::Set(Tag(), w[1]);
  return {hn::NegMulAdd(a.im, im, hn::MulAdd(a.re, re, sum.re)),
          hn::MulAdd(a.re, im, hn::MulAdd(a.im, re, sum.im))};
}

void levels_of(const float* levels, std::size_t count, std::size_t symbols, const std::uint8_t* in,
               float* out) {
  const Tag d;
  const hn::RebindToSigned<Tag> integers;
  const hn::Rebind<std::uint8_t, Tag> bytes;
  for (std::size_t i = 0; i < symbols; i += hn::Lanes(d)) {
    const auto symbol = hn::PromoteTo(integers, hn::LoadU(bytes, in + i));
    Vector level = hn::Set(d, levels[0]);
    for (std::size_t k = 1; k < count; ++k) {
      const auto reached = hn::Gt(symbol, hn::Set(integers, static_cast<std::int32_t>(k) - 1));
      level = hn::IfThenElse(hn::RebindMask(d, reached), hn::Set(d, levels[k]), level);
    }
    hn::Store(level, d, out + i);
  }
}

void spread(std::size_t rows, const std::int32_t* source, const float* spectrum, const float* in,
            float* out) {
  for (std::size_t p = 0; p < rows; ++p) {
    const float* from = in + row_floats * static_cast<std::size_t>(source[p]);
    for (std::size_t lane = 0; lane < fft_lanes; lane += hn::Lanes(Tag()))
      store(times(load(from + lane), spectrum + 2 * p), out + row_floats * p + lane);
  }
}

void add_spread(std::size_t rows, const std::int32_t* source, const float* spectrum, const float* in,
                float* out) {
  for (std::size_t p = 0; p < rows; ++p) {
    const float* from = in + row_floats * static_cast<std::size_t>(source[p]);
    for (std::size_t lane = 0; lane < fft_lanes; lane += hn::Lanes(Tag())) {
      float* to = out + row_floats * p + lane;
      store(add_times(load(to), load(from + lane), spectrum + 2 * p), to);
    }
  }
}

void fold(std::size_t rows, std::size_t ratio, const std::int32_t* sources, const float* spectrum,
          const float* in, float* out) {
  for (std::size_t q = 0; q < rows; ++q) {
    for (std::size_t lane = 0; lane < fft_lanes; lane += hn::Lanes(Tag())) {
      Complex sum{hn::Zero(Tag()), hn::Zero(Tag())};
      for (std::size_t i = q * ratio; i < (q + 1) * ratio; ++i)
        sum = add_times(sum, load(in + row_floats * static_cast<std::size_t>(sources[i]) + lane),
                        spectrum + 2 * i);
      store(sum, out + row_floats * q + lane);
    }
  }
}

void add_rows(std::size_t rows, const std::int32_t* targets, const float* amplitude, const float* normals,
              float* data) {
  const Tag d;
  for (std::size_t i = 0; i < rows; ++i) {
    float* row = data + row_floats * static_cast<std::size_t>(targets[i]);
    const float* from = normals + row_floats * i;
    const Vector a = hn::Set(d, amplitude[i]);
    for (std::size_t k = 0; k < row_floats; k += hn::Lanes(d))
      hn::Store(hn::MulAdd(a, hn::Load(d, from + k), hn::Load(d, row + k)), d, row + k);
  }
}

// Clenshaw's recurrence on four vectors at once, which hides its latency.
constexpr std::size_t chains = 4;

HWY_INLINE void clenshaw(const float* c, std::size_t count, const Vector* t, Vector* result) {
  const Tag d;
  Vector b1[chains], b2[chains], twice[chains];
  for (std::size_t i = 0; i < chains; ++i) {
    b1[i] = hn::Set(d, c[count - 1]);
    b2[i] = hn::Zero(d);
    twice[i] = hn::Add(t[i], t[i]);
  }
  for (std::size_t k = count - 1; k-- > 1;) {
    const Vector ck = hn::Set(d, c[k]);
    for (std::size_t i = 0; i < chains; ++i) {
      const Vector b = hn::MulAdd(twice[i], b1[i], hn::Sub(ck, b2[i]));
      b2[i] = b1[i];
      b1[i] = b;
    }
  }
  const Vector c0 = hn::Set(d, c[0]);
  for (std::size_t i = 0; i < chains; ++i) result[i] = hn::MulAdd(t[i], b1[i], hn::Sub(c0, b2[i]));
}

HWY_INLINE Vector place(Vector x, Vector scale, Vector offset) {
  const Tag d;
  return hn::Min(hn::Max(hn::MulAdd(x, scale, offset), hn::Set(d, -1.0f)), hn::Set(d, 1.0f));
}

void polynomial(const PolynomialLaw& law, std::size_t count, float* data) {
  const Tag d;
  const Vector scale = hn::Set(d, law.scale), offset = hn::Set(d, law.offset);
  const std::size_t width = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + chains * width <= count; i += chains * width) {
    Vector t[chains], y[chains];
    for (std::size_t k = 0; k < chains; ++k) t[k] = place(hn::Load(d, data + i + k * width), scale, offset);
    clenshaw(law.coefficients.data(), law.coefficients.size(), t, y);
    for (std::size_t k = 0; k < chains; ++k) hn::Store(y[k], d, data + i + k * width);
  }
  for (; i < count; i += width) {
    Vector t[chains], y[chains];
    for (std::size_t k = 0; k < chains; ++k) t[k] = place(hn::Load(d, data + i), scale, offset);
    clenshaw(law.coefficients.data(), law.coefficients.size(), t, y);
    hn::Store(y[0], d, data + i);
  }
}

// One half of the records to one complex batch.
void modulate_half(const PolynomialLaw& re, const PolynomialLaw& im, std::size_t rows, const float* in,
                   float* out) {
  const Tag d;
  const std::size_t width = hn::Lanes(d), vectors = fft_lanes / width;
  const PolynomialLaw* laws[2] = {&re, &im};
  // `chains` vectors are a whole number of rows, or a part of one; both are walked in the order of the lanes.
  const std::size_t total = rows * vectors;
  for (std::size_t v = 0; v < total; v += chains) {
    for (std::size_t part = 0; part < 2; ++part) {
      const PolynomialLaw& law = *laws[part];
      const Vector scale = hn::Set(d, law.scale), offset = hn::Set(d, law.offset);
      Vector t[chains], y[chains];
      for (std::size_t k = 0; k < chains; ++k) {
        const std::size_t index = v + k < total ? v + k : total - 1;
        t[k] = place(hn::Load(d, in + index / vectors * row_floats + index % vectors * width), scale, offset);
      }
      clenshaw(law.coefficients.data(), law.coefficients.size(), t, y);
      for (std::size_t k = 0; k < chains && v + k < total; ++k)
        hn::Store(y[k], d,
                  out + (v + k) / vectors * row_floats + part * fft_lanes + (v + k) % vectors * width);
    }
  }
}

void square(std::size_t rows, const float* low, const float* high, float* out) {
  const Tag d;
  for (std::size_t n = 0; n < rows; ++n)
    for (std::size_t lane = 0; lane < fft_lanes; lane += hn::Lanes(d)) {
      const Complex a = load(low + row_floats * n + lane), b = load(high + row_floats * n + lane);
      hn::Store(hn::MulAdd(a.re, a.re, hn::Mul(a.im, a.im)), d, out + row_floats * n + lane);
      hn::Store(hn::MulAdd(b.re, b.re, hn::Mul(b.im, b.im)), d, out + row_floats * n + fft_lanes + lane);
    }
}

void signal_noise(float square, float linear, float constant, std::size_t count, const float* normals,
                  float* data) {
  const Tag d;
  const Vector a = hn::Set(d, square), b = hn::Set(d, linear), c = hn::Set(d, constant);
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
    const Vector x = hn::Load(d, data + i);
    const Vector variance = hn::Max(hn::MulAdd(hn::MulAdd(a, x, b), x, c), hn::Zero(d));
    hn::Store(hn::MulAdd(fast_root(d, variance), hn::Load(d, normals + i), x), d, data + i);
  }
}

void scale_rows(float amplitude, std::size_t rows, const float* noise, std::size_t stride, float* field) {
  const Tag d;
  const Vector a = hn::Set(d, amplitude), one = hn::Set(d, 1.0f);
  for (std::size_t n = 0; n < rows; ++n)
    for (std::size_t lane = 0; lane < fft_lanes; lane += hn::Lanes(d)) {
      const Vector gain = hn::MulAdd(a, hn::Load(d, noise + stride * n + lane), one);
      float* p = field + row_floats * n + lane;
      const Complex e = load(p);
      store({hn::Mul(e.re, gain), hn::Mul(e.im, gain)}, p);
    }
}

HWY_INLINE std::size_t earlier(std::size_t n, int delay, std::size_t rows) {
  const auto d = static_cast<std::size_t>(delay);
  return n >= d ? n - d : n + rows - d;
}

void field_echoes(const Echo* echoes, std::size_t count, std::size_t half, std::size_t rows, const float* in,
                  float* out) {
  for (std::size_t n = 0; n < rows; ++n)
    for (std::size_t lane = 0; lane < fft_lanes; lane += hn::Lanes(Tag())) {
      Complex sum = load(in + row_floats * n + lane);
      for (std::size_t p = 0; p < count; ++p) {
        const Complex a = load(in + row_floats * earlier(n, echoes[p].delay, rows) + lane);
        const Vector re = hn::Load(Tag(), echoes[p].re.data() + half * fft_lanes + lane);
        const Vector im = hn::Load(Tag(), echoes[p].im.data() + half * fft_lanes + lane);
        sum.re = hn::NegMulAdd(a.im, im, hn::MulAdd(a.re, re, sum.re));
        sum.im = hn::MulAdd(a.re, im, hn::MulAdd(a.im, re, sum.im));
      }
      store(sum, out + row_floats * n + lane);
    }
}

void high_pass_rows(float share, float mean, std::size_t rows, float* state, float* data) {
  const Tag d;
  const Vector part = hn::Set(d, share), middle = hn::Set(d, mean);
  for (std::size_t n = 0; n < rows; ++n)
    for (std::size_t r = 0; r < row_floats; r += hn::Lanes(d)) {
      const Vector held = hn::Load(d, state + r);
      const Vector passed = hn::Sub(hn::Load(d, data + row_floats * n + r), held);
      hn::Store(passed, d, data + row_floats * n + r);
      hn::Store(hn::MulAdd(part, hn::Sub(passed, middle), held), d, state + r);
    }
}

void power_echoes(const Echo* echoes, std::size_t count, std::size_t rows, float mean, const float* in,
                  float* out) {
  const Tag d;
  const Vector middle = hn::Set(d, mean);
  for (std::size_t n = 0; n < rows; ++n)
    for (std::size_t r = 0; r < row_floats; r += hn::Lanes(d)) {
      Vector sum = hn::Load(d, in + row_floats * n + r);
      for (std::size_t p = 0; p < count; ++p) {
        const Vector x = hn::Load(d, in + row_floats * earlier(n, echoes[p].delay, rows) + r);
        sum = hn::MulAdd(hn::Load(d, echoes[p].re.data() + r), hn::Sub(x, middle), sum);
      }
      hn::Store(sum, d, out + row_floats * n + r);
    }
}

void power_beats(const Echo* echoes, std::size_t count, std::size_t rows, float dark, float* x, float* root) {
  const Tag d;
  const Vector floor = hn::Set(d, dark), two = hn::Set(d, 2.0f);
  for (std::size_t i = 0; i < rows * row_floats; i += hn::Lanes(d))
    hn::Store(hn::Sqrt(hn::Max(hn::Sub(hn::Load(d, x + i), floor), hn::Zero(d))), d, root + i);
  for (std::size_t n = 0; n < rows; ++n)
    for (std::size_t r = 0; r < row_floats; r += hn::Lanes(d)) {
      Vector sum = hn::Zero(d);
      for (std::size_t p = 0; p < count; ++p)
        sum = hn::MulAdd(hn::Load(d, echoes[p].re.data() + r),
                         hn::Load(d, root + row_floats * earlier(n, echoes[p].delay, rows) + r), sum);
      float* place = x + row_floats * n + r;
      hn::Store(hn::MulAdd(hn::Mul(two, hn::Load(d, root + row_floats * n + r)), sum, hn::Load(d, place)), d,
                place);
    }
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::signal
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace waverack::signal {

HWY_EXPORT(levels_of);
HWY_EXPORT(spread);
HWY_EXPORT(add_spread);
HWY_EXPORT(fold);
HWY_EXPORT(add_rows);
HWY_EXPORT(polynomial);
HWY_EXPORT(modulate_half);
HWY_EXPORT(square);
HWY_EXPORT(signal_noise);
HWY_EXPORT(scale_rows);
HWY_EXPORT(field_echoes);
HWY_EXPORT(high_pass_rows);
HWY_EXPORT(power_echoes);
HWY_EXPORT(power_beats);

void look_up_levels(std::span<const float> levels, std::span<const std::uint8_t> symbols, float* out) {
  assert(!levels.empty() && symbols.size() % batch_records == 0);
  HWY_DYNAMIC_DISPATCH(levels_of)(levels.data(), levels.size(), symbols.size(), symbols.data(), out);
}

void spread_spectrum(std::span<const std::int32_t> source, std::span<const float> spectrum, const float* in,
                     float* out) {
  assert(spectrum.size() == 2 * source.size());
  HWY_DYNAMIC_DISPATCH(spread)(source.size(), source.data(), spectrum.data(), in, out);
}

void add_spread_spectrum(std::span<const std::int32_t> source, std::span<const float> spectrum,
                         const float* in, float* out) {
  assert(spectrum.size() == 2 * source.size());
  HWY_DYNAMIC_DISPATCH(add_spread)(source.size(), source.data(), spectrum.data(), in, out);
}

void fold_spectrum(std::span<const std::int32_t> sources, std::span<const float> spectrum, int ratio,
                   const float* in, float* out) {
  assert(spectrum.size() == 2 * sources.size());
  const auto each = static_cast<std::size_t>(ratio);
  HWY_DYNAMIC_DISPATCH(fold)(sources.size() / each, each, sources.data(), spectrum.data(), in, out);
}

void add_to_rows(std::span<const std::int32_t> rows, std::span<const float> amplitude, const float* normals,
                 float* data) {
  HWY_DYNAMIC_DISPATCH(add_rows)(rows.size(), rows.data(), amplitude.data(), normals, data);
}

void apply_polynomial(const PolynomialLaw& law, std::size_t count, float* data) {
  assert(law.coefficients.size() >= 2 && count % batch_records == 0);
  HWY_DYNAMIC_DISPATCH(polynomial)(law, count, data);
}

void modulate(const PolynomialLaw& re, const PolynomialLaw& im, int rows, const float* in, float* low,
              float* high) {
  assert(re.coefficients.size() >= 2 && im.coefficients.size() >= 2);
  HWY_DYNAMIC_DISPATCH(modulate_half)(re, im, static_cast<std::size_t>(rows), in, low);
  HWY_DYNAMIC_DISPATCH(modulate_half)(re, im, static_cast<std::size_t>(rows), in + fft_lanes, high);
}

void detect(int rows, const float* low, const float* high, float* out) {
  HWY_DYNAMIC_DISPATCH(square)(static_cast<std::size_t>(rows), low, high, out);
}

void add_signal_noise(float square, float linear, float constant, std::size_t count, const float* normals,
                      float* data) {
  HWY_DYNAMIC_DISPATCH(signal_noise)(square, linear, constant, count, normals, data);
}

void high_pass(float share, float mean, int rows, float* state, float* data) {
  HWY_DYNAMIC_DISPATCH(high_pass_rows)(share, mean, static_cast<std::size_t>(rows), state, data);
}

void scale_field(float amplitude, int rows, const float* noise, std::size_t stride, float* field) {
  HWY_DYNAMIC_DISPATCH(scale_rows)(amplitude, static_cast<std::size_t>(rows), noise, stride, field);
}

void add_field_echoes(std::span<const Echo> echoes, int half, int rows, const float* in, float* out) {
  HWY_DYNAMIC_DISPATCH(field_echoes)
  (echoes.data(), echoes.size(), static_cast<std::size_t>(half), static_cast<std::size_t>(rows), in, out);
}

void add_power_echoes(std::span<const Echo> echoes, int rows, float mean, const float* in, float* out) {
  HWY_DYNAMIC_DISPATCH(power_echoes)
  (echoes.data(), echoes.size(), static_cast<std::size_t>(rows), mean, in, out);
}

void add_power_beats(std::span<const Echo> echoes, int rows, float dark, float* x, float* root) {
  HWY_DYNAMIC_DISPATCH(power_beats)
  (echoes.data(), echoes.size(), static_cast<std::size_t>(rows), dark, x, root);
}

}  // namespace waverack::signal
#endif
