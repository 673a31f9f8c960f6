#include "waverack/fec/ofec_kernels.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "waverack/signal/fft_targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "waverack/fec/ofec_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#ifndef WAVERACK_OFEC_EXCHANGE_LANES
#define WAVERACK_OFEC_EXCHANGE_LANES
namespace waverack::fec {
namespace {

// Thirty-two bytes in the order of lanes i ^ (16 + d): pairs of bytes, of two, of four, of eight and the
// halves change places. Nothing depends on the order of bytes in a word.
[[maybe_unused]] inline void exchange_lanes(const void* in, std::size_t d, void* out) {
  std::uint64_t w[4];
  std::memcpy(w, in, sizeof w);
  if (d & 8U) {
    std::swap(w[0], w[1]);
    std::swap(w[2], w[3]);
  }
  for (std::uint64_t& x : w) {
    if (d & 4U) x = x << 32 | x >> 32;
    if (d & 2U) x = (x & 0x0000FFFF0000FFFFULL) << 16 | (x >> 16 & 0x0000FFFF0000FFFFULL);
    if (d & 1U) x = (x & 0x00FF00FF00FF00FFULL) << 8 | (x >> 8 & 0x00FF00FF00FF00FFULL);
  }
  const std::uint64_t exchanged[4] = {w[2], w[3], w[0], w[1]};
  std::memcpy(out, exchanged, sizeof exchanged);
}

}  // namespace
}  // namespace waverack::fec
#endif

HWY_BEFORE_NAMESPACE();
namespace waverack::fec {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Signed = hn::CappedTag<std::int8_t, ofec_lanes>;
using Bytes = hn::RebindToUnsigned<Signed>;

constexpr std::uint16_t none = 0xFFFF;  // the distance where there is no codeword

constexpr int most_tests = 7;
constexpr unsigned most_patterns = 1U << (most_tests - 1);

// What a soft decision on 32 words starts from.
struct Start {
  alignas(64) std::uint8_t weight[most_tests][ofec_lanes];    // of the weakest bits, the weakest first
  alignas(64) std::uint8_t position[most_tests][ofec_lanes];  // theirs
  alignas(64) std::uint8_t first[ofec_lanes], third[ofec_lanes], odd[ofec_lanes];  // syndromes
};

// Syndromes, and what the word says where all agree. Returns whether any of the 32 words is no codeword.
bool check(const OfecWords& values, int agreed, int opposed, Start& start, OfecWords& extrinsic) {
  const Signed d;
  const Bytes u;
  const auto low = hn::Set(d, static_cast<std::int8_t>(agreed));
  const auto high = hn::Set(d, static_cast<std::int8_t>(opposed));
  bool wrong = false;
  for (std::size_t lane = 0; lane < ofec_lanes; lane += hn::Lanes(d)) {
    auto first = hn::Zero(u), third = hn::Zero(u), odd = hn::Zero(u);
    for (std::size_t k = 0; k < ofec_word_bits; ++k) {
      const auto negative = hn::Lt(hn::Load(d, values.row[k] + lane), hn::Zero(d));
      const auto one = hn::BitCast(u, hn::VecFromMask(d, negative));
      const std::uint16_t column = ofec_columns_of_check[k];
      hn::Store(hn::IfThenElse(negative, high, low), d, extrinsic.row[k] + lane);
      first = hn::Xor(first, hn::And(one, hn::Set(u, static_cast<std::uint8_t>(column))));
      third = hn::Xor(third, hn::And(one, hn::Set(u, static_cast<std::uint8_t>(column >> 8))));
      odd = hn::Xor(odd, one);
    }
    hn::Store(first, u, start.first + lane);
    hn::Store(third, u, start.third + lane);
    hn::Store(odd, u, start.odd + lane);
    wrong = wrong || !hn::AllTrue(u, hn::Eq(hn::Or(first, hn::Or(third, odd)), hn::Zero(u)));
  }
  return wrong;
}

template <int tests>
void find_weakest(const OfecWords& values, Start& start) {
  const Signed d;
  const Bytes u;
  for (std::size_t lane = 0; lane < ofec_lanes; lane += hn::Lanes(d)) {
    hn::Vec<Bytes> weight[tests], position[tests];
    for (int i = 0; i < tests; ++i) {
      weight[i] = hn::Set(u, 255);
      position[i] = hn::Zero(u);
    }
    for (std::size_t k = 255; k-- > 0;) {  // backwards: the first of equals comes last and goes before them
      auto r = hn::BitCast(u, hn::Abs(hn::Load(d, values.row[k] + lane)));
      auto at = hn::Set(u, static_cast<std::uint8_t>(k));
      for (int i = 0; i < tests; ++i) {
        const auto larger = hn::Max(r, weight[i]);
        const auto enters = hn::Eq(larger, weight[i]);
        weight[i] = hn::Min(r, weight[i]);
        const auto moved = hn::IfThenElse(enters, position[i], at);
        position[i] = hn::IfThenElse(enters, at, position[i]);
        at = moved;
        r = larger;
      }
    }
    for (int i = 0; i < tests; ++i) {
      hn::Store(weight[i], u, start.weight[i] + lane);
      hn::Store(position[i], u, start.position[i] + lane);
    }
  }
}

// Tables that a lane leaves as it found them.
struct Scratch {
  std::uint8_t tested[ofec_word_bits];       // the bit of the mask, where the position is one of the tested
  std::uint16_t competitor[ofec_word_bits];  // least distance of codewords that turn over this bit
  Scratch() {
    std::memset(tested, 0, sizeof tested);
    std::fill(std::begin(competitor), std::end(competitor), none);
  }
};

constexpr std::uint16_t parity_flag = 0x80;  // of the mask: bit 255 is turned over

HWY_INLINE std::int8_t scaled(int value, int weight) {
  return static_cast<std::int8_t>(std::clamp((weight * value + 32) >> 6, -127, 127));
}

// The codewords that the patterns lead to. `one`, `other`: what each turns over besides tested bits and bit
// 255; 255 for nothing.
struct Candidates {
  alignas(64) std::uint16_t distance[most_patterns], mask[most_patterns], one[most_patterns],
      other[most_patterns];
};

// The least distance of the candidates for which `take` holds.
template <class Take>
HWY_INLINE unsigned least_where(const Candidates& list, unsigned patterns, Take take) {
  const hn::CappedTag<std::uint16_t, 16> d;
  auto least = hn::Set(d, none);
  for (unsigned m = 0; m < patterns; m += static_cast<unsigned>(hn::Lanes(d)))
    least = hn::Min(least, hn::IfThenElse(take(d, m), hn::Load(d, list.distance + m), hn::Set(d, none)));
  alignas(64) std::uint16_t values[16];
  hn::Store(least, d, values);
  std::uint16_t result = none;
  for (unsigned i = 0; i < hn::Lanes(d); ++i) result = std::min(result, values[i]);
  return result;
}

void decide_lane(const OfecWords& values, const OfecSoftRule& rule, const Start& start, std::size_t lane,
                 const std::uint16_t* corrections, Scratch& scratch, OfecWords& extrinsic) {
  const int tests = rule.test_bits;
  const unsigned patterns = 1U << (tests - 1), last = patterns;  // the last bit's place in masks
  const std::int8_t* x = values.row[0] + lane;
  std::int8_t* out = extrinsic.row[0] + lane;

  std::uint16_t columns[most_tests];
  int weights[most_tests];
  for (int i = 0; i < tests; ++i) {
    const std::uint8_t at = start.position[i][lane];
    columns[i] = ofec_columns_of_check[at];
    weights[i] = start.weight[i][lane];
    scratch.tested[at] = static_cast<std::uint8_t>(1U << i);
  }
  const std::uint16_t last_column = columns[tests - 1];
  const int last_weight = weights[tests - 1];

  // Syndromes and weights of all patterns. Every bit that is added turns the last one over, for the parity.
  Candidates list;
  alignas(64) std::uint16_t syndrome[most_patterns];
  const bool odd = (start.odd[lane] & 1U) != 0;
  syndrome[0] =
      static_cast<std::uint16_t>((start.first[lane] | start.third[lane] << 8) ^ (odd ? last_column : 0));
  list.distance[0] = static_cast<std::uint16_t>(odd ? last_weight : 0);
  list.mask[0] = static_cast<std::uint16_t>(odd ? last : 0);
  for (int i = 0; i + 1 < tests; ++i) {
    const unsigned bit = 1U << i;
    const auto column = static_cast<std::uint16_t>(columns[i] ^ last_column);
    const int more = weights[i] + last_weight, less = weights[i] - last_weight;
    for (unsigned m = 0; m < bit; ++m) {
      syndrome[m | bit] = syndrome[m] ^ column;
      list.distance[m | bit] =
          static_cast<std::uint16_t>(list.distance[m] + ((list.mask[m] & last) != 0 ? less : more));
      list.mask[m | bit] = static_cast<std::uint16_t>((list.mask[m] | bit) ^ last);
    }
  }

  const int parity_weight = std::abs(x[255 * ofec_lanes]);
  unsigned least = none, best = 0;
  for (unsigned m = 0; m < patterns; ++m) {
    const std::uint16_t correction = corrections[syndrome[m]];
    const unsigned a = correction & 255U, b = correction >> 8;
    const unsigned ta = scratch.tested[a], tb = scratch.tested[b], pattern = list.mask[m];
    const int ra = std::abs(x[a * ofec_lanes]), rb = std::abs(x[b * ofec_lanes]);
    const unsigned parity = (a != 255) != (b != 255) ? parity_flag : 0U;
    int sum = list.distance[m] + (parity != 0 ? parity_weight : 0);
    sum += a == 255 ? 0 : (pattern & ta) != 0 ? -ra : ra;
    sum += b == 255 ? 0 : (pattern & tb) != 0 ? -rb : rb;
    const bool found = correction != ofec_uncorrectable;
    const unsigned value = found ? static_cast<unsigned>(sum) : none;
    list.distance[m] = static_cast<std::uint16_t>(value);
    list.mask[m] = static_cast<std::uint16_t>((pattern ^ ta ^ tb) | parity);
    list.one[m] = static_cast<std::uint16_t>(found && ta == 0 ? a : 255);
    list.other[m] = static_cast<std::uint16_t>(found && tb == 0 ? b : 255);
    best = value < least ? m : best;
    least = value < least ? value : least;
  }

  if (least == none) {
    for (std::size_t k = 0; k < ofec_word_bits; ++k) out[k * ofec_lanes] = 0;
  } else {
    const auto say = [&](std::size_t k, bool turned, unsigned competitor) {
      const int value = x[k * ofec_lanes];
      const bool is_one = (value < 0) != turned;
      int w = competitor == none ? rule.certainty : static_cast<int>(competitor - least);
      w = is_one ? -w : w;
      out[k * ofec_lanes] = scaled(competitor == none ? w : w - value, rule.weight);
    };
    // Bits outside the tested ones that the best codeword leaves alone.
    const unsigned best_one = list.one[best], best_other = list.other[best];
    for (unsigned m = 0; m < patterns; ++m)
      for (const unsigned k : {list.one[m], list.other[m]})
        scratch.competitor[k] = std::min(scratch.competitor[k], list.distance[m]);
    scratch.competitor[best_one] = scratch.competitor[best_other] = scratch.competitor[255] = none;
    for (unsigned m = 0; m < patterns; ++m)
      for (const unsigned k : {list.one[m], list.other[m]})
        if (scratch.competitor[k] != none) {
          say(k, false, scratch.competitor[k]);
          scratch.competitor[k] = none;
        }
    // Those that it turns over.
    for (const unsigned k : {best_one, best_other})
      if (k != 255)
        say(k, true, least_where(list, patterns, [&](auto d, unsigned m) {
              const auto at = hn::Set(d, static_cast<std::uint16_t>(k));
              return hn::And(hn::Ne(hn::Load(d, list.one + m), at), hn::Ne(hn::Load(d, list.other + m), at));
            }));
    // The tested bits and bit 255.
    const std::uint16_t chosen = list.mask[best];
    for (int i = 0; i <= tests; ++i) {
      const std::uint16_t flag = i < tests ? static_cast<std::uint16_t>(1U << i) : parity_flag;
      const unsigned competitor = least_where(list, patterns, [&](auto d, unsigned m) {
        const auto bit = hn::Set(d, flag);
        return hn::Ne(hn::And(hn::Load(d, list.mask + m), bit), hn::And(hn::Set(d, chosen), bit));
      });
      say(i < tests ? start.position[i][lane] : 255, (chosen & flag) != 0, competitor);
    }
  }
  for (int i = 0; i < tests; ++i) scratch.tested[start.position[i][lane]] = 0;
}

void soft(const OfecWords& values, const OfecSoftRule& rule, OfecWords& extrinsic) {
  Start start;
  const bool wrong = check(values, scaled(rule.certainty, rule.weight), scaled(-rule.certainty, rule.weight),
                           start, extrinsic);
  if (rule.trust_codewords && !wrong) return;
  if (rule.test_bits == 5)
    find_weakest<5>(values, start);
  else if (rule.test_bits == 6)
    find_weakest<6>(values, start);
  else
    find_weakest<7>(values, start);
  Scratch scratch;
  const std::uint16_t* corrections = ofec_corrections().data();
  for (std::size_t lane = 0; lane < ofec_lanes; ++lane)
    if (!rule.trust_codewords || (start.first[lane] | start.third[lane] | start.odd[lane]) != 0)
      decide_lane(values, rule, start, lane, corrections, scratch, extrinsic);
}

std::uint32_t hard(OfecBitWords& words, std::uint32_t& changed) {
  const Bytes u;
  alignas(64) std::uint8_t first[ofec_lanes], third[ofec_lanes], odd[ofec_lanes];
  for (std::size_t lane = 0; lane < ofec_lanes; lane += hn::Lanes(u)) {
    auto s1 = hn::Zero(u), s3 = hn::Zero(u), s0 = hn::Zero(u);
    for (std::size_t k = 0; k < ofec_word_bits; ++k) {
      const auto bit = hn::Load(u, words.row[k] + lane);
      const auto one = hn::Sub(hn::Zero(u), bit);
      const std::uint16_t column = ofec_columns_of_check[k];
      s0 = hn::Xor(s0, bit);
      s1 = hn::Xor(s1, hn::And(one, hn::Set(u, static_cast<std::uint8_t>(column))));
      s3 = hn::Xor(s3, hn::And(one, hn::Set(u, static_cast<std::uint8_t>(column >> 8))));
    }
    hn::Store(s1, u, first + lane);
    hn::Store(s3, u, third + lane);
    hn::Store(s0, u, odd + lane);
  }
  changed = 0;
  std::uint32_t wrong = 0;
  const std::uint16_t* corrections = ofec_corrections().data();
  for (std::size_t lane = 0; lane < ofec_lanes; ++lane) {
    if ((first[lane] | third[lane] | odd[lane]) == 0) continue;
    const std::uint16_t correction = corrections[first[lane] | third[lane] << 8];
    const unsigned a = correction & 255U, b = correction >> 8;
    const bool parity_wrong = ((odd[lane] ^ (a != 255) ^ (b != 255)) & 1) != 0;
    if (correction == ofec_uncorrectable || (b != 255 && parity_wrong)) {
      wrong |= std::uint32_t{1} << lane;
      continue;
    }
    changed |= std::uint32_t{1} << lane;
    for (const unsigned k : {a, b})
      if (k != 255) words.row[k][lane] ^= 1;
    if (parity_wrong) words.row[255][lane] ^= 1;
  }
  return wrong;
}

void gather(const OfecSoftPair* const* old, const OfecSoftPair* const* old_extrinsic, const OfecSoftPair& own,
            const OfecSoftPair& own_extrinsic, OfecWords& words) {
  const Signed d;
  const auto least = hn::Set(d, -127);
  alignas(64) OfecRow row;
  for (std::size_t k = 0; k < ofec_columns; ++k) {
    const std::size_t c = k / ofec_block;
    for (std::size_t lane = 0; lane < ofec_lanes; lane += hn::Lanes(d)) {
      auto value = hn::Set(d, 127);
      if (old[c] != nullptr)
        value = hn::Max(least, hn::SaturatedAdd(hn::Load(d, old[c]->row[k] + lane),
                                                hn::Load(d, old_extrinsic[c]->row[k] + lane)));
      hn::Store(value, d, row + lane);
      const auto mine =
          hn::SaturatedAdd(hn::Load(d, own.row[k] + lane), hn::Load(d, own_extrinsic.row[k] + lane));
      hn::Store(hn::Max(least, mine), d, words.row[ofec_columns + k] + lane);
    }
    exchange_lanes(row, k % ofec_block, words.row[k]);
  }
}

void decide(const OfecSoftPair& ratio, const OfecSoftPair& a, const OfecSoftPair& b, OfecHardPair& bits) {
  const hn::CappedTag<std::int16_t, ofec_lanes> wide;
  const hn::Rebind<std::int8_t, decltype(wide)> narrow;
  const hn::Rebind<std::uint8_t, decltype(wide)> bytes;
  for (std::size_t k = 0; k < ofec_columns; ++k)
    for (std::size_t lane = 0; lane < ofec_lanes; lane += hn::Lanes(wide)) {
      const auto sum = hn::Add(hn::PromoteTo(wide, hn::Load(narrow, ratio.row[k] + lane)),
                               hn::Add(hn::PromoteTo(wide, hn::Load(narrow, a.row[k] + lane)),
                                       hn::PromoteTo(wide, hn::Load(narrow, b.row[k] + lane))));
      const auto one = hn::ShiftRight<15>(hn::BitCast(hn::RebindToUnsigned<decltype(wide)>(), sum));
      hn::Store(hn::DemoteTo(bytes, hn::BitCast(wide, one)), bytes, bits.row[k] + lane);
    }
}

void quantise(const float* ratios, float scale, OfecSoftPair& values) {
  const hn::CappedTag<float, ofec_block> d;
  const hn::RebindToSigned<decltype(d)> integers;
  const auto factor = hn::Set(d, scale), high = hn::Set(d, 127.0f), low = hn::Set(d, -127.0f);
  for (std::size_t c = 0; c < ofec_block_columns; ++c)
    for (std::size_t lane = 0; lane < ofec_lanes; ++lane) {
      const float* row = ratios + c * 2 * ofec_block * ofec_block + lane * ofec_block;
      alignas(64) std::int32_t wide[ofec_block];
      for (std::size_t i = 0; i < ofec_block; i += hn::Lanes(d)) {
        const auto x = hn::Min(hn::Max(hn::Mul(hn::LoadU(d, row + i), factor), low), high);
        hn::Store(hn::NearestInt(x), integers, wide + i);
      }
      std::int8_t* out = values.row[c * ofec_block] + lane;
      for (std::size_t i = 0; i < ofec_block; ++i)
        out[(i ^ (lane % ofec_block)) * ofec_lanes] = static_cast<std::int8_t>(wide[i]);
    }
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::fec
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace waverack::fec {

HWY_EXPORT(soft);
HWY_EXPORT(hard);
HWY_EXPORT(gather);
HWY_EXPORT(decide);
HWY_EXPORT(quantise);

void ofec_soft_decode(const OfecWords& values, const OfecSoftRule& rule, OfecWords& extrinsic) {
  assert(rule.test_bits >= 5 && rule.test_bits <= 7);
  HWY_DYNAMIC_DISPATCH(soft)(values, rule, extrinsic);
}

std::uint32_t ofec_hard_decode(OfecBitWords& words, std::uint32_t& changed) {
  return HWY_DYNAMIC_DISPATCH(hard)(words, changed);
}

void ofec_gather(const OfecSoftPair* const old[ofec_block_columns],
                 const OfecSoftPair* const old_extrinsic[ofec_block_columns], const OfecSoftPair& own,
                 const OfecSoftPair& own_extrinsic, OfecWords& words) {
  HWY_DYNAMIC_DISPATCH(gather)(old, old_extrinsic, own, own_extrinsic, words);
}

namespace {

template <class Words, class Pair>
void scatter(const Words& words, Pair* const* old, Pair& own) {
  for (std::size_t k = 0; k < ofec_columns; ++k)
    if (Pair* const pair = old[k / ofec_block]) exchange_lanes(words.row[k], k % ofec_block, pair->row[k]);
  std::memcpy(own.row, words.row[ofec_columns], sizeof own.row);
}

}  // namespace

void ofec_scatter(const OfecWords& words, OfecSoftPair* const old[ofec_block_columns], OfecSoftPair& own) {
  scatter(words, old, own);
}

void ofec_scatter(const OfecBitWords& words, OfecHardPair* const old[ofec_block_columns], OfecHardPair& own) {
  scatter(words, old, own);
}

void ofec_gather(const OfecHardPair* const old[ofec_block_columns], const OfecHardPair& own,
                 OfecBitWords& words) {
  for (std::size_t k = 0; k < ofec_columns; ++k) {
    if (const OfecHardPair* const pair = old[k / ofec_block])
      exchange_lanes(pair->row[k], k % ofec_block, words.row[k]);
    else
      std::memset(words.row[k], 0, sizeof words.row[k]);
  }
  std::memcpy(words.row[ofec_columns], own.row, sizeof own.row);
}

void ofec_decide(const OfecSoftPair& ratio, const OfecSoftPair& a, const OfecSoftPair& b,
                 OfecHardPair& bits) {
  HWY_DYNAMIC_DISPATCH(decide)(ratio, a, b, bits);
}

void ofec_quantise(const float* ratios, float scale, OfecSoftPair& values) {
  HWY_DYNAMIC_DISPATCH(quantise)(ratios, scale, values);
}

}  // namespace waverack::fec
#endif
