#include "waverack/signal/fast_random.hpp"

#include <cassert>

#include "waverack/signal/fft_targets.hpp"
#include "waverack/signal/fill_groups.hpp"

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

constexpr std::size_t counters = counters_of_group;

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

// Calls use(group, lane, words) for every group and vector of lanes.
template <class Use>
HWY_INLINE void for_counters(const Stream& stream, std::uint32_t first, std::size_t groups, Use use) {
  const Schedule schedule(stream);
  for (std::size_t g = 0; g < groups; ++g)
    for (std::size_t lane = 0; lane < counters; lane += hn::Lanes(Word()))
      use(g, lane, counters_from(static_cast<std::uint32_t>(first + g * counters + lane), schedule));
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

HWY_EXPORT(bit_pair_groups);
HWY_EXPORT(scaled_groups);

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
