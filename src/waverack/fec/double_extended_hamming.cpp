#include "waverack/fec/double_extended_hamming.hpp"

#include <algorithm>
#include <cassert>
#include <cstdlib>

#include "waverack/base/error.hpp"
#include "waverack/signal/fft_targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "waverack/fec/double_extended_hamming.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#ifndef WAVERACK_HAMMING_TABLES
#define WAVERACK_HAMMING_TABLES
namespace waverack::fec {
namespace {

constexpr std::uint16_t column_of(unsigned i) {
  const bool s0 = i & 1U, s1 = i & 2U, s2 = i & 4U;
  const bool s7 = (s0 && s2) || (!s0 && !s1 && !s2) || (s0 && s1 && !s2);
  return static_cast<std::uint16_t>(i | (s7 ? 0x80U : 0U) | 0x100U);
}

constexpr std::array<std::uint16_t, hamming_bits> make_columns() {
  std::array<std::uint16_t, hamming_bits> columns{};
  constexpr unsigned last[] = {63, 95, 111, 119, 121, 123, 125, 126, 127};
  std::size_t j = 0;
  for (unsigned i = 0; i < 128; ++i)
    if (std::find(std::begin(last), std::end(last), i) == std::end(last)) columns[j++] = column_of(i);
  for (const unsigned i : last) columns[j++] = column_of(i);
  return columns;
}

constexpr auto columns = make_columns();

// Places of columns, by their low byte. Where there is none: a place, and a flag above all distances.
constexpr std::uint16_t no_column = 0x4000;
constexpr auto places = [] {
  std::array<std::uint16_t, 256> table{};
  table.fill(no_column);
  for (std::size_t j = 0; j < hamming_bits; ++j) table[columns[j] & 0xFFU] = static_cast<std::uint16_t>(j);
  return table;
}();

// Parity bits of every sum of message columns.
constexpr auto parities = [] {
  std::array<std::uint16_t, 512> table{};
  for (unsigned bits = 0; bits < 512; ++bits) {
    unsigned sum = 0;
    for (std::size_t c = 0; c < hamming_parity_bits; ++c)
      if (bits >> c & 1U) sum ^= columns[hamming_message_bits + c];
    table[sum] = static_cast<std::uint16_t>(bits);
  }
  return table;
}();

constexpr int most_tests = 8;
constexpr unsigned most_patterns = 1U << (most_tests - 1);

}  // namespace
}  // namespace waverack::fec
#endif

HWY_BEFORE_NAMESPACE();
namespace waverack::fec {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Signed = hn::CappedTag<std::int8_t, hamming_batch>;
using Words = hn::CappedTag<std::uint16_t, 16>;

// What decisions on 32 words start from.
struct Start {
  alignas(64) std::uint16_t weak[most_tests][hamming_batch];        // 128·|value| + place, the weakest first
  alignas(64) std::uint8_t low[hamming_batch], odd[hamming_batch];  // syndromes
};

// Signs and syndromes.
void check(const HammingValues& values, HammingBits& bits, Start& start) {
  const Signed d;
  const hn::RebindToUnsigned<Signed> u;
  const auto one = hn::Set(u, 1);
  for (std::size_t lane = 0; lane < hamming_batch; lane += hn::Lanes(d)) {
    auto low = hn::Zero(u), odd = hn::Zero(u);
    for (std::size_t j = 0; j < hamming_bits; ++j) {
      const auto negative =
          hn::BitCast(u, hn::VecFromMask(d, hn::Lt(hn::Load(d, values.row[j] + lane), hn::Zero(d))));
      hn::Store(hn::And(negative, one), u, bits.row[j] + lane);
      low = hn::Xor(low, hn::And(negative, hn::Set(u, static_cast<std::uint8_t>(columns[j]))));
      odd = hn::Xor(odd, negative);
    }
    hn::Store(low, u, start.low + lane);
    hn::Store(odd, u, start.odd + lane);
  }
}

template <int tests>
void find_weakest(const HammingValues& values, Start& start) {
  const Words d;
  const hn::RebindToSigned<Words> wide;
  const hn::Rebind<std::int8_t, Words> narrow;
  for (std::size_t lane = 0; lane < hamming_batch; lane += hn::Lanes(d)) {
    hn::Vec<Words> weak[tests];
    for (auto& w : weak) w = hn::Set(d, 0x7FFF);
    for (std::size_t j = 0; j < hamming_bits; ++j) {
      const auto r = hn::BitCast(d, hn::Abs(hn::PromoteTo(wide, hn::Load(narrow, values.row[j] + lane))));
      auto key = hn::Or(hn::ShiftLeft<7>(r), hn::Set(d, static_cast<std::uint16_t>(j)));
      for (auto& w : weak) {
        const auto larger = hn::Max(key, w);
        w = hn::Min(key, w);
        key = larger;
      }
    }
    for (int i = 0; i < tests; ++i) hn::Store(weak[i], d, start.weak[i] + lane);
  }
}

template <int tests>
void decide(const HammingValues& values, const Start& start, std::size_t lane, HammingBits& bits) {
  const bool odd = (start.odd[lane] & 1U) != 0;
  if (start.low[lane] == 0 && !odd) return;
  unsigned place[tests], column[tests];
  int weight[tests];
  for (int i = 0; i < tests; ++i) {
    place[i] = start.weak[i][lane] & 127U;
    weight[i] = start.weak[i][lane] >> 7;
    column[i] = columns[place[i]] & 0xFFU;
  }
  // Bit i of m turns over the i-th weakest, and the last of the tested makes the number left odd.
  constexpr unsigned patterns = 1U << (tests - 1);
  const unsigned last_column = column[tests - 1];
  const int last_weight = weight[tests - 1];
  std::uint8_t left[patterns];
  std::int16_t distance[2 * patterns];  // [m], and with the last bit the other way [patterns + m]
  left[0] = static_cast<std::uint8_t>(start.low[lane] ^ (odd ? 0U : last_column));
  distance[0] = static_cast<std::int16_t>(odd ? 0 : last_weight);
  distance[patterns] = static_cast<std::int16_t>(odd ? last_weight : 0);
  for (int i = 0; i + 1 < tests; ++i) {
    const unsigned bit = 1U << i;
    for (unsigned m = 0; m < bit; ++m) {
      left[bit + m] = static_cast<std::uint8_t>(left[m] ^ column[i] ^ last_column);
      distance[bit + m] = static_cast<std::int16_t>(distance[patterns + m] + weight[i]);
      distance[patterns + bit + m] = static_cast<std::int16_t>(distance[m] + weight[i]);
    }
  }
  // A bit that is turned back counts too much here, but another pattern finds the same codeword.
  unsigned best = ~0U;
  for (unsigned m = 0; m < patterns; ++m) {
    const unsigned at = places[left[m]];
    const int r = std::abs(static_cast<int>(values.row[at & 127U][lane]));
    const unsigned sum = static_cast<unsigned>(distance[m] + r) + (at & no_column);
    best = std::min(best, sum << 8 | m);
  }
  if ((best >> 8 & no_column) != 0) return;
  const unsigned m = best & 0xFFU;
  unsigned turned = odd ? 0U : 1U;
  for (int i = 0; i + 1 < tests; ++i)
    if (m >> i & 1U) {
      bits.row[place[i]][lane] ^= 1U;
      turned ^= 1U;
    }
  if (turned) bits.row[place[tests - 1]][lane] ^= 1U;
  bits.row[places[left[m]]][lane] ^= 1U;
}

template <int tests>
void decode(const HammingValues& values, HammingBits& bits) {
  Start start;
  check(values, bits, start);
  find_weakest<tests>(values, start);
  for (std::size_t lane = 0; lane < hamming_batch; ++lane) decide<tests>(values, start, lane, bits);
}

void decode_with(const HammingValues& values, int test_bits, HammingBits& bits) {
  switch (test_bits) {
    case 2:
      return decode<2>(values, bits);
    case 3:
      return decode<3>(values, bits);
    case 4:
      return decode<4>(values, bits);
    case 5:
      return decode<5>(values, bits);
    case 6:
      return decode<6>(values, bits);
    case 7:
      return decode<7>(values, bits);
    default:
      return decode<8>(values, bits);
  }
}

void quantise(const float* ratios, float scale, HammingValues& values) {
  constexpr std::size_t together = 8 * hamming_turn;
  const hn::CappedTag<float, 16> d;
  const hn::Rebind<std::int8_t, decltype(d)> bytes;
  const auto factor = hn::Set(d, scale), high = hn::Set(d, 127.0f), low = hn::Set(d, -127.0f);
  for (std::size_t turn = 0; turn < hamming_batch; turn += hamming_turn)
    for (std::size_t j = 0; j < hamming_bits; j += 8, ratios += together) {
      alignas(64) std::int8_t rounded[together];
      for (std::size_t i = 0; i < together; i += hn::Lanes(d)) {
        const auto x = hn::Min(hn::Max(hn::Mul(hn::LoadU(d, ratios + i), factor), low), high);
        hn::StoreU(hn::DemoteTo(bytes, hn::NearestInt(x)), bytes, rounded + i);
      }
      for (std::size_t bit = 0; bit < 8; ++bit)
        for (std::size_t word = 0; word < hamming_turn; ++word)
          values.row[j + bit][turn + word] = rounded[8 * word + bit];
    }
}

}  // namespace HWY_NAMESPACE
}  // namespace waverack::fec
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace waverack::fec {

HWY_EXPORT(decode_with);
HWY_EXPORT(quantise);

constinit const std::array<std::uint16_t, hamming_bits> hamming_columns = columns;

std::uint16_t hamming_parity(std::span<const std::uint8_t> message) {
  assert(message.size() == hamming_message_bits);
  unsigned sum = 0;
  for (std::size_t j = 0; j < hamming_message_bits; ++j)
    if (message[j] & 1U) sum ^= columns[j];
  return parities[sum];
}

void hamming_quantise(const float* ratios, float scale, HammingValues& values) {
  HWY_DYNAMIC_DISPATCH(quantise)(ratios, scale, values);
}

void hamming_decode(const HammingValues& values, int test_bits, HammingBits& bits) {
  if (test_bits < 2 || test_bits > most_tests)
    throw Error("the decoder of the double-extended Hamming code tests 2 to 8 bits");
  HWY_DYNAMIC_DISPATCH(decode_with)(values, test_bits, bits);
}

}  // namespace waverack::fec
#endif
