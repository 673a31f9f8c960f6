#include "waverack/coherent/soft_demapper.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <numbers>

#include "waverack/coherent/constellation.hpp"
#include "waverack/signal/fft_targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "waverack/coherent/soft_demapper.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

// Everything down to HWY_AFTER_NAMESPACE is compiled once for each instruction set.
HWY_BEFORE_NAMESPACE();
namespace waverack::coherent {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Tag = hn::CappedTag<float, 16>;
using Vector = hn::Vec<Tag>;

constexpr float log2_e = 1.44269504f, ln_2 = 0.693147181f;

// 2^−x for x ≥ 0, within 8e-8 of it; beyond `most`, at most 126, that of `most`. The polynomial is that of
// Chebyshev's points.
HWY_INLINE Vector power_of_half(Vector x, float most = 126.0f) {
  const Tag d;
  const hn::RebindToSigned<Tag> i;
  const Vector bounded = hn::Min(x, hn::Set(d, most));
  const auto n = hn::NearestInt(bounded);
  const Vector f = hn::Sub(bounded, hn::ConvertTo(d, n));
  Vector p = hn::Set(d, -0.00133908634f);
  p = hn::MulAdd(p, f, hn::Set(d, 0.00967603192f));
  p = hn::MulAdd(p, f, hn::Set(d, -0.0555035711f));
  p = hn::MulAdd(p, f, hn::Set(d, 0.240221075f));
  p = hn::MulAdd(p, f, hn::Set(d, -0.693147188f));
  p = hn::MulAdd(p, f, hn::Set(d, 1.00000008f));
  return hn::BitCast(d, hn::Sub(hn::BitCast(i, p), hn::ShiftLeft<23>(n)));
}

// 2·artanh(v), |v| ≤ 1/3, within 1.2e-7: ln(a/b) of v = (a − b)/(a + b). Chebyshev's points in v².
HWY_INLINE Vector twice_artanh(Vector v) {
  const Tag d;
  const Vector s = hn::Mul(v, v);
  Vector p = hn::Set(d, 0.342036194f);
  p = hn::MulAdd(p, s, hn::Set(d, 0.395931857f));
  p = hn::MulAdd(p, s, hn::Set(d, 0.666758487f));
  p = hn::MulAdd(p, s, hn::Set(d, 1.99999968f));
  return hn::Mul(v, p);
}

// ln(a/b), a and b from 1e-37 to 1e37.
HWY_INLINE Vector log_of_ratio(Vector a, Vector b) {
  const Tag d;
  const hn::RebindToSigned<Tag> i;
  const auto of_a = hn::BitCast(i, a), of_b = hn::BitCast(i, b);
  const Vector doublings = hn::ConvertTo(d, hn::Sub(hn::ShiftRight<23>(of_a), hn::ShiftRight<23>(of_b)));
  const auto mantissa = [&](auto bits) {
    return hn::BitCast(d, hn::Or(hn::And(bits, hn::Set(i, 0x7FFFFF)), hn::Set(i, 0x3F800000)));
  };
  const Vector m = mantissa(of_a), n = mantissa(of_b);
  return hn::MulAdd(doublings, hn::Set(d, ln_2), twice_artanh(hn::Div(hn::Sub(m, n), hn::Add(m, n))));
}

// Four levels ±1, ±3 times h, eq. 14 to the base of 2: t = log2(e)·y·h/σ², c = log2(e)·4h²/σ², all_inner =
// 2^−c, or what is as small beside 1. One division serves both logarithms.
template <bool exact>
HWY_INLINE void four_levels(Vector t, Vector c, Vector all_inner, Vector& outer_sign, Vector& inner) {
  const Tag d;
  const Vector two = hn::Set(d, 2.0f), nats = hn::Set(d, ln_2);
  const Vector u2 = hn::Add(hn::Abs(t), hn::Abs(t));
  const Vector beyond = hn::Sub(u2, c);
  Vector size = hn::Mul(nats, hn::Add(u2, hn::Max(beyond, hn::Zero(d))));
  Vector ratio = hn::Mul(nats, beyond);
  if constexpr (exact) {
    // 2^−30 is nothing beside 1, and its cube and what is computed of it are still normal numbers: others are
    // slow.
    const Vector q = power_of_half(u2, 30.0f), e = power_of_half(hn::Abs(beyond), 30.0f);
    const Vector a = hn::Mul(q, all_inner), b = hn::Mul(hn::Mul(q, q), q);
    const Vector sum_a = hn::Add(two, hn::Add(a, e)), sum_b = hn::Add(two, hn::Add(b, q));
    const Vector inverse = hn::Div(hn::Set(d, 1.0f), hn::Mul(sum_a, sum_b));
    size = hn::Sub(size, twice_artanh(hn::Mul(hn::Mul(hn::Sub(a, e), sum_b), inverse)));
    ratio = hn::Add(ratio, twice_artanh(hn::Mul(hn::Mul(hn::Sub(b, q), sum_a), inverse)));
  }
  outer_sign = hn::CopySign(size, hn::Neg(t));
  inner = ratio;
}

template <bool exact>
void demap_square(std::size_t symbols, const float* in, float scale, float c, float all_inner, float* out) {
  const Tag d;
  const Vector factor = hn::Set(d, scale), offset = hn::Set(d, c), rest = hn::Set(d, all_inner);
  for (std::size_t i = 0; i < 2 * symbols; i += hn::Lanes(d)) {
    Vector first, second;
    four_levels<exact>(hn::Mul(hn::LoadU(d, in + i), factor), offset, rest, first, second);
    hn::StoreInterleaved2(first, second, d, out + 2 * i);
  }
}

void demap_16qam(bool exact, std::size_t symbols, const float* in, float scale, float c, float all_inner,
                 float* out) {
  if (exact)
    demap_square<true>(symbols, in, scale, c, all_inner, out);
  else
    demap_square<false>(symbols, in, scale, c, all_inner, out);
}

void scale_values(std::size_t count, const float* in, float factor, float* out) {
  const Tag d;
  const Vector f = hn::Set(d, factor);
  for (std::size_t i = 0; i < count; i += hn::Lanes(d))
    hn::StoreU(hn::Mul(hn::LoadU(d, in + i), f), d, out + i);
}

// Label k of a bit's value, the i-th of the four.
constexpr int label_of(int bit, int value, int i) {
  const int low = 2 - bit;  // place of the bit, from the least significant
  return (i >> low << (low + 1)) | (value << low) | (i & ((1 << low) - 1));
}

template <class Join>
HWY_INLINE Vector join_four(const Vector* values, int bit, int value, Join join) {
  const auto at = [&](int i) { return values[label_of(bit, value, i)]; };
  return join(join(at(0), at(1)), join(at(2), at(3)));
}

// `points`: 8 triples of what in-phase and quadrature part are multiplied by, and what is added, for
// logarithms of likelihoods to the base of 2.
template <bool exact>
HWY_INLINE void demap_eight(std::size_t symbols, const float* in, const float* points, float* out) {
  const Tag d;
  const auto most = [](Vector a, Vector b) { return hn::Max(a, b); };
  const auto sum = [](Vector a, Vector b) { return hn::Add(a, b); };
  for (std::size_t i = 0; i < symbols; i += hn::Lanes(d)) {
    Vector re, im, m[8], e[8], ratio[3];
    hn::LoadInterleaved2(d, in + 2 * i, re, im);
    for (int k = 0; k < 8; ++k)
      m[k] = hn::MulAdd(re, hn::Set(d, points[3 * k]),
                        hn::MulAdd(im, hn::Set(d, points[3 * k + 1]), hn::Set(d, points[3 * k + 2])));
    if constexpr (exact) {
      const Vector best = hn::Max(join_four(m, 0, 0, most), join_four(m, 0, 1, most));
      for (int k = 0; k < 8; ++k) e[k] = power_of_half(hn::Sub(best, m[k]));
    }
    for (int bit = 0; bit < 3; ++bit) {
      const Vector nearest =
          hn::Mul(hn::Set(d, ln_2), hn::Sub(join_four(m, bit, 0, most), join_four(m, bit, 1, most)));
      ratio[bit] = nearest;
      if constexpr (exact) {
        const Vector all = log_of_ratio(join_four(e, bit, 0, sum), join_four(e, bit, 1, sum));
        ratio[bit] = hn::IfThenElse(hn::Lt(hn::Abs(nearest), hn::Set(d, 60.0f)), all, nearest);
      }
    }
    hn::StoreInterleaved3(ratio[0], ratio[1], ratio[2], d, out + 3 * i);
  }
}

void demap_8qam(bool exact, std::size_t symbols, const float* in, const float* points, float* out) {
  if (exact)
    demap_eight<true>(symbols, in, points, out);
  else
    demap_eight<false>(symbols, in, points, out);
}

// Sums in float over `count` values, a multiple of 16, few enough for them.
double losses(std::size_t count, const float* ratios, const std::uint8_t* bits) {
  const Tag d;
  const hn::RebindToSigned<Tag> integers;
  const hn::Rebind<std::uint8_t, Tag> bytes;
  Vector sum = hn::Zero(d);
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
    const auto bit = hn::PromoteTo(integers, hn::LoadU(bytes, bits + i));
    const Vector sign = hn::BitCast(d, hn::ShiftLeft<31>(bit));
    const Vector z = hn::Xor(hn::LoadU(d, ratios + i), sign);
    const Vector e = power_of_half(hn::Mul(hn::Abs(z), hn::Set(d, log2_e)));
    // ln(1 + e) = 2·artanh(e/(2 + e))
    const Vector beyond = twice_artanh(hn::Div(e, hn::Add(hn::Set(d, 2.0f), e)));
    const Vector loss = hn::Add(hn::Max(hn::Neg(z), hn::Zero(d)), beyond);
    sum = hn::Add(sum, loss);
  }
  return hn::GetLane(hn::SumOfLanes(d, sum));
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::coherent
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace waverack::coherent {

HWY_EXPORT(demap_16qam);
HWY_EXPORT(demap_8qam);
HWY_EXPORT(scale_values);
HWY_EXPORT(losses);

namespace {

constexpr std::size_t group = 16;  // symbols; whole vectors of every instruction set

// Calls run(symbols, in, out) for whole groups, the last of them aside.
template <class Run>
void in_groups(std::span<const std::complex<float>> symbols, std::size_t bits, std::span<float> ratios,
               Run run) {
  const std::size_t whole = symbols.size() / group * group, rest = symbols.size() - whole;
  // A complex number is two floats (C++ standard, complex.numbers.general).
  if (whole > 0) run(whole, reinterpret_cast<const float*>(symbols.data()), ratios.data());
  if (rest == 0) return;
  std::array<std::complex<float>, group> in{};
  std::array<float, 4 * group> out;
  std::copy(symbols.begin() + static_cast<std::ptrdiff_t>(whole), symbols.end(), in.begin());
  run(group, reinterpret_cast<const float*>(in.data()), out.data());
  std::copy_n(out.begin(), rest * bits, ratios.begin() + static_cast<std::ptrdiff_t>(whole * bits));
}

}  // namespace

void demap(Format format, Demapping demapping, std::span<const std::complex<float>> symbols,
           float noise_variance, std::span<float> ratios) {
  const auto bits = static_cast<std::size_t>(bits_per_symbol(format));
  assert(ratios.size() == bits * symbols.size() && noise_variance > 0.0F);
  const double variance = 0.5 * noise_variance;  // of each part
  const bool exact = demapping == Demapping::exact;
  switch (format) {
    case Format::qpsk: {
      const auto factor = static_cast<float>(-std::sqrt(2.0) / variance);
      return in_groups(symbols, bits, ratios, [&](std::size_t count, const float* in, float* out) {
        HWY_DYNAMIC_DISPATCH(scale_values)(2 * count, in, factor, out);
      });
    }
    case Format::qam8: {
      std::array<float, 24> points;
      const Constellation& all = constellation(format);
      for (std::size_t k = 0; k < 8; ++k) {
        const std::complex<double> point = all.points[k] * (std::numbers::log2e / variance);
        points[3 * k] = static_cast<float>(point.real());
        points[3 * k + 1] = static_cast<float>(point.imag());
        points[3 * k + 2] =
            static_cast<float>(-0.5 * std::norm(all.points[k]) * std::numbers::log2e / variance);
      }
      return in_groups(symbols, bits, ratios, [&](std::size_t count, const float* in, float* out) {
        HWY_DYNAMIC_DISPATCH(demap_8qam)(exact, count, in, points.data(), out);
      });
    }
    case Format::qam16:
      break;
  }
  const double half = std::sqrt(0.1);
  const auto scale = static_cast<float>(std::numbers::log2e * half / variance);
  const double c = std::numbers::log2e * 4.0 * half * half / variance;
  const auto all_inner = static_cast<float>(std::exp2(-std::min(c, 60.0)));  // normal times 2^−30 as well
  in_groups(symbols, bits, ratios, [&](std::size_t count, const float* in, float* out) {
    HWY_DYNAMIC_DISPATCH(demap_16qam)(exact, count, in, scale, static_cast<float>(c), all_inner, out);
  });
}

double information_loss(std::span<const float> ratios, std::span<const std::uint8_t> bits) {
  assert(ratios.size() == bits.size());
  constexpr std::size_t block = 1024;
  double sum = 0.0;
  std::size_t i = 0;
  while (i + group <= ratios.size()) {
    const std::size_t count = std::min(block, (ratios.size() - i) / group * group);
    sum += HWY_DYNAMIC_DISPATCH(losses)(count, ratios.data() + i, bits.data() + i);
    i += count;
  }
  if (i < ratios.size()) {
    // Bits that are certain lose nothing.
    std::array<float, group> certain;
    std::array<std::uint8_t, group> sent{};
    certain.fill(1e9F);
    std::copy(ratios.begin() + static_cast<std::ptrdiff_t>(i), ratios.end(), certain.begin());
    std::copy(bits.begin() + static_cast<std::ptrdiff_t>(i), bits.end(), sent.begin());
    sum += HWY_DYNAMIC_DISPATCH(losses)(group, certain.data(), sent.data());
  }
  return sum;
}

}  // namespace waverack::coherent
#endif
