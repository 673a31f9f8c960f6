#include "waverack/fec/double_extended_hamming.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstdlib>

#include "waverack/base/error.hpp"

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

// Places of columns, by the integer i; 0x80 is none.
constexpr auto places = [] {
  std::array<std::uint8_t, 512> table{};
  table.fill(0x80);
  for (std::size_t j = 0; j < hamming_bits; ++j) table[columns[j]] = static_cast<std::uint8_t>(j);
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

template <int tests>
void decode(const HammingValues& values, HammingBits& bits) {
  // The weakest bits of every lane, the weakest first.
  std::uint8_t weight[tests][hamming_batch], position[tests][hamming_batch];
  std::uint8_t low[hamming_batch] = {}, odd[hamming_batch] = {};
  for (auto& row : weight) std::fill(std::begin(row), std::end(row), std::uint8_t{255});
  for (auto& row : position) std::fill(std::begin(row), std::end(row), std::uint8_t{0});
  for (std::size_t j = hamming_bits; j-- > 0;) {  // backwards: the first of equals comes last
    std::uint8_t r[hamming_batch], at[hamming_batch];
    for (std::size_t lane = 0; lane < hamming_batch; ++lane) {
      const std::int8_t x = values.row[j][lane];
      const auto one = static_cast<std::uint8_t>(x < 0 ? 0xFF : 0);
      bits.row[j][lane] = one & 1U;
      low[lane] = static_cast<std::uint8_t>(low[lane] ^ (one & columns[j]));
      odd[lane] ^= one;
      r[lane] = static_cast<std::uint8_t>(x < 0 ? -x : x);
      at[lane] = static_cast<std::uint8_t>(j);
    }
    for (int i = 0; i < tests; ++i)
      for (std::size_t lane = 0; lane < hamming_batch; ++lane) {
        const std::uint8_t w = weight[i][lane], p = position[i][lane];
        const bool enters = r[lane] <= w;
        weight[i][lane] = enters ? r[lane] : w;
        position[i][lane] = enters ? at[lane] : p;
        r[lane] = enters ? w : r[lane];
        at[lane] = enters ? p : at[lane];
      }
  }
  for (std::size_t lane = 0; lane < hamming_batch; ++lane) {
    const unsigned syndrome = low[lane] | (odd[lane] & 1U) << 8;
    if (syndrome == 0) continue;
    constexpr unsigned patterns = 1U << tests;
    std::uint16_t left[patterns], distance[patterns];
    left[0] = static_cast<std::uint16_t>(syndrome);
    distance[0] = 0;
    for (unsigned i = 0; i < tests; ++i)
      for (unsigned m = 0; m < 1U << i; ++m) {
        left[m | 1U << i] = left[m] ^ columns[position[i][lane]];
        distance[m | 1U << i] = static_cast<std::uint16_t>(distance[m] + weight[i][lane]);
      }
    int least = 1 << 15;
    unsigned best = patterns;
    for (unsigned m = 0; m < patterns; ++m) {
      int sum = distance[m];
      if (left[m] != 0) {
        const std::uint8_t place = places[left[m]];
        if (place == 0x80) continue;
        // A bit that the pattern has turned over already is turned back.
        int r = std::abs(values.row[place][lane]);
        for (unsigned i = 0; i < tests; ++i)
          if (position[i][lane] == place && (m >> i & 1U) != 0) r = -r;
        sum += r;
      }
      if (sum < least) {
        least = sum;
        best = m;
      }
    }
    if (best == patterns) continue;
    for (unsigned i = 0; i < tests; ++i)
      if (best >> i & 1U) bits.row[position[i][lane]][lane] ^= 1U;
    if (left[best] != 0) bits.row[places[left[best]]][lane] ^= 1U;
  }
}

}  // namespace

constinit const std::array<std::uint16_t, hamming_bits> hamming_columns = columns;

std::uint16_t hamming_parity(std::span<const std::uint8_t> message) {
  assert(message.size() == hamming_message_bits);
  unsigned sum = 0;
  for (std::size_t j = 0; j < hamming_message_bits; ++j)
    if (message[j] & 1U) sum ^= columns[j];
  return parities[sum];
}

void hamming_decode(const HammingValues& values, int test_bits, HammingBits& bits) {
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
    default:
      throw Error("the decoder of the double-extended Hamming code tests 2 to 6 bits");
  }
}

}  // namespace waverack::fec
