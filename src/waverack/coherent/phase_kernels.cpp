#include "waverack/coherent/phase_kernels.hpp"

#include <algorithm>

#include "waverack/signal/fft_targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "waverack/coherent/phase_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace waverack::coherent {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Tag = hn::CappedTag<float, 16>;
using Vector = hn::Vec<Tag>;

constexpr float sixteenth = 0.31622776601683794f;   // half of the spacing of 16QAM of unit power
constexpr float quarter = 0.7071067811865476f;      // level of QPSK of unit power
constexpr float star_inner = 0.45970084338098307f;  // of 8QAM (constellation.hpp, star_levels)
constexpr float star_outer = 1.2559260603991815f;

// Distance of one coordinate from the nearest level, sign apart: levels ±a, ±3a or ±a lie symmetrically
// around ±2a or 0, so folding replaces the search.
template <Format format>
HWY_INLINE Vector offset(Vector v) {
  const Tag d;
  if constexpr (format == Format::qam16)
    return hn::Sub(hn::Abs(hn::Sub(hn::Abs(v), hn::Set(d, 2 * sixteenth))), hn::Set(d, sixteenth));
  return hn::Sub(hn::Abs(v), hn::Set(d, quarter));
}

template <Format format>
HWY_INLINE Vector distance(float re, float im, Vector cosine, Vector sine, Vector sum) {
  const Tag d;
  const Vector a = hn::Set(d, re), b = hn::Set(d, im);
  const Vector turned_re = hn::NegMulAdd(b, sine, hn::Mul(a, cosine));
  const Vector turned_im = hn::MulAdd(a, sine, hn::Mul(b, cosine));
  if constexpr (format == Format::qam8) {
    // In the first quadrant: one inner point on the diagonal, and the outer one on the axis that is nearer.
    const Vector u = hn::Abs(turned_re), v = hn::Abs(turned_im);
    const Vector inner_u = hn::Sub(u, hn::Set(d, star_inner)), inner_v = hn::Sub(v, hn::Set(d, star_inner));
    const Vector along = hn::Sub(hn::Max(u, v), hn::Set(d, star_outer)), across = hn::Min(u, v);
    const Vector inner = hn::MulAdd(inner_u, inner_u, hn::Mul(inner_v, inner_v));
    const Vector outer = hn::MulAdd(along, along, hn::Mul(across, across));
    return hn::Add(sum, hn::Min(inner, outer));
  } else {
    const Vector u = offset<format>(turned_re), v = offset<format>(turned_im);
    return hn::MulAdd(u, u, hn::MulAdd(v, v, sum));
  }
}

template <Format format>
void all_distances(const std::array<const float*, 4>& in, int polarisations, const float* rotations,
                   std::size_t phases, std::size_t symbols, float* distances) {
  const Tag d;
  for (std::size_t b = 0; b < phases; b += hn::Lanes(d)) {
    const Vector cosine = hn::LoadU(d, rotations + b), sine = hn::LoadU(d, rotations + phases + b);
    for (std::size_t k = 0; k < symbols; ++k) {
      Vector sum = distance<format>(in[0][k], in[1][k], cosine, sine, hn::Zero(d));
      if (polarisations == 2) sum = distance<format>(in[2][k], in[3][k], cosine, sine, sum);
      hn::StoreU(sum, d, distances + k * phases + b);
    }
  }
}

void distances_of(const std::array<const float*, 4>& in, int polarisations, Format format,
                  const float* rotations, std::size_t phases, std::size_t symbols, float* distances) {
  switch (format) {
    case Format::qpsk:
      return all_distances<Format::qpsk>(in, polarisations, rotations, phases, symbols, distances);
    case Format::qam8:
      return all_distances<Format::qam8>(in, polarisations, rotations, phases, symbols, distances);
    case Format::qam16:
      return all_distances<Format::qam16>(in, polarisations, rotations, phases, symbols, distances);
  }
}

// The index of a phase replaces the lowest six bits of its sum: the least of these integers carries it along.
void least(const float* distances, std::size_t phases, std::size_t symbols, std::size_t half,
           std::uint8_t* best) {
  const Tag d;
  const hn::RebindToSigned<Tag> integers;
  const std::size_t lanes = hn::Lanes(d);
  HWY_ALIGN float sums[most_test_phases];
  std::fill_n(sums, phases, 0.0f);
  for (std::size_t k = 0; k < 2 * half; ++k)
    for (std::size_t b = 0; b < phases; b += lanes)
      hn::Store(hn::Add(hn::Load(d, sums + b), hn::LoadU(d, distances + k * phases + b)), d, sums + b);
  for (std::size_t k = half; k + half < symbols; ++k) {
    const float* in = distances + (k + half) * phases;
    const float* out = distances + (k - half) * phases;
    auto smallest = hn::Set(integers, 0x7fffffff);
    for (std::size_t b = 0; b < phases; b += lanes) {
      const Vector sum = hn::Add(hn::Load(d, sums + b), hn::LoadU(d, in + b));
      // Rounding may leave a sum of many small terms below zero.
      const auto bits = hn::BitCast(integers, hn::Max(sum, hn::Zero(d)));
      const auto index = hn::Iota(integers, static_cast<std::int32_t>(b));
      smallest = hn::Min(smallest, hn::Or(hn::AndNot(hn::Set(integers, 63), bits), index));
      hn::Store(hn::Sub(sum, hn::LoadU(d, out + b)), d, sums + b);
    }
    best[k - half] = static_cast<std::uint8_t>(hn::GetLane(hn::MinOfLanes(integers, smallest)) & 63);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::coherent
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace waverack::coherent {

HWY_EXPORT(distances_of);
HWY_EXPORT(least);

void phase_distances(const std::array<const float*, 4>& in, int polarisations, Format format,
                     const float* rotations, std::size_t phases, std::size_t symbols, float* distances) {
  HWY_DYNAMIC_DISPATCH(distances_of)
  (in, polarisations, format, rotations, phases, symbols, distances);
}

void least_phases(const float* distances, std::size_t phases, std::size_t symbols, std::size_t half_window,
                  std::uint8_t* best) {
  HWY_DYNAMIC_DISPATCH(least)(distances, phases, symbols, half_window, best);
}

}  // namespace waverack::coherent
#endif
