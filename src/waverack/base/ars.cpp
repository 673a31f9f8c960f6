#include "waverack/base/ars.hpp"

#include "waverack/base/joined_words.hpp"

namespace waverack {
namespace {

using CipherState = std::array<std::uint8_t, 16>;  // column by column

// Times x in the field of AES, GF(2^8) modulo x^8 + x^4 + x^3 + x + 1.
constexpr std::uint8_t doubled(std::uint8_t a) {
  return static_cast<std::uint8_t>(a << 1 ^ (a & 0x80 ? 0x1b : 0));
}

// The S-box of FIPS 197, section 5.1.1: the inverse in the field, and an affine map of its bits. p runs
// through the powers of 3, which generates the field, and q through their inverses.
constexpr std::array<std::uint8_t, 256> make_s_box() {
  std::array<std::uint8_t, 256> box{};
  box[0] = 0x63;
  std::uint8_t p = 1, q = 1;
  do {
    p = static_cast<std::uint8_t>(p ^ doubled(p));
    q = static_cast<std::uint8_t>(q ^ q << 1);
    q = static_cast<std::uint8_t>(q ^ q << 2);
    q = static_cast<std::uint8_t>(q ^ q << 4);
    if (q & 0x80) q ^= 0x09;
    const int twice = q << 8 | q;  // for rotations
    box[p] = static_cast<std::uint8_t>(0x63 ^ q ^ twice >> 7 ^ twice >> 6 ^ twice >> 5 ^ twice >> 4);
  } while (p != 1);
  return box;
}

constexpr std::array<std::uint8_t, 256> s_box = make_s_box();

// Bytes through the S-box and rows shifted.
CipherState substituted(const CipherState& state) {
  CipherState result;
  for (std::size_t i = 0; i < 16; ++i) result[i] = s_box[state[(i + 4 * (i % 4)) % 16]];
  return result;
}

CipherState mixed_columns(const CipherState& a) {
  CipherState result;
  for (std::size_t i = 0; i < 16; ++i) {
    const auto in_column = [&](std::size_t step) { return a[i / 4 * 4 + (i + step) % 4]; };
    result[i] = static_cast<std::uint8_t>(doubled(in_column(0)) ^ doubled(in_column(1)) ^ in_column(1) ^
                                          in_column(2) ^ in_column(3));
  }
  return result;
}

void add_key(CipherState& state, std::uint64_t low, std::uint64_t high) {
  for (std::size_t i = 0; i < 8; ++i) {
    state[i] ^= static_cast<std::uint8_t>(low >> 8 * i);
    state[8 + i] ^= static_cast<std::uint8_t>(high >> 8 * i);
  }
}

}  // namespace

std::array<std::uint32_t, 4> ars(const std::array<std::uint32_t, 4>& counter,
                                 const std::array<std::uint32_t, 4>& key, int rounds) {
  CipherState state{};
  add_key(state, joined_words(counter[0], counter[1]), joined_words(counter[2], counter[3]));
  std::uint64_t low = joined_words(key[0], key[1]), high = joined_words(key[2], key[3]);
  add_key(state, low, high);
  for (int round = 1; round <= rounds; ++round) {
    low += ars_step_low;
    high += ars_step_high;
    state = substituted(state);
    if (round < rounds) state = mixed_columns(state);
    add_key(state, low, high);
  }
  std::array<std::uint32_t, 4> words{};
  for (std::size_t i = 0; i < 16; ++i) words[i / 4] |= std::uint32_t{state[i]} << 8 * (i % 4);
  return words;
}

std::array<std::uint32_t, 4> ars_words(const Stream& stream, std::uint32_t index) {
  return ars({index, stream.block, stream.lane, stream.source},
             {static_cast<std::uint32_t>(stream.seed), static_cast<std::uint32_t>(stream.seed >> 32), 0, 0});
}

}  // namespace waverack
