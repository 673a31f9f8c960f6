#include "waverack/fec/inner_batch.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/signal/fft_targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "waverack/fec/inner_batch.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace waverack::fec {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Bytes = hn::CappedTag<std::uint8_t, inner_batch>;
using Vector = hn::Vec<Bytes>;
using Mask = hn::Mask<Bytes>;

HWY_INLINE Vector set(unsigned value) { return hn::Set(Bytes(), static_cast<std::uint8_t>(value)); }

// 64·(sample + ½), cut to whole numbers of 0 … 255.
HWY_INLINE void quantise(const float* samples, std::uint8_t* out) {
  const hn::CappedTag<float, inner_batch> d;
  const hn::RebindToSigned<decltype(d)> integers;
  const hn::Rebind<std::uint8_t, decltype(d)> bytes;
  const auto scale = hn::Set(d, 64.0f), half = hn::Set(d, 32.0f);
  const auto low = hn::Zero(d), high = hn::Set(d, 255.0f);
  for (std::size_t i = 0; i < inner_batch; i += hn::Lanes(d)) {
    const auto x = hn::MulAdd(hn::LoadU(d, samples + i), scale, half);
    hn::Store(hn::DemoteTo(bytes, hn::ConvertTo(integers, hn::Min(hn::Max(x, low), high))), bytes, out + i);
  }
}

HWY_INLINE Vector twice_plus_one(Vector x) { return hn::Add(hn::Add(x, x), set(1)); }

HWY_INLINE Mask at_least(Vector a, Vector b) { return hn::Eq(hn::Max(a, b), a); }

// How far x + ½ is from a threshold, doubled.
HWY_INLINE Vector distance_to(Vector x, Vector threshold) {
  const Mask above = at_least(x, threshold);
  return twice_plus_one(hn::IfThenElse(above, hn::Sub(x, threshold), hn::Sub(hn::Sub(threshold, set(1)), x)));
}

void soften(const float* samples, SoftBatch& soft) {
  const Bytes d;
  alignas(64) InnerRow row;
  for (std::size_t k = 0; k < inner_message_symbols; ++k) {
    quantise(samples + k * inner_batch, row);
    for (std::size_t lane = 0; lane < inner_batch; lane += hn::Lanes(d)) {
      const Vector x = hn::Load(d, row + lane);
      // The nearest threshold is 64·upper, between the levels upper − 1 and upper.
      const Vector upper = hn::Max(hn::ShiftRight<6>(hn::SaturatedAdd(x, set(32))), set(1));
      const Vector level = hn::ShiftRight<6>(x);
      hn::Store(level, d, soft.decided[k] + lane);
      hn::Store(hn::Sub(hn::Sub(hn::Add(upper, upper), set(1)), level), d, soft.other[k] + lane);
      hn::Store(distance_to(x, hn::ShiftLeft<6>(upper)), d, soft.reliability[k] + lane);
    }
  }
  for (std::size_t k = 0; k < 4; ++k) {
    quantise(samples + (inner_message_symbols + k) * inner_batch, row);
    InnerRow* parity = soft.parity + 2 * k;
    InnerRow* reliability = soft.reliability + inner_message_symbols + 2 * k;
    for (std::size_t lane = 0; lane < inner_batch; lane += hn::Lanes(d)) {
      const Vector x = hn::Load(d, row + lane);
      const Vector from_middle =
          hn::IfThenElse(at_least(x, set(128)), hn::Sub(x, set(128)), hn::Sub(set(127), x));
      // First bit: 1 from level 2 on. Beyond the outer levels both of the other value's levels draw away.
      hn::Store(hn::ShiftRight<7>(x), d, parity[0] + lane);
      const Vector once = twice_plus_one(from_middle);
      hn::Store(hn::SaturatedAdd(once, hn::SaturatedSub(once, set(128))), d, reliability[0] + lane);
      // Second bit: 1 at the two levels in the middle.
      hn::Store(hn::IfThenZeroElse(at_least(from_middle, set(64)), set(1)), d, parity[1] + lane);
      hn::Store(distance_to(from_middle, set(64)), d, reliability[1] + lane);
    }
  }
}

// The bits that ratios stand for, and how sure they are.
HWY_INLINE void decide(const float* ratios, float scale, std::uint8_t* bits, std::uint8_t* reliabilities) {
  const hn::CappedTag<float, inner_batch> d;
  const hn::RebindToSigned<decltype(d)> integers;
  const hn::Rebind<std::uint8_t, decltype(d)> bytes;
  const auto factor = hn::Set(d, scale), high = hn::Set(d, 255.0f), zero = hn::Zero(d);
  for (std::size_t i = 0; i < inner_batch; i += hn::Lanes(d)) {
    const auto ratio = hn::LoadU(d, ratios + i);
    const auto one = hn::IfThenElseZero(hn::RebindMask(integers, hn::Lt(ratio, zero)), hn::Set(integers, 1));
    const auto size = hn::NearestInt(hn::Min(hn::Mul(hn::Abs(ratio), factor), high));
    hn::Store(hn::DemoteTo(bytes, one), bytes, bits + i);
    hn::Store(hn::DemoteTo(bytes, size), bytes, reliabilities + i);
  }
}

void soften_bits(const float* ratios, float scale, SoftBatch& soft) {
  const Bytes d;
  alignas(64) InnerRow first, second, first_sure, second_sure;
  for (std::size_t k = 0; k < inner_message_symbols; ++k) {
    decide(ratios + 2 * k * inner_batch, scale, first, first_sure);
    decide(ratios + (2 * k + 1) * inner_batch, scale, second, second_sure);
    for (std::size_t lane = 0; lane < inner_batch; lane += hn::Lanes(d)) {
      const Vector a = hn::Load(d, first + lane), b = hn::Load(d, second + lane);
      const Vector sure = hn::Load(d, first_sure + lane), other_sure = hn::Load(d, second_sure + lane);
      const Vector level = hn::Add(hn::Add(a, a), hn::Xor(a, b));
      // The first bit is turned over by level ↔ 3 − level, the second one by level ↔ level ^ 1.
      const Mask second_weaker = at_least(sure, other_sure);
      hn::Store(level, d, soft.decided[k] + lane);
      hn::Store(hn::IfThenElse(second_weaker, hn::Xor(level, set(1)), hn::Sub(set(3), level)), d,
                soft.other[k] + lane);
      hn::Store(hn::Min(sure, other_sure), d, soft.reliability[k] + lane);
    }
  }
  for (std::size_t bit = 0; bit < 8; ++bit)
    decide(ratios + (inner_message_bits + bit) * inner_batch, scale, soft.parity[bit],
           soft.reliability[inner_message_symbols + bit]);
}

template <int tests>
HWY_INLINE void decode_lanes(const SoftBatch& soft, std::size_t lane, InnerRow* symbols,
                             InnerRow& distances) {
  const Bytes d;
  const Vector zero = hn::Zero(d), none = set(255);

  Vector syndrome = zero;
  Vector weight[tests], column[tests];  // of the least reliable bits, the least first
  for (int i = 0; i < tests; ++i) {
    weight[i] = none;
    column[i] = zero;
  }
  for (std::size_t j = inner_checked_bits; j-- > 0;) {  // backwards: the first of equals comes last and stays
    const std::uint8_t* bits =
        j < inner_message_symbols ? soft.decided[j] : soft.parity[j - inner_message_symbols];
    Vector c = set(inner_columns[j]);
    syndrome = hn::Xor(syndrome, hn::IfThenElseZero(hn::TestBit(hn::Load(d, bits + lane), set(1)), c));
    Vector r = hn::Load(d, soft.reliability[j] + lane);
    for (int i = 0; i < tests; ++i) {
      const Vector c_was = column[i], r_was = weight[i];
      const Mask enters = at_least(r_was, r);
      column[i] = hn::IfThenElse(enters, c, c_was);
      c = hn::IfThenElse(enters, c_was, c);
      weight[i] = hn::Min(r, r_was);
      r = hn::Max(r, r_was);
    }
  }

  // The last of them is flipped or not so that the syndrome has odd weight.
  constexpr int last = tests - 1, patterns = 1 << last, group = patterns < 8 ? patterns : 8;
  const Mask odd = hn::TestBit(hn::PopulationCount(syndrome), set(1));
  Vector best = none, best_pattern = zero, best_match = zero;
  Mask best_last = hn::Eq(none, zero);
  for (int first = 0; first < patterns; first += group) {
    Vector left[group], changed[group], without_last[group], matched[group];
    for (int g = 0; g < group; ++g) {
      const auto pattern = static_cast<unsigned>(first + g);
      Vector s = syndrome, r = zero;
      for (int i = 0; i < last; ++i)
        if (pattern >> i & 1U) {
          s = hn::Xor(s, column[i]);
          r = hn::SaturatedAdd(r, weight[i]);
        }
      const Mask flip = std::popcount(pattern) % 2 == 0 ? hn::Not(odd) : odd;
      without_last[g] = r;
      left[g] = hn::Xor(s, hn::IfThenElseZero(flip, column[last]));
      changed[g] = hn::SaturatedAdd(r, hn::IfThenElseZero(flip, weight[last]));
      matched[g] = none;
    }
    for (std::size_t j = 0; j < inner_checked_bits; ++j) {
      const Vector c = set(inner_columns[j]), r = hn::Load(d, soft.reliability[j] + lane);
      for (int g = 0; g < group; ++g) matched[g] = hn::IfThenElse(hn::Eq(left[g], c), r, matched[g]);
    }
    for (int g = 0; g < group; ++g) {
      const auto pattern = static_cast<unsigned>(first + g);
      const Mask flip = std::popcount(pattern) % 2 == 0 ? hn::Not(odd) : odd;
      // Nothing is missing once the last one is as it was not: then no further bit is changed. A match with a
      // bit that the pattern has flipped counts too much here, and rightly there.
      const Vector other = hn::SaturatedAdd(without_last[g], hn::IfThenZeroElse(flip, weight[last]));
      const Vector complete = hn::IfThenElse(hn::Eq(left[g], column[last]), other, none);
      const Vector one_more = hn::SaturatedAdd(changed[g], matched[g]);
      const Mask is_complete = at_least(one_more, complete);
      const Vector candidate = hn::Min(complete, one_more);
      const Mask keeps = at_least(candidate, best);
      best = hn::Min(best, candidate);
      best_pattern = hn::IfThenElse(keeps, best_pattern, set(pattern));
      best_match = hn::IfThenElse(keeps, best_match, hn::IfThenZeroElse(is_complete, left[g]));
      best_last = hn::Or(hn::AndNot(keeps, hn::Xor(flip, is_complete)), hn::And(keeps, best_last));
    }
  }

  hn::StoreU(best, d, distances + lane);
  Vector flipped[tests];  // columns, 0 where not flipped, which no column is
  for (int i = 0; i < last; ++i)
    flipped[i] = hn::IfThenElseZero(hn::TestBit(best_pattern, set(1U << i)), column[i]);
  flipped[last] = hn::IfThenElseZero(best_last, column[last]);
  for (std::size_t k = 0; k < inner_message_symbols; ++k) {
    const Vector c = set(inner_columns[k]);
    Mask flip = hn::Eq(c, best_match);
    for (int i = 0; i < tests; ++i) flip = hn::Xor(flip, hn::Eq(c, flipped[i]));
    hn::StoreU(hn::IfThenElse(flip, hn::Load(d, soft.other[k] + lane), hn::Load(d, soft.decided[k] + lane)),
               d, symbols[k] + lane);
  }
}

template <int tests>
void decode_batch(const SoftBatch& soft, InnerRow* symbols, InnerRow& distances) {
  for (std::size_t lane = 0; lane < inner_batch; lane += hn::Lanes(Bytes()))
    decode_lanes<tests>(soft, lane, symbols, distances);
}

void decode(const SoftBatch& soft, int tests, InnerRow* symbols, InnerRow& distances) {
  switch (tests) {
    case 2:
      return decode_batch<2>(soft, symbols, distances);
    case 3:
      return decode_batch<3>(soft, symbols, distances);
    case 4:
      return decode_batch<4>(soft, symbols, distances);
    case 5:
      return decode_batch<5>(soft, symbols, distances);
    default:
      return decode_batch<6>(soft, symbols, distances);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::fec
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace waverack::fec {

HWY_EXPORT(soften);
HWY_EXPORT(soften_bits);
HWY_EXPORT(decode);

double quantised_sample(float sample) {
  const float x = std::clamp(sample * 64.0f + 32.0f, 0.0f, 255.0f);
  return (std::floor(static_cast<double>(x)) + 0.5) / 64.0 - 0.5;
}

void soft_batch(std::span<const float> samples, SoftBatch& soft) {
  assert(samples.size() == inner_symbols * inner_batch);
  HWY_DYNAMIC_DISPATCH(soften)(samples.data(), soft);
}

void soft_batch_of_bits(std::span<const float> ratios, float unit, SoftBatch& soft) {
  assert(ratios.size() == inner_bits * inner_batch && unit > 0.0f);
  HWY_DYNAMIC_DISPATCH(soften_bits)(ratios.data(), 1.0f / unit, soft);
}

void inner_decode(const SoftBatch& soft, int test_bits, InnerRow* symbols, InnerRow& distance) {
  if (test_bits < 2 || test_bits > 6) throw Error("the fast inner decoder tests 2 to 6 bits");
  HWY_DYNAMIC_DISPATCH(decode)(soft, test_bits, symbols, distance);
}

}  // namespace waverack::fec
#endif
