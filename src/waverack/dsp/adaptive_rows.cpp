#include "waverack/dsp/adaptive_rows.hpp"

#include <algorithm>
#include <cassert>

#include "waverack/dsp/batch_receiver.hpp"
#include "waverack/signal/batch_kernels.hpp"
#include "waverack/signal/fft_targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "waverack/dsp/adaptive_rows.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "waverack/dsp/decision-inl.hpp"

// Once, though this file is compiled for each target.
#ifndef WAVERACK_ADAPTIVE_RECEIVER
#define WAVERACK_ADAPTIVE_RECEIVER
namespace waverack::dsp {
struct AdaptiveReceiver {
  std::size_t forward, feedback, step;  // taps, and sample rows of a symbol
  const float* target;
  const float* thresholds;
  std::size_t levels;
  float mu, limit;
};
}  // namespace waverack::dsp
#endif

HWY_BEFORE_NAMESPACE();
namespace waverack::dsp {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Tag = hn::CappedTag<float, 16>;
using Vector = hn::Vec<Tag>;

constexpr std::size_t row = signal::batch_records;

// u = (x − mean)·scale for rows of 32.
void normalise(float mean, float scale, std::size_t rows, const float* x, float* u) {
  const Tag d;
  const Vector m = hn::Set(d, mean), s = hn::Set(d, scale);
  for (std::size_t i = 0; i < rows * row; i += hn::Lanes(d))
    hn::Store(hn::Mul(hn::Sub(hn::Load(d, x + i), m), s), d, u + i);
}

// first: the input of tap 0 for row 0; earlier taps lie behind it. before: levels fed back into row 0, newest
// first.
void adapt(const AdaptiveReceiver& r, const float* first, const float* before, std::size_t rows,
           std::size_t from, std::size_t to, float* coefficients, float* y, std::uint8_t* decisions) {
  const Tag d;
  constexpr std::size_t most = 64, sums = 4;
  const Vector mu = hn::Set(d, r.mu);
  const Vector top = hn::Set(d, r.limit), bottom = hn::Neg(top);
  for (std::size_t lane = 0; lane < row; lane += hn::Lanes(d)) {
    float* forward = coefficients + lane;
    float* bias = forward + r.forward * row;
    float* feedback = bias + row;
    Vector past[most];
    for (std::size_t n = 0; n < r.feedback; ++n) past[n] = hn::LoadU(d, before + n * row + lane);
    for (std::size_t k = 0; k < rows; ++k) {
      const float* input = first + k * r.step * row + lane;
      float* place = y + k * row + lane;
      // Several sums hide the latency of the multiply-add.
      Vector sum[sums] = {hn::Add(hn::Load(d, place), hn::Load(d, bias)), hn::Zero(d), hn::Zero(d),
                          hn::Zero(d)};
      std::size_t t = 0;
      for (; t + sums <= r.forward; t += sums)
        for (std::size_t i = 0; i < sums; ++i)
          sum[i] =
              hn::MulAdd(hn::Load(d, forward + (t + i) * row), hn::Load(d, input - (t + i) * row), sum[i]);
      for (; t < r.forward; ++t)
        sum[0] = hn::MulAdd(hn::Load(d, forward + t * row), hn::Load(d, input - t * row), sum[0]);
      for (std::size_t n = 0; n < r.feedback; ++n)
        sum[1] = hn::NegMulAdd(hn::Load(d, feedback + n * row), past[n], sum[1]);
      const Vector value = hn::Add(hn::Add(sum[0], sum[1]), hn::Add(sum[2], sum[3]));
      hn::Store(value, d, place);

      const auto [decided, index] = decision(d, r.target, r.thresholds, r.levels, value);
      store_bytes(d, index, decisions + k * row + lane);

      if (k >= from && k < to) {
        const Vector move = hn::Mul(mu, hn::Sub(decided, value));
        for (t = 0; t < r.forward; ++t)
          hn::Store(hn::MulAdd(move, hn::Load(d, input - t * row), hn::Load(d, forward + t * row)), d,
                    forward + t * row);
        hn::Store(hn::Add(move, hn::Load(d, bias)), d, bias);
        for (std::size_t n = 0; n < r.feedback; ++n) {
          const Vector tap = hn::NegMulAdd(move, past[n], hn::Load(d, feedback + n * row));
          hn::Store(hn::Min(hn::Max(tap, bottom), top), d, feedback + n * row);
        }
      }
      for (std::size_t n = r.feedback; n-- > 1;) past[n] = past[n - 1];
      past[0] = decided;
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

HWY_EXPORT(normalise);
HWY_EXPORT(adapt);

AdaptiveRows::AdaptiveRows(const Equaliser& start, const EqualiserShape& shape, const LmsRule& rule,
                           std::span<const float> target, std::span<const float> thresholds, int symbols)
    : start_(start),
      shape_(shape),
      rule_(rule),
      target_(target.begin(), target.end()),
      thresholds_(thresholds.begin(), thresholds.end()),
      symbols_(symbols),
      forward_(static_cast<int>(start.forward.size())),
      feedback_(static_cast<int>(start.feedback.size())),
      inputs_((symbols + shape.pre) * shape.samples_per_symbol + forward_),
      coefficients_(forward_ + 1 + feedback_),
      before_(static_cast<std::size_t>(feedback_ + 1) * row_floats) {
  assert(feedback_ <= 64 && thresholds.size() + 1 == target.size());
  restart();
}

void AdaptiveRows::restart() {
  const auto fill = [&](int tap, double value) {
    std::fill_n(coefficients_.data() + static_cast<std::size_t>(tap) * row_floats, row_floats,
                static_cast<float>(value));
  };
  double bias = start_.bias;
  for (int t = 0; t < forward_; ++t) {
    fill(t, start_.forward[static_cast<std::size_t>(t)] * rule_.rms);
    bias += start_.forward[static_cast<std::size_t>(t)] * rule_.mean;
  }
  fill(forward_, bias);
  for (int n = 0; n < feedback_; ++n) fill(forward_ + 1 + n, start_.feedback[static_cast<std::size_t>(n)]);
}

void AdaptiveRows::run(const float* samples, const std::uint8_t* sent, int first, int end, float* y,
                       std::uint8_t* decisions) {
  const long q = shape_.samples_per_symbol, length = symbols_ * q, lead = forward_ - 1;
  // Row i of the inputs is sample i − lead of the periodic record.
  const long rows = (symbols_ - 1 + shape_.pre) * q + lead + 1;
  for (long i = 0; i < rows;) {
    const long from = ((i - lead) % length + length) % length, count = std::min(rows - i, length - from);
    HWY_DYNAMIC_DISPATCH(normalise)
    (static_cast<float>(rule_.mean), static_cast<float>(1.0 / rule_.rms), static_cast<std::size_t>(count),
     samples + from * static_cast<long>(row_floats), inputs_.data() + i * static_cast<long>(row_floats));
    i += count;
  }
  levels_before(target_, sent, symbols_, feedback_, before_.data());
  const auto size = [](int count) { return static_cast<std::size_t>(count); };
  HWY_DYNAMIC_DISPATCH(adapt)
  ({size(forward_), size(feedback_), static_cast<std::size_t>(q), target_.data(), thresholds_.data(),
    target_.size(), static_cast<float>(rule_.step), static_cast<float>(shape_.feedback_limit)},
   inputs_.data() + (shape_.pre * q + lead) * static_cast<long>(row_floats), before_.data(), size(symbols_),
   size(first), size(end), coefficients_.data(), y, decisions);
}

Equaliser AdaptiveRows::taps_of(int record) const {
  const auto at = [&](int tap) {
    return static_cast<double>(
        coefficients_.data()[static_cast<std::size_t>(tap) * row_floats + static_cast<std::size_t>(record)]);
  };
  Equaliser result;
  result.bias = at(forward_);
  for (int t = 0; t < forward_; ++t) {
    result.forward.push_back(at(t) / rule_.rms);
    result.bias -= result.forward.back() * rule_.mean;
  }
  for (int n = 0; n < feedback_; ++n) result.feedback.push_back(at(forward_ + 1 + n));
  return result;
}

}  // namespace waverack::dsp
#endif
