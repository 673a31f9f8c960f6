#include "waverack/signal/fft_lanes.hpp"

#include "waverack/signal/fft_targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "waverack/signal/fft_lanes.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

// Four records and four samples make a square that is transposed in registers; whatever is left over at the
// end of the records, and everything on a CPU without vectors, goes one by one.
HWY_BEFORE_NAMESPACE();
namespace waverack::signal {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t sample_floats = 2 * fft_lanes;

using ConstReal = const float* const*;
using ConstComplex = const std::complex<float>* const*;
using Real = float* const*;
using Complex = std::complex<float>* const*;

#if HWY_TARGET == HWY_SCALAR
std::size_t gather_squares(const void*, std::size_t, float*) { return 0; }
std::size_t scatter_squares(const float*, std::size_t, const void*) { return 0; }
#else
using Tag = hn::CappedTag<float, 4>;
using Vector = hn::Vec<Tag>;

HWY_INLINE void transpose(Vector& a, Vector& b, Vector& c, Vector& d) {
  const Tag tag;
  const Vector ab_low = hn::InterleaveLower(tag, a, b), ab_high = hn::InterleaveUpper(tag, a, b);
  const Vector cd_low = hn::InterleaveLower(tag, c, d), cd_high = hn::InterleaveUpper(tag, c, d);
  a = hn::ConcatLowerLower(tag, cd_low, ab_low);
  b = hn::ConcatUpperUpper(tag, cd_low, ab_low);
  c = hn::ConcatLowerLower(tag, cd_high, ab_high);
  d = hn::ConcatUpperUpper(tag, cd_high, ab_high);
}

HWY_INLINE void store_rows(Vector a, Vector b, Vector c, Vector d, float* out) {
  const Tag tag;
  hn::Store(a, tag, out);
  hn::Store(b, tag, out + sample_floats);
  hn::Store(c, tag, out + 2 * sample_floats);
  hn::Store(d, tag, out + 3 * sample_floats);
}

HWY_INLINE void load_rows(const float* in, Vector& a, Vector& b, Vector& c, Vector& d) {
  const Tag tag;
  a = hn::Load(tag, in);
  b = hn::Load(tag, in + sample_floats);
  c = hn::Load(tag, in + 2 * sample_floats);
  d = hn::Load(tag, in + 3 * sample_floats);
}

// The squares return how many samples they did.
std::size_t gather_squares(ConstReal records, std::size_t count, float* data) {
  const Tag tag;
  std::size_t n = 0;
  for (; n + 4 <= count; n += 4)
    for (std::size_t r = 0; r < 2 * fft_lanes; r += 4) {
      Vector a = hn::LoadU(tag, records[r] + n), b = hn::LoadU(tag, records[r + 1] + n);
      Vector c = hn::LoadU(tag, records[r + 2] + n), d = hn::LoadU(tag, records[r + 3] + n);
      transpose(a, b, c, d);
      store_rows(a, b, c, d, data + n * sample_floats + r);
    }
  return n;
}

std::size_t scatter_squares(const float* data, std::size_t count, Real records) {
  const Tag tag;
  std::size_t n = 0;
  for (; n + 4 <= count; n += 4)
    for (std::size_t r = 0; r < 2 * fft_lanes; r += 4) {
      Vector a, b, c, d;
      load_rows(data + n * sample_floats + r, a, b, c, d);
      transpose(a, b, c, d);
      hn::StoreU(a, tag, records[r] + n);
      hn::StoreU(b, tag, records[r + 1] + n);
      hn::StoreU(c, tag, records[r + 2] + n);
      hn::StoreU(d, tag, records[r + 3] + n);
    }
  return n;
}

// A complex number is two floats in a row by the C++ standard ([complex.numbers]).
HWY_INLINE const float* floats(const std::complex<float>* p) { return reinterpret_cast<const float*>(p); }
HWY_INLINE float* floats(std::complex<float>* p) { return reinterpret_cast<float*>(p); }

std::size_t gather_squares(ConstComplex records, std::size_t count, float* data) {
  const Tag tag;
  std::size_t n = 0;
  for (; n + 4 <= count; n += 4)
    for (std::size_t r = 0; r < fft_lanes; r += 4) {
      Vector re[4], im[4];
      for (std::size_t i = 0; i < 4; ++i) hn::LoadInterleaved2(tag, floats(records[r + i] + n), re[i], im[i]);
      transpose(re[0], re[1], re[2], re[3]);
      transpose(im[0], im[1], im[2], im[3]);
      float* out = data + n * sample_floats + r;
      store_rows(re[0], re[1], re[2], re[3], out);
      store_rows(im[0], im[1], im[2], im[3], out + fft_lanes);
    }
  return n;
}

std::size_t scatter_squares(const float* data, std::size_t count, Complex records) {
  const Tag tag;
  std::size_t n = 0;
  for (; n + 4 <= count; n += 4)
    for (std::size_t r = 0; r < fft_lanes; r += 4) {
      Vector re[4], im[4];
      const float* in = data + n * sample_floats + r;
      load_rows(in, re[0], re[1], re[2], re[3]);
      load_rows(in + fft_lanes, im[0], im[1], im[2], im[3]);
      transpose(re[0], re[1], re[2], re[3]);
      transpose(im[0], im[1], im[2], im[3]);
      for (std::size_t i = 0; i < 4; ++i)
        hn::StoreInterleaved2(re[i], im[i], tag, floats(records[r + i] + n));
    }
  return n;
}
#endif

void gather_real(ConstReal records, std::size_t count, float* data) {
  for (std::size_t n = gather_squares(records, count, data); n < count; ++n)
    for (std::size_t r = 0; r < 2 * fft_lanes; ++r) data[n * sample_floats + r] = records[r][n];
}

void scatter_real(const float* data, std::size_t count, Real records) {
  for (std::size_t n = scatter_squares(data, count, records); n < count; ++n)
    for (std::size_t r = 0; r < 2 * fft_lanes; ++r) records[r][n] = data[n * sample_floats + r];
}

void gather_complex(ConstComplex records, std::size_t count, float* data) {
  for (std::size_t n = gather_squares(records, count, data); n < count; ++n)
    for (std::size_t r = 0; r < fft_lanes; ++r) {
      data[n * sample_floats + r] = records[r][n].real();
      data[n * sample_floats + fft_lanes + r] = records[r][n].imag();
    }
}

void scatter_complex(const float* data, std::size_t count, Complex records) {
  for (std::size_t n = scatter_squares(data, count, records); n < count; ++n)
    for (std::size_t r = 0; r < fft_lanes; ++r)
      records[r][n] = {data[n * sample_floats + r], data[n * sample_floats + fft_lanes + r]};
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::signal
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace waverack::signal {

HWY_EXPORT(gather_real);
HWY_EXPORT(scatter_real);
HWY_EXPORT(gather_complex);
HWY_EXPORT(scatter_complex);

void gather_lanes(std::span<const float* const, 2 * fft_lanes> records, int count, float* data) {
  HWY_DYNAMIC_DISPATCH(gather_real)(records.data(), static_cast<std::size_t>(count), data);
}

void scatter_lanes(const float* data, int count, std::span<float* const, 2 * fft_lanes> records) {
  HWY_DYNAMIC_DISPATCH(scatter_real)(data, static_cast<std::size_t>(count), records.data());
}

void gather_lanes(std::span<const std::complex<float>* const, fft_lanes> records, int count, float* data) {
  HWY_DYNAMIC_DISPATCH(gather_complex)(records.data(), static_cast<std::size_t>(count), data);
}

void scatter_lanes(const float* data, int count, std::span<std::complex<float>* const, fft_lanes> records) {
  HWY_DYNAMIC_DISPATCH(scatter_complex)(data, static_cast<std::size_t>(count), records.data());
}

}  // namespace waverack::signal
#endif
