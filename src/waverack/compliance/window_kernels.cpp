#include "waverack/compliance/window_kernels.hpp"

#include <algorithm>

#include "waverack/signal/fft_targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "waverack/compliance/window_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "waverack/signal/normal_steps-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace waverack::compliance {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// What does not fill a vector is done one value at a time.

template <class Tag>
struct Place {
  hn::Vec<hn::RebindToSigned<Tag>> bin;
  hn::Vec<Tag> beyond;
};

template <class Tag>
HWY_INLINE Place<Tag> place_of(Tag d, hn::Vec<Tag> y, const AmplitudeGrid& grid) {
  const auto last = hn::Set(d, static_cast<float>(grid.bins) - 1.001f);
  const auto at = hn::Min(
      hn::Max(hn::Mul(hn::Sub(y, hn::Set(d, grid.start)), hn::Set(d, grid.bins_per_unit)), hn::Zero(d)),
      last);
  const auto bin = hn::ConvertTo(hn::RebindToSigned<Tag>(), at);
  return {bin, hn::Sub(at, hn::ConvertTo(d, bin))};
}

template <class Tag>
HWY_INLINE void equalise_from(Tag d, std::size_t k, const float* x, const float* taps, std::size_t tap_count,
                              const AmplitudeGrid& grid, float* y, std::int32_t* bin, float* beyond) {
  auto sum = hn::Zero(d);
  for (std::size_t i = 0; i < tap_count; ++i)
    sum = hn::Add(sum, hn::Mul(hn::Set(d, taps[i]), hn::LoadU(d, x + k - i)));
  const Place<Tag> place = place_of(d, sum, grid);
  hn::StoreU(sum, d, y + k);
  hn::StoreU(place.bin, hn::RebindToSigned<Tag>(), bin + k);
  hn::StoreU(place.beyond, d, beyond + k);
}

void equalise(const float* x, const float* taps, std::size_t tap_count, std::size_t count,
              const AmplitudeGrid& grid, float* y, std::int32_t* bin, float* beyond) {
  const hn::ScalableTag<float> d;
  const hn::CappedTag<float, 1> one;
  std::size_t k = 0;
  for (; k + hn::Lanes(d) <= count; k += hn::Lanes(d))
    equalise_from(d, k, x, taps, tap_count, grid, y, bin, beyond);
  for (; k < count; ++k) equalise_from(one, k, x, taps, tap_count, grid, y, bin, beyond);
}

template <class Tag>
HWY_INLINE void look_up_from(Tag d, std::size_t k, const float* tables, const AmplitudeGrid& grid,
                             const float* y, const std::uint8_t* classes, float* out) {
  const hn::RebindToSigned<Tag> integers;
  const hn::Rebind<std::uint8_t, Tag> bytes;
  const Place<Tag> place = place_of(d, hn::LoadU(d, y + k), grid);
  auto index = place.bin;
  if (classes)
    index = hn::Add(
        index, hn::Mul(hn::PromoteTo(integers, hn::LoadU(bytes, classes + k)), hn::Set(integers, grid.bins)));
  const auto low = hn::GatherIndex(d, tables, index), high = hn::GatherIndex(d, tables + 1, index);
  hn::StoreU(hn::MulAdd(place.beyond, hn::Sub(high, low), low), d, out + k);
}

void look_up(const float* tables, const AmplitudeGrid& grid, const float* y, const std::uint8_t* classes,
             std::size_t count, float* out) {
  const hn::ScalableTag<float> d;
  const hn::CappedTag<float, 1> one;
  std::size_t k = 0;
  for (; k + hn::Lanes(d) <= count; k += hn::Lanes(d)) look_up_from(d, k, tables, grid, y, classes, out);
  for (; k < count; ++k) look_up_from(one, k, tables, grid, y, classes, out);
}

void correlate(const float* weights, const float* x, std::size_t count, std::size_t tap_count, double* sums) {
  const hn::ScalableTag<float> d;
  const std::size_t lanes = hn::Lanes(d);
  for (std::size_t i = 0; i < tap_count; ++i) {
    const float* from = x - i;
    auto a = hn::Zero(d), b = hn::Zero(d);
    std::size_t k = 0;
    for (; k + 2 * lanes <= count; k += 2 * lanes) {
      a = hn::MulAdd(hn::LoadU(d, weights + k), hn::LoadU(d, from + k), a);
      b = hn::MulAdd(hn::LoadU(d, weights + k + lanes), hn::LoadU(d, from + k + lanes), b);
    }
    double sum = static_cast<double>(hn::GetLane(hn::SumOfLanes(d, hn::Add(a, b))));
    for (; k < count; ++k) sum += static_cast<double>(weights[k] * from[k]);
    sums[i] += sum;
  }
}

BinSums sum_of_bins(const float* mass, const double* below, double base, double sign, std::size_t count,
                    double z, double h, double phi) {
  using Steps = signal::HWY_NAMESPACE::NormalSteps;
  const Steps::Tag d;
  const hn::Rebind<float, Steps::Tag> floats;
  Steps normal(z, h, phi);
  auto tails = hn::Zero(d), slopes = hn::Zero(d);
  for (std::size_t i = 0; i < count; i += hn::Lanes(d)) {
    const auto inside = hn::FirstN(d, count - i);
    const auto m = hn::IfThenElseZero(inside, hn::PromoteTo(d, hn::LoadU(floats, mass + i)));
    const auto n = hn::IfThenElseZero(
        inside, hn::Mul(hn::Sub(hn::LoadU(d, below + i), hn::Set(d, base)), hn::Set(d, sign)));
    const auto even = normal.even(), odd = normal.odd();
    tails = hn::MulAdd(normal.density(), hn::MulAdd(hn::Add(even, even), n, hn::Mul(hn::Sub(even, odd), m)),
                       tails);
    slopes = hn::MulAdd(hn::Mul(normal.density(), normal.z()), m, slopes);
    normal.next();
  }
  return {hn::GetLane(hn::SumOfLanes(d, tails)), hn::GetLane(hn::SumOfLanes(d, slopes))};
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::compliance
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace waverack::compliance {

HWY_EXPORT(equalise);
HWY_EXPORT(look_up);
HWY_EXPORT(correlate);
HWY_EXPORT(sum_of_bins);

void equalise_run(const float* x, const float* taps, std::size_t tap_count, std::size_t count,
                  const AmplitudeGrid& grid, float* y, std::int32_t* bin, float* beyond) {
  HWY_DYNAMIC_DISPATCH(equalise)(x, taps, tap_count, count, grid, y, bin, beyond);
}

void look_up_run(const float* tables, const AmplitudeGrid& grid, const float* y, const std::uint8_t* classes,
                 std::size_t count, float* out) {
  HWY_DYNAMIC_DISPATCH(look_up)(tables, grid, y, classes, count, out);
}

void correlate_run(const float* weights, const float* x, std::size_t count, std::size_t tap_count,
                   double* sums) {
  HWY_DYNAMIC_DISPATCH(correlate)(weights, x, count, tap_count, sums);
}

BinSums sum_bins(const float* mass, const double* below, double base, double sign, std::size_t count,
                 double z, double h, double phi) {
  return HWY_DYNAMIC_DISPATCH(sum_of_bins)(mass, below, base, sign, count, z, h, phi);
}

}  // namespace waverack::compliance
#endif
