#include "waverack/signal/fast_random.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>

#include "waverack/signal/fft_targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "waverack/signal/fast_random.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

// Everything down to HWY_AFTER_NAMESPACE is compiled once for each instruction set; the order of operations
// is the same for all of them (see fft.cpp).
HWY_BEFORE_NAMESPACE();
namespace waverack::signal {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t counters = 16;  // of one group

using Word = hn::CappedTag<std::uint32_t, counters>;
using Signed = hn::RebindToSigned<Word>;
using Float = hn::RebindToFloat<Word>;
using Words = hn::Vec<Word>;
using Floats = hn::Vec<Float>;

// Lane j holds the words of counter first + j.
struct Counters {
  Words c0, c1, c2, c3;
};

#if HWY_TARGET == HWY_SCALAR
struct Schedule {
  explicit Schedule(const Stream& named) : stream(named) {}
  Stream stream;
};

HWY_INLINE Counters counters_from(std::uint32_t first, const Schedule& schedule) {
  const Word d;
  const auto words = random_words(schedule.stream, first);
  return {hn::Set(d, words[0]), hn::Set(d, words[1]), hn::Set(d, words[2]), hn::Set(d, words[3])};
}
#else
constexpr std::uint32_t multiplier_0 = 0xD2511F53, multiplier_2 = 0xCD9E8D57;

// What the counters of a stream have in common. In the first two rounds of Philox only the words that come
// from the index vary; the rest is computed once.
struct Schedule {
  std::uint32_t keys[10][2];
  std::uint32_t first;               // what the product of round 1 is combined with
  std::uint32_t second_0, second_2;  // what the products of round 2 are combined with
  std::uint32_t second_3;            // the last word after round 2

  explicit Schedule(const Stream& stream) {
    auto k0 = static_cast<std::uint32_t>(stream.seed), k1 = static_cast<std::uint32_t>(stream.seed >> 32);
    for (auto& key : keys) {
      key[0] = k0;
      key[1] = k1;
      k0 += 0x9E3779B9;
      k1 += 0xBB67AE85;
    }
    first = stream.source ^ keys[0][1];
    const std::uint64_t b = std::uint64_t{multiplier_2} * stream.lane;
    const auto c0 = static_cast<std::uint32_t>(b >> 32) ^ stream.block ^ keys[0][0];
    const std::uint64_t a = std::uint64_t{multiplier_0} * c0;
    second_0 = static_cast<std::uint32_t>(b) ^ keys[1][0];
    second_2 = static_cast<std::uint32_t>(a >> 32) ^ keys[1][1];
    second_3 = static_cast<std::uint32_t>(a);
  }
};

using Wide = hn::Repartition<std::uint64_t, Word>;
using WideWords = hn::Vec<Wide>;

HWY_INLINE WideWords product(WideWords words, std::uint32_t multiplier) {
  const Word d;
  return hn::MulEven(hn::BitCast(d, words), hn::Set(d, multiplier));
}

// A word in the lower half of each 64-bit lane, where a product wants it. What is in the upper half counts
// for nothing.
struct HalfCounters {
  WideWords c0, c1, c2, c3;
};

HWY_INLINE HalfCounters two_rounds(WideWords index, const Schedule& schedule) {
  const Wide d;
  const auto all = [&](std::uint32_t word) { return hn::Set(d, std::uint64_t{word}); };
  const WideWords a = product(index, multiplier_0);
  const WideWords b = product(hn::Xor(hn::ShiftRight<32>(a), all(schedule.first)), multiplier_2);
  return {hn::Xor(hn::ShiftRight<32>(b), all(schedule.second_0)), b, hn::Xor(a, all(schedule.second_2)),
          all(schedule.second_3)};
}

HWY_INLINE void round_of(HalfCounters& c, WideWords k0, WideWords k1) {
  const WideWords a = product(c.c0, multiplier_0), b = product(c.c2, multiplier_2);
  c.c0 = hn::Xor3(hn::ShiftRight<32>(b), c.c1, k0);
  c.c1 = b;
  c.c2 = hn::Xor3(hn::ShiftRight<32>(a), c.c3, k1);
  c.c3 = a;
}

HWY_INLINE Words interleave(WideWords even, WideWords odd) {
  const Word d;
  return hn::OddEven(hn::BitCast(d, hn::ShiftLeft<32>(odd)), hn::BitCast(d, even));
}

HWY_INLINE Counters counters_from(std::uint32_t first, const Schedule& schedule) {
  const Wide d;
  const WideWords even = hn::Add(hn::Set(d, std::uint64_t{first}), hn::ShiftLeft<1>(hn::Iota(d, 0)));
  HalfCounters e = two_rounds(even, schedule);
  HalfCounters o = two_rounds(hn::Add(even, hn::Set(d, std::uint64_t{1})), schedule);
  for (int round = 2; round < 10; ++round) {
    const WideWords k0 = hn::Set(d, std::uint64_t{schedule.keys[round][0]});
    const WideWords k1 = hn::Set(d, std::uint64_t{schedule.keys[round][1]});
    round_of(e, k0, k1);
    round_of(o, k0, k1);
  }
  return {interleave(e.c0, o.c0), interleave(e.c1, o.c1), interleave(e.c2, o.c2), interleave(e.c3, o.c3)};
}
#endif

// By the highest bit, in integers: as floats these bits may be no number.
HWY_INLINE Floats if_highest_bit(Words bits, Floats yes, Floats no) {
  const Signed i;
  return hn::BitCast(Float(),
                     hn::IfNegativeThenElse(hn::BitCast(i, bits), hn::BitCast(i, yes), hn::BitCast(i, no)));
}

// −2·ln((a + 1/2)/2^32). Below 1/2 the argument keeps its leading bits, above it the distance from 1 does,
// which is what the logarithm is then made of.
HWY_INLINE Floats minus_two_logarithm(Words a) {
  const Float d;
  const Signed i;
  const auto word = hn::BitCast(i, a);
  const auto folded = hn::Xor(word, hn::ShiftRight<31>(word));
  const Floats x = hn::MulAdd(hn::ConvertTo(d, folded), hn::Set(d, 0x1p-32f), hn::Set(d, 0x1p-33f));
  const Floats y = if_highest_bit(a, hn::Sub(hn::Set(d, 1.0f), x), x);

  // y = m·2^e with m from √½ to √2.
  const auto root_half = hn::Set(i, 0x3F3504F3);
  const auto bits = hn::Sub(hn::BitCast(i, y), root_half);
  const Floats e = hn::ConvertTo(d, hn::ShiftRight<23>(bits));
  const Floats m = hn::BitCast(d, hn::Add(hn::And(bits, hn::Set(i, 0x7FFFFF)), root_half));
  const Words near_one = hn::And(a, hn::BitCast(Word(), hn::Sub(x, hn::Set(d, 0.29289322f))));
  const Floats f = if_highest_bit(near_one, hn::Neg(x), hn::Sub(m, hn::Set(d, 1.0f)));

  // −2·ln(1 + f) = f·(−2 + f·(1 + f·q(f))), q of the least relative error (Remez), 3e-8.
  Floats q = hn::Set(d, -0.1740087646f);
  q = hn::MulAdd(q, f, hn::Set(d, 0.2853497258f));
  q = hn::MulAdd(q, f, hn::Set(d, -0.2982953366f));
  q = hn::MulAdd(q, f, hn::Set(d, 0.331551695f));
  q = hn::MulAdd(q, f, hn::Set(d, -0.3992612782f));
  q = hn::MulAdd(q, f, hn::Set(d, 0.5000267407f));
  q = hn::MulAdd(q, f, hn::Set(d, -0.6666782147f));
  q = hn::MulAdd(q, f, hn::Set(d, 1.0f));
  q = hn::MulAdd(q, f, hn::Set(d, -2.0f));
  return hn::MulAdd(q, f, hn::Mul(e, hn::Set(d, -1.3862943611f)));
}

// r·cos φ and r·sin φ with φ = 2π·b/2^32.
HWY_INLINE void polar(Floats r, Words b, Floats& cosine, Floats& sine) {
  const Float d;
  const Word word;
  // b = 2^30·quarter + rest, |rest| ≤ 2^29; t is the rest in quarter turns.
  const Words rounded = hn::Add(b, hn::Set(word, 0x20000000u));
  const Words odd_quarter = hn::ShiftLeft<1>(rounded);  // in the highest bit
  const auto rest = hn::BitCast(Signed(), hn::ShiftLeft<2>(b));
  const Floats t = hn::Mul(hn::ConvertTo(d, rest), hn::Set(d, 0x1p-32f));
  const Floats z = hn::Mul(t, t);

  // sin(πt/2)/t and (cos(πt/2) − 1)/t² of the least relative error of sine and cosine, 3e-9 and 6e-11.
  Floats s = hn::Set(d, -0.004601657885f);
  s = hn::MulAdd(s, z, hn::Set(d, 0.07968003277f));
  s = hn::MulAdd(s, z, hn::Set(d, -0.6459634602f));
  s = hn::MulAdd(s, z, hn::Set(d, 1.570796322f));
  Floats c = hn::Set(d, 0.0009037665024f);
  c = hn::MulAdd(c, z, hn::Set(d, -0.02086016509f));
  c = hn::MulAdd(c, z, hn::Set(d, 0.253669226f));
  c = hn::MulAdd(c, z, hn::Set(d, -1.233700543f));
  const Floats along = hn::MulAdd(hn::Mul(r, z), c, r), across = hn::Mul(hn::Mul(r, t), s);

  const Floats sign = hn::BitCast(d, hn::Set(word, 0x80000000u));
  const Floats sine_sign = hn::And(hn::BitCast(d, rounded), sign);
  const Floats cosine_sign = hn::And(hn::BitCast(d, hn::Add(rounded, hn::Set(word, 0x40000000u))), sign);
  cosine = hn::Xor(if_highest_bit(odd_quarter, across, along), cosine_sign);
  sine = hn::Xor(if_highest_bit(odd_quarter, along, across), sine_sign);
}

// Calls use(group, lane, words) for every group and vector of lanes.
template <class Use>
HWY_INLINE void for_counters(const Stream& stream, std::uint32_t first, std::size_t groups, Use use) {
  const Schedule schedule(stream);
  for (std::size_t g = 0; g < groups; ++g)
    for (std::size_t lane = 0; lane < counters; lane += hn::Lanes(Word()))
      use(g, lane, counters_from(static_cast<std::uint32_t>(first + g * counters + lane), schedule));
}

void normal_groups(const Stream& stream, std::uint32_t first, std::size_t groups, float* out) {
  for_counters(stream, first, groups, [&](std::size_t group, std::size_t lane, const Counters& c) {
    const Float d;
    float* to = out + group * normal_group + lane;
    Floats x, y;
    polar(hn::Sqrt(minus_two_logarithm(c.c0)), c.c1, x, y);
    hn::StoreU(x, d, to);
    hn::StoreU(y, d, to + counters);
    polar(hn::Sqrt(minus_two_logarithm(c.c2)), c.c3, x, y);
    hn::StoreU(x, d, to + 2 * counters);
    hn::StoreU(y, d, to + 3 * counters);
  });
}

// The 64 bytes of one word of 16 counters, shifted by 0, 2, 4, 6 bits, make four rows of 64 symbols.
HWY_INLINE void put_bit_pairs(Words words, std::uint8_t mask, std::uint8_t* to) {
  constexpr std::size_t row = 4 * counters;
#if HWY_TARGET == HWY_SCALAR
  const std::uint32_t word = hn::GetLane(words);
  for (std::size_t i = 0; i < 4; ++i)
    for (std::size_t byte = 0; byte < 4; ++byte)
      to[i * row + byte] = static_cast<std::uint8_t>(word >> (8 * byte + 2 * i)) & mask;
#else
  const hn::Repartition<std::uint8_t, Word> d;
  const auto store = [&](Words shifted, std::size_t i) {
    hn::StoreU(hn::And(hn::BitCast(d, shifted), hn::Set(d, mask)), d, to + i * row);
  };
  store(words, 0);
  store(hn::ShiftRight<2>(words), 1);
  store(hn::ShiftRight<4>(words), 2);
  store(hn::ShiftRight<6>(words), 3);
#endif
}

void bit_pair_groups(const Stream& stream, std::uint32_t first, std::size_t groups, std::uint8_t mask,
                     std::uint8_t* out) {
  for_counters(stream, first, groups, [&](std::size_t group, std::size_t lane, const Counters& c) {
    constexpr std::size_t quarter = symbol_group / 4;
    std::uint8_t* to = out + group * symbol_group + 4 * lane;
    put_bit_pairs(c.c0, mask, to);
    put_bit_pairs(c.c1, mask, to + quarter);
    put_bit_pairs(c.c2, mask, to + 2 * quarter);
    put_bit_pairs(c.c3, mask, to + 3 * quarter);
  });
}

// floor(word·levels/2^32)
HWY_INLINE void put_scaled(Words words, std::uint32_t levels, std::uint8_t* to) {
#if HWY_TARGET == HWY_SCALAR
  *to = static_cast<std::uint8_t>(std::uint64_t{hn::GetLane(words)} * levels >> 32);
#else
  const Signed d;
  const WideWords wide = hn::BitCast(Wide(), words);
  const auto even = hn::BitCast(d, hn::ShiftRight<32>(product(wide, levels)));
  const auto odd = hn::BitCast(d, product(hn::ShiftRight<32>(wide), levels));
  const hn::Rebind<std::uint8_t, Signed> byte;
  hn::StoreU(hn::DemoteTo(byte, hn::OddEven(odd, even)), byte, to);
#endif
}

void scaled_groups(const Stream& stream, std::uint32_t first, std::size_t groups, std::uint32_t levels,
                   std::uint8_t* out) {
  for_counters(stream, first, groups, [&](std::size_t group, std::size_t lane, const Counters& c) {
    std::uint8_t* to = out + group * normal_group + lane;
    put_scaled(c.c0, levels, to);
    put_scaled(c.c1, levels, to + counters);
    put_scaled(c.c2, levels, to + 2 * counters);
    put_scaled(c.c3, levels, to + 3 * counters);
  });
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::signal
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace waverack::signal {

HWY_EXPORT(normal_groups);
HWY_EXPORT(bit_pair_groups);
HWY_EXPORT(scaled_groups);

namespace {

// Calls make(first counter, groups, where) so that `out` holds the values from `first` on. Groups that
// `out` has only a part of are made aside.
template <std::size_t group, class Value, class Make>
void fill_groups(std::span<Value> out, std::uint64_t first, Make make) {
  constexpr std::uint64_t counters = 16;
  assert((first + out.size() + group - 1) / group <= (std::uint64_t{1} << 32) / counters);
  const auto counter = [&](std::uint64_t value) {
    return static_cast<std::uint32_t>(value / group * counters);
  };
  while (!out.empty()) {
    const std::size_t skip = first % group;
    std::size_t done = out.size() / group * group;
    if (skip == 0 && done > 0) {
      make(counter(first), done / group, out.data());
    } else {
      std::array<Value, group> whole;
      make(counter(first), 1, whole.data());
      done = std::min(group - skip, out.size());
      std::copy_n(whole.data() + skip, done, out.data());
    }
    out = out.subspan(done);
    first += done;
  }
}

}  // namespace

void fill_normal_fast(const Stream& stream, std::span<float> out, std::uint64_t first) {
  fill_groups<normal_group>(out, first, [&](std::uint32_t counter, std::size_t groups, float* to) {
    HWY_DYNAMIC_DISPATCH(normal_groups)(stream, counter, groups, to);
  });
}

void fill_symbols(const Stream& stream, int levels, std::span<std::uint8_t> out, std::uint64_t first) {
  assert(levels >= 2 && levels <= 255);
  if (levels == 2 || levels == 4)
    fill_groups<symbol_group>(out, first, [&](std::uint32_t counter, std::size_t groups, std::uint8_t* to) {
      HWY_DYNAMIC_DISPATCH(bit_pair_groups)
      (stream, counter, groups, static_cast<std::uint8_t>(levels - 1), to);
    });
  else
    fill_groups<normal_group>(out, first, [&](std::uint32_t counter, std::size_t groups, std::uint8_t* to) {
      HWY_DYNAMIC_DISPATCH(scaled_groups)(stream, counter, groups, static_cast<std::uint32_t>(levels), to);
    });
}

}  // namespace waverack::signal
#endif
