#include <bit>
#include <utility>

#include "waverack/fec/sliced_kernels.hpp"
#include "waverack/signal/fft_targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "waverack/fec/sliced_transpose.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "waverack/fec/sliced_field-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace waverack::fec {
namespace HWY_NAMESPACE {

// A step of transposing 64 × 64 bits in each lane: of two rows `shift` apart, the upper bits of the one and
// the lower bits of the other change places (Hacker's Delight, 7-3).
template <int shift>
HWY_INLINE void exchange(Vector& a, Vector& b) {
  constexpr std::uint64_t low = ~std::uint64_t{0} / ((std::uint64_t{1} << shift) + 1);
  const Vector keep = hn::Set(Tag(), low);
  const Vector upper = hn::ShiftRight<shift>(a);
  a = chosen(keep, a, hn::ShiftLeft<shift>(b));
  b = chosen(keep, upper, b);
}

// Three steps on eight rows `apart` rows from each other.
template <int shift>
HWY_INLINE void exchange_eight(std::uint64_t* row, std::size_t apart) {
  std::uint64_t* p[8];
  for (std::size_t i = 0; i < 8; ++i) p[i] = row + i * apart * slice_words;
  Vector r0 = hn::Load(Tag(), p[0]), r1 = hn::Load(Tag(), p[1]), r2 = hn::Load(Tag(), p[2]);
  Vector r3 = hn::Load(Tag(), p[3]), r4 = hn::Load(Tag(), p[4]), r5 = hn::Load(Tag(), p[5]);
  Vector r6 = hn::Load(Tag(), p[6]), r7 = hn::Load(Tag(), p[7]);
  exchange<4 * shift>(r0, r4), exchange<4 * shift>(r1, r5);
  exchange<4 * shift>(r2, r6), exchange<4 * shift>(r3, r7);
  exchange<2 * shift>(r0, r2), exchange<2 * shift>(r1, r3);
  exchange<2 * shift>(r4, r6), exchange<2 * shift>(r5, r7);
  exchange<shift>(r0, r1), exchange<shift>(r2, r3);
  exchange<shift>(r4, r5), exchange<shift>(r6, r7);
  hn::Store(r0, Tag(), p[0]), hn::Store(r1, Tag(), p[1]), hn::Store(r2, Tag(), p[2]);
  hn::Store(r3, Tag(), p[3]), hn::Store(r4, Tag(), p[4]), hn::Store(r5, Tag(), p[5]);
  hn::Store(r6, Tag(), p[6]), hn::Store(r7, Tag(), p[7]);
}

// 64 rows of 8 words: word g of row i, bit b ↔ word g of row b, bit i.
HWY_INLINE void transpose_block(std::uint64_t* rows) {
  for (std::size_t lane = 0; lane < slice_words; lane += hn::Lanes(Tag())) {
    for (std::size_t i = 0; i < 8; ++i) exchange_eight<8>(rows + lane + i * slice_words, 8);
    for (std::size_t i = 0; i < 64; i += 8) exchange_eight<1>(rows + lane + i * slice_words, 1);
  }
}

// Word w of each of 512 codewords to row i, word g of block w, i and g being the remainder and the quotient
// of the codeword's number by 64. Two words of two codewords at a time.
HWY_INLINE void gather_words(const std::uint64_t* codewords, std::size_t stride, std::size_t first,
                             std::size_t count, std::uint64_t* slices) {
  constexpr std::size_t block = 64 * slice_words;
  for (std::size_t i = 0; i < 64; ++i)
    for (std::size_t g = 0; g < slice_words; g += 2) {
      const std::uint64_t* a = codewords + (64 * g + i) * stride;
      const std::uint64_t* b = a + 64 * stride;
      std::uint64_t* to = slices + i * slice_words + g;
      std::size_t w = first;
#if HWY_TARGET != HWY_SCALAR
      const hn::Full128<std::uint64_t> d;
      for (; w + 2 <= first + count; w += 2) {
        const auto x = hn::LoadU(d, a + w), y = hn::LoadU(d, b + w);
        hn::Store(hn::InterleaveLower(d, x, y), d, to + w * block);
        hn::Store(hn::InterleaveUpper(d, x, y), d, to + (w + 1) * block);
      }
#endif
      for (; w < first + count; ++w) {
        to[w * block] = a[w];
        to[w * block + 1] = b[w];
      }
    }
}

void to_slices(const std::uint64_t* codewords, std::size_t stride, std::size_t first, std::size_t count,
               std::uint64_t* slices) {
  constexpr std::size_t at_once =
      8;  // a cache line of each codeword; the blocks stay in the first-level cache
  for (std::size_t w = first; w < first + count; w += at_once) {
    const std::size_t part = first + count - w < at_once ? first + count - w : at_once;
    gather_words(codewords, stride, w, part, slices);
    for (std::size_t q = w; q < w + part; ++q) transpose_block(slices + 64 * slice_words * q);
  }
}

void from_slices(const std::uint64_t* slices, std::size_t stride, std::size_t first, std::size_t count,
                 std::uint64_t* codewords) {
  alignas(64) std::uint64_t block[64 * slice_words];
  for (std::size_t w = first; w < first + count; ++w) {
    const std::uint64_t* rows = slices + 64 * slice_words * w;
    for (std::size_t i = 0; i < 64 * slice_words; ++i) block[i] = rows[i];
    transpose_block(block);
    for (std::size_t g = 0; g < slice_words; ++g)
      for (std::size_t i = 0; i < 64; ++i) codewords[(64 * g + i) * stride + w] = block[i * slice_words + g];
  }
}

using SymbolTag = hn::ScalableTag<Symbol>;

void symbols_to_slices(const Symbol* symbols, std::uint64_t* element) {
  const SymbolTag d;
  const std::size_t width = hn::Lanes(d);
  std::uint8_t bits[64];  // as the largest vector may need
  for (std::size_t b = 0; b < field_bits; ++b) {
    std::uint64_t* row = element + b * slice_words;
    for (std::size_t w = 0; w < slice_words; ++w) row[w] = 0;
    const auto mask = hn::Set(d, static_cast<Symbol>(1u << b));
    for (std::size_t lane = 0; lane < batch_codewords; lane += width) {
      std::uint64_t word = 0;
      const std::size_t bytes = hn::StoreMaskBits(d, hn::TestBit(hn::LoadU(d, symbols + lane), mask), bits);
      for (std::size_t i = 0; i < bytes; ++i) word |= static_cast<std::uint64_t>(bits[i]) << (8 * i);
      row[lane / 64] |= word << (lane % 64);
    }
  }
}

void slices_to_symbols(const std::uint64_t* element, Symbol* symbols) {
  const SymbolTag d;
  const std::size_t width = hn::Lanes(d);
  for (std::size_t lane = 0; lane < batch_codewords; lane += width) {
    auto value = hn::Zero(d);
    for (std::size_t b = 0; b < field_bits; ++b) {
      const std::uint64_t word = element[b * slice_words + lane / 64] >> (lane % 64);
      std::uint8_t bits[8];
      for (std::size_t i = 0; i < 8; ++i) bits[i] = static_cast<std::uint8_t>(word >> (8 * i));
      const auto bit = hn::Set(d, static_cast<Symbol>(1u << b));
      value = hn::Or(value, hn::IfThenElseZero(hn::LoadMaskBits(d, bits), bit));
    }
    hn::StoreU(value, d, symbols + lane);
  }
}

template <int step>
HWY_INLINE Vector move_bits(Vector x, const SliceRow& move, std::size_t lane) {
  const Vector moved = hn::And(x, hn::Load(Tag(), move.word + lane));
  return hn::Or(hn::Xor(x, moved), hn::ShiftRight<(1 << step)>(moved));
}

void append(const LaneAppend& where, std::size_t count, const std::uint64_t* rows, std::uint64_t* wide) {
  alignas(64) std::uint64_t compact[slice_words];
  for (std::size_t r = 0; r < count; ++r, rows += slice_words, wide += wide_words) {
    for (std::size_t lane = 0; lane < slice_words; lane += hn::Lanes(Tag())) {
      Vector x = hn::And(hn::Load(Tag(), rows + lane), hn::Load(Tag(), where.chosen.word + lane));
      x = move_bits<0>(x, where.moves[0], lane);
      x = move_bits<1>(x, where.moves[1], lane);
      x = move_bits<2>(x, where.moves[2], lane);
      x = move_bits<3>(x, where.moves[3], lane);
      x = move_bits<4>(x, where.moves[4], lane);
      x = move_bits<5>(x, where.moves[5], lane);
      hn::Store(x, Tag(), compact + lane);
    }
    for (std::size_t w = 0; w < slice_words; ++w) {
      const LaneAppend::Place& place = where.places[w];
      wide[place.word] |= compact[w] << place.shift;
      wide[place.word + 1] |= compact[w] >> 1 >> (63 - place.shift);
    }
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::fec
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace waverack::fec {

HWY_EXPORT(to_slices);
HWY_EXPORT(from_slices);
HWY_EXPORT(symbols_to_slices);
HWY_EXPORT(slices_to_symbols);
HWY_EXPORT(append);

void slice_words_of_codewords(const std::uint64_t* codewords, std::size_t stride, std::size_t first,
                              std::size_t count, std::uint64_t* slices) {
  HWY_DYNAMIC_DISPATCH(to_slices)(codewords, stride, first, count, slices);
}

void unslice_words_of_codewords(const std::uint64_t* slices, std::size_t stride, std::size_t first,
                                std::size_t count, std::uint64_t* codewords) {
  HWY_DYNAMIC_DISPATCH(from_slices)(slices, stride, first, count, codewords);
}

void slice_symbols(const Symbol* symbols, std::uint64_t* element) {
  HWY_DYNAMIC_DISPATCH(symbols_to_slices)(symbols, element);
}

void unslice_symbols(const std::uint64_t* element, Symbol* symbols) {
  HWY_DYNAMIC_DISPATCH(slices_to_symbols)(element, symbols);
}

LaneAppend::LaneAppend(const std::uint64_t* lanes, std::size_t fill) {
  for (std::size_t w = 0; w < slice_words; ++w) {
    std::uint64_t mask = chosen.word[w] = lanes[w];
    places[w] = {fill / 64, static_cast<unsigned>(fill % 64)};
    fill += static_cast<std::size_t>(std::popcount(mask));
    // Bit i of `before`: whether an odd number of bits that are not chosen lies below bit i.
    std::uint64_t below = ~mask << 1;
    for (unsigned step = 0; step < 6; ++step) {
      std::uint64_t odd = below;
      for (unsigned shift = 1; shift < 64; shift *= 2) odd ^= odd << shift;
      const std::uint64_t move = odd & mask;
      moves[step].word[w] = move;
      mask = (mask ^ move) | (move >> (1u << step));
      below &= ~odd;
    }
  }
}

void append_lanes(const LaneAppend& where, std::size_t count, const std::uint64_t* rows,
                  std::uint64_t* wide) {
  HWY_DYNAMIC_DISPATCH(append)(where, count, rows, wide);
}

}  // namespace waverack::fec
#endif
