#include "waverack/coherent/dual_batch.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/signal/fast_random.hpp"
#include "waverack/signal/fft_lanes.hpp"
#include "waverack/signal/fft_targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "waverack/coherent/dual_batch.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

// Everything down to HWY_AFTER_NAMESPACE is compiled once for each instruction set; the order of operations
// is the same for all of them (see signal/fft.cpp).
HWY_BEFORE_NAMESPACE();
namespace waverack::coherent {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// Eight lanes: one polarisation, so that the other lies one vector further on every CPU.
using Tag = hn::CappedTag<float, batch_records>;
using Vector = hn::Vec<Tag>;

constexpr std::size_t row_floats = 2 * signal::fft_lanes;

struct Complex {
  Vector re, im;
};

HWY_INLINE Complex load(const float* p) {
  return {hn::Load(Tag(), p), hn::Load(Tag(), p + signal::fft_lanes)};
}

HWY_INLINE void store(Complex a, float* p) {
  hn::Store(a.re, Tag(), p);
  hn::Store(a.im, Tag(), p + signal::fft_lanes);
}

// a·w, with w = (re, im) in memory.
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

HWY_INLINE Complex conjugate(Complex a) { return {a.re, hn::Neg(a.im)}; }

// a·conj(w)
HWY_INLINE Complex times_conjugate(Complex a, const float* w) {
  const Vector re = hn::Set(Tag(), w[0]), im = hn::Set(Tag(), w[1]);
  return {hn::MulAdd(a.im, im, hn::Mul(a.re, re)), hn::NegMulAdd(a.re, im, hn::Mul(a.im, re))};
}

void multiply_diagonal(std::size_t rows, const float* values, float* data) {
  for (std::size_t p = 0; p < rows; ++p, values += 4)
    for (std::size_t lane = 0; lane < batch_records; lane += hn::Lanes(Tag())) {
      float* x = data + row_floats * p + lane;
      float* y = x + batch_records;
      store(times(load(x), values), x);
      store(times(load(y), values + 2), y);
    }
}

void multiply_matrix(std::size_t rows, const float* values, float* data) {
  for (std::size_t p = 0; p < rows; ++p, values += 8)
    for (std::size_t lane = 0; lane < batch_records; lane += hn::Lanes(Tag())) {
      float* x = data + row_floats * p + lane;
      float* y = x + batch_records;
      const Complex a = load(x), b = load(y);
      store(add_times(times(a, values), b, values + 2), x);
      store(add_times(times(a, values + 4), b, values + 6), y);
    }
}

// Positions p and m of opposite frequencies: Z_p ← S·Z_p + D·Z_m*, Z_m ← S*·Z_m + (D·Z_p)*.
void multiply_branches(std::size_t rows, const int* mirror, const float* values, float* data) {
  for (std::size_t p = 0; p < rows; ++p, values += 8) {
    const auto m = static_cast<std::size_t>(mirror[p]);
    if (m < p) continue;
    for (std::size_t half = 0; half < 2; ++half)
      for (std::size_t lane = 0; lane < batch_records; lane += hn::Lanes(Tag())) {
        const std::size_t offset = half * batch_records + lane;
        float *at = data + row_floats * p + offset, *opposite = data + row_floats * m + offset;
        const float *sum = values + 4 * half, *difference = sum + 2;
        const Complex a = load(at), b = load(opposite), turned = conjugate(times(a, difference));
        const Complex kept = times_conjugate(b, sum);
        store(add_times(times(a, sum), conjugate(b), difference), at);
        if (m != p) store({hn::Add(kept.re, turned.re), hn::Add(kept.im, turned.im)}, opposite);
      }
  }
}

void multiply_by(float factor, std::size_t count, float* data) {
  const Vector f = hn::Set(Tag(), factor);
  for (std::size_t i = 0; i < count; i += hn::Lanes(Tag()))
    hn::Store(hn::Mul(f, hn::Load(Tag(), data + i)), Tag(), data + i);
}

void add_scaled(float factor, std::size_t count, const float* in, float* data) {
  const Vector f = hn::Set(Tag(), factor);
  for (std::size_t i = 0; i < count; i += hn::Lanes(Tag()))
    hn::Store(hn::MulAdd(f, hn::Load(Tag(), in + i), hn::Load(Tag(), data + i)), Tag(), data + i);
}

// Σ and max of |x|² + |y|²; sums of a few rows in float, of those in double.
void powers(std::size_t rows, const float* data, double* total, float* peak) {
  constexpr std::size_t few = 32;
  HWY_ALIGN float sums[batch_records] = {};
  HWY_ALIGN float peaks[batch_records] = {};
  double all = 0.0;
  for (std::size_t begin = 0; begin < rows; begin += few) {
    const std::size_t end = std::min(begin + few, rows);
    for (std::size_t lane = 0; lane < batch_records; lane += hn::Lanes(Tag())) {
      Vector sum = hn::Zero(Tag()), most = hn::Load(Tag(), peaks + lane);
      for (std::size_t n = begin; n < end; ++n) {
        const float* p = data + row_floats * n + lane;
        const Complex x = load(p), y = load(p + batch_records);
        const Vector power =
            hn::Add(hn::MulAdd(x.re, x.re, hn::Mul(x.im, x.im)), hn::MulAdd(y.re, y.re, hn::Mul(y.im, y.im)));
        sum = hn::Add(sum, power);
        most = hn::Max(most, power);
      }
      hn::Store(sum, Tag(), sums + lane);
      hn::Store(most, Tag(), peaks + lane);
    }
    for (const float sum : sums) all += static_cast<double>(sum);
  }
  *total = all;
  *peak = *std::max_element(peaks, peaks + batch_records);
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::coherent
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace waverack::coherent {

HWY_EXPORT(multiply_diagonal);
HWY_EXPORT(multiply_matrix);
HWY_EXPORT(multiply_branches);
HWY_EXPORT(multiply_by);
HWY_EXPORT(add_scaled);
HWY_EXPORT(powers);

namespace {

std::size_t rows(const DualBatch& batch) { return static_cast<std::size_t>(batch.size); }

// Where a record's samples of one polarisation begin.
std::size_t lane_of(int record, int polarisation) {
  assert(record >= 0 && record < batch_records && (polarisation == 0 || polarisation == 1));
  return static_cast<std::size_t>(record + polarisation * batch_records);
}

double frequency_of(int bin, int size, double sample_rate) {
  return (bin < size / 2 ? bin : bin - size) * sample_rate / size;
}

void push(std::vector<float>& values, std::complex<double> value, double factor) {
  values.push_back(static_cast<float>(factor * value.real()));
  values.push_back(static_cast<float>(factor * value.imag()));
}

// Positions of the spectrum by bin.
std::vector<int> position_of_bin(const signal::FftPlan& plan) {
  const auto bins = plan.bin_of_position();
  std::vector<int> positions(bins.size());
  for (std::size_t p = 0; p < bins.size(); ++p)
    positions[static_cast<std::size_t>(bins[p])] = static_cast<int>(p);
  return positions;
}

}  // namespace

DualBatch::DualBatch(int records_size, double rate)
    : size(records_size), sample_rate(rate), plan(records_size), buffer(records_size) {
  if (!(rate > 0.0)) throw Error("a waveform needs a sample rate above 0");
  std::fill_n(buffer.data(), 2 * signal::fft_lanes * static_cast<std::size_t>(size), 0.0f);
}

void set_record(DualBatch& batch, int record, int polarisation,
                std::span<const std::complex<float>> samples) {
  assert(samples.size() == rows(batch));
  float* to = batch.data() + lane_of(record, polarisation);
  for (const auto& sample : samples) {
    to[0] = sample.real();
    to[signal::fft_lanes] = sample.imag();
    to += 2 * signal::fft_lanes;
  }
}

void get_record(const DualBatch& batch, int record, int polarisation,
                std::span<std::complex<float>> samples) {
  assert(samples.size() == rows(batch));
  const float* from = batch.data() + lane_of(record, polarisation);
  for (auto& sample : samples) {
    sample = {from[0], from[signal::fft_lanes]};
    from += 2 * signal::fft_lanes;
  }
}

double mean_power(const DualBatch& batch) {
  double total = 0.0;
  float peak = 0.0f;
  HWY_DYNAMIC_DISPATCH(powers)(rows(batch), batch.data(), &total, &peak);
  return total / (static_cast<double>(batch.size) * batch_records);
}

double peak_power(const DualBatch& batch) {
  double total = 0.0;
  float peak = 0.0f;
  HWY_DYNAMIC_DISPATCH(powers)(rows(batch), batch.data(), &total, &peak);
  return static_cast<double>(peak);
}

void scale(DualBatch& batch, float factor) {
  HWY_DYNAMIC_DISPATCH(multiply_by)(factor, 2 * signal::fft_lanes * rows(batch), batch.data());
}

Jones product(const Jones& b, const Jones& a) {
  return {b.xx * a.xx + b.xy * a.yx, b.xx * a.xy + b.xy * a.yy, b.yx * a.xx + b.yy * a.yx,
          b.yx * a.xy + b.yy * a.yy};
}

JonesResponse scalar_response(std::function<std::complex<double>(double)> h) {
  return [h = std::move(h)](double f) {
    const auto value = h(f);
    return Jones{value, 0.0, 0.0, value};
  };
}

JonesFilter::JonesFilter(const signal::FftPlan& plan, double sample_rate, const JonesResponse& response) {
  const int size = plan.size();
  const double factor = 1.0 / size;  // of the inverse transform
  std::vector<Jones> matrices;
  matrices.reserve(static_cast<std::size_t>(size));
  diagonal_ = scalar_ = true;
  for (const int bin : plan.bin_of_position()) {
    const Jones& j = matrices.emplace_back(response(frequency_of(bin, size, sample_rate)));
    if (j.xy != 0.0 || j.yx != 0.0) diagonal_ = false;
    if (j.xx != j.yy) scalar_ = false;
  }
  scalar_ = scalar_ && diagonal_;
  values_.reserve(matrices.size() * (scalar_ ? 2 : diagonal_ ? 4 : 8));
  for (const Jones& j : matrices) {
    push(values_, j.xx, factor);
    if (scalar_) continue;
    if (!diagonal_) {
      push(values_, j.xy, factor);
      push(values_, j.yx, factor);
    }
    push(values_, j.yy, factor);
  }
}

void JonesFilter::apply(DualBatch& batch) const {
  assert(values_.size() == rows(batch) * (scalar_ ? 2 : diagonal_ ? 4 : 8));
  if (scalar_) return signal::fft_filter(batch.plan, values_, batch.data());
  signal::fft_forward(batch.plan, batch.data());
  if (diagonal_)
    HWY_DYNAMIC_DISPATCH(multiply_diagonal)(rows(batch), values_.data(), batch.data());
  else
    HWY_DYNAMIC_DISPATCH(multiply_matrix)(rows(batch), values_.data(), batch.data());
  signal::fft_inverse(batch.plan, batch.data());
}

BranchFilter::BranchFilter(const signal::FftPlan& plan, double sample_rate,
                           const BranchResponses& responses) {
  const int size = plan.size();
  const double factor = 0.5 / size;  // of the inverse transform, and of sum and difference
  const std::vector<int> positions = position_of_bin(plan);
  for (const int bin : plan.bin_of_position()) {
    const double f = frequency_of(bin, size, sample_rate);
    // A real branch has a real response where a frequency is its own opposite.
    const bool own = bin == 0 || 2 * bin == size;
    const auto at = [&](const std::function<std::complex<double>(double)>& response) {
      const std::complex<double> value = response(std::abs(f));
      return own ? std::complex<double>(value.real()) : f < 0.0 ? std::conj(value) : value;
    };
    const std::complex<double> xi = at(responses.xi), xq = at(responses.xq);
    const std::complex<double> yi = at(responses.yi), yq = at(responses.yq);
    push(values_, xi + xq, factor);
    push(values_, xi - xq, factor);
    push(values_, yi + yq, factor);
    push(values_, yi - yq, factor);
    mirror_.push_back(positions[static_cast<std::size_t>(bin == 0 ? 0 : size - bin)]);
  }
}

void BranchFilter::apply(DualBatch& batch) const {
  assert(mirror_.size() == rows(batch));
  signal::fft_forward(batch.plan, batch.data());
  HWY_DYNAMIC_DISPATCH(multiply_branches)(rows(batch), mirror_.data(), values_.data(), batch.data());
  signal::fft_inverse(batch.plan, batch.data());
}

void add_noise(DualBatch& batch, double variance, std::uint64_t seed, std::uint32_t source) {
  assert(variance >= 0.0);
  if (variance == 0.0) return;
  constexpr int chunk = 256;
  constexpr std::size_t floats = 2 * signal::fft_lanes;
  std::vector<float> normals(floats * chunk);
  signal::BatchBuffer lanes(chunk);
  const float deviation = static_cast<float>(std::sqrt(variance));
  for (int begin = 0; begin < batch.size; begin += chunk) {
    const int count = std::min(chunk, batch.size - begin);
    std::array<const float*, floats> records;
    for (std::size_t r = 0; r < floats; ++r) {
      const std::size_t part = r / signal::fft_lanes, polarisation = r / batch_records % 2;
      Stream stream{seed, source + static_cast<std::uint32_t>(2 * polarisation + part), 0, 0};
      float* to = normals.data() + chunk * r;
      records[r] = to;
      // Block b of the streams holds the samples b·2^32 … (b + 1)·2^32 − 1, so that none is out of reach.
      constexpr std::int64_t block = std::int64_t{1} << 32;
      std::int64_t index = batch.first[r % batch_records] + begin;
      for (int done = 0; done < count;) {
        const std::int64_t number = index >= 0 ? index / block : -((-index + block - 1) / block);
        const std::int64_t within = index - number * block;
        const int now = static_cast<int>(std::min<std::int64_t>(count - done, block - within));
        stream.block = static_cast<std::uint32_t>(number);
        signal::fill_normal_fast(stream, {to + done, static_cast<std::size_t>(now)},
                                 static_cast<std::uint64_t>(within));
        done += now;
        index += now;
      }
    }
    signal::gather_lanes(std::span<const float* const, floats>(records), count, lanes.data());
    HWY_DYNAMIC_DISPATCH(add_scaled)
    (deviation, floats * static_cast<std::size_t>(count), lanes.data(),
     batch.data() + floats * static_cast<std::size_t>(begin));
  }
}

}  // namespace waverack::coherent
#endif
