#pragma once
// oFEC as its definition reads, for the tests: a matrix with its blocks, one codeword at a time.

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <vector>

#include "waverack/fec/ofec_code.hpp"
#include "waverack/fec/ofec_kernels.hpp"

namespace waverack::fec {

// Whether the polynomial of the first 255 bits has the roots α and α³, and all bits even parity.
inline bool is_ofec_codeword(std::span<const std::uint8_t> word) {
  unsigned s1 = 0, s3 = 0, ones = 0;
  for (std::size_t k = 0; k < 256; ++k) {
    if (word[k] == 0) continue;
    ones ^= 1U;
    if (k == 255) continue;
    s1 ^= byte_field.power[254 - k];
    s3 ^= byte_field.power[3 * (254 - k) % 255];
  }
  return s1 == 0 && s3 == 0 && ones == 0;
}

// Coded bits as V(R, C, r, c).
class OfecMatrix {
 public:
  struct Place {
    std::ptrdiff_t block_row;
    std::size_t block_column, r, c;
  };

  explicit OfecMatrix(std::span<const std::uint8_t> coded) : coded_(coded.begin(), coded.end()) {}

  // Equations (1) and (2) of ofec_code.hpp.
  static Place place(std::size_t block_row, std::size_t r, std::size_t k) {
    const std::size_t column = k % 128 / 16, d = k % 16 ^ r;
    if (k >= 128) return {static_cast<std::ptrdiff_t>(block_row), column, r, d};
    return {static_cast<std::ptrdiff_t>(block_row ^ 1U) - 20 + 2 * static_cast<std::ptrdiff_t>(column),
            column, d, r};
  }
  // Block columns one after another, the even block row's block before the odd one's.
  static std::size_t at(const Place& p) {
    const auto row = static_cast<std::size_t>(p.block_row);
    return row / 2 * 4096 + p.block_column * 512 + row % 2 * 256 + p.r * 16 + p.c;
  }
  // Bit k of a codeword of this block row: first halves are zero where a stream starts.
  std::uint8_t bit(const Place& p, std::size_t block_row, std::size_t k) const {
    return k < 128 && block_row < 20 ? std::uint8_t{0} : coded_[at(p)];
  }

 private:
  std::vector<std::uint8_t> coded_;
};

using OfecValues = std::array<int, 256>;

// The soft decision of ofec_soft_decode() on one word, bit by bit.
inline OfecValues soft_decision(const OfecValues& x, const OfecSoftRule& rule) {
  struct Candidate {
    std::array<bool, 256> turned{};
    int distance = 0;
  };
  std::array<std::size_t, 255> order;
  for (std::size_t k = 0; k < 255; ++k) order[k] = k;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return std::abs(x[a]) < std::abs(x[b]); });
  const auto syndrome_of = [](const std::array<std::uint8_t, 256>& word) {
    unsigned s = 0;
    for (std::size_t k = 0; k < 255; ++k)
      if (word[k]) s ^= byte_field.power[254 - k] | byte_field.power[3 * (254 - k) % 255] << 8;
    return s;
  };
  std::array<std::uint8_t, 256> hard{};
  for (std::size_t k = 0; k < 256; ++k) hard[k] = x[k] < 0;
  std::vector<Candidate> candidates;
  const bool is_codeword = is_ofec_codeword(hard);
  const auto tested = static_cast<std::size_t>(rule.test_bits - 1);
  for (unsigned m = 0; m < 1U << tested; ++m) {
    auto word = hard;
    for (std::size_t i = 0; i < tested; ++i)
      if (m >> i & 1U) word[order[i]] ^= 1;
    unsigned ones = 0;
    for (const std::uint8_t bit : word) ones ^= bit;
    word[order[tested]] ^= static_cast<std::uint8_t>(ones);
    const unsigned s = syndrome_of(word);
    if (s != 0) {  // one more bit, or two, by trying
      std::vector<std::size_t> wrong;
      const unsigned s1 = s & 255U, s3 = s >> 8;
      for (std::size_t a = 0; a < 255 && wrong.empty(); ++a) {
        const unsigned x1 = byte_field.power[254 - a], rest = s1 ^ x1;
        const auto cube = [](unsigned e) {
          const auto b = static_cast<std::uint8_t>(e);
          return byte_field.product(byte_field.product(b, b), b);
        };
        if ((cube(x1) ^ cube(rest)) != s3) continue;
        wrong.push_back(a);
        if (rest != 0) wrong.push_back(254U - byte_field.logarithm[rest]);
      }
      if (wrong.empty()) continue;
      for (const std::size_t k : wrong) word[k] ^= 1;
    }
    word[255] = 0;
    for (std::size_t k = 0; k < 255; ++k) word[255] ^= word[k];
    Candidate candidate;
    for (std::size_t k = 0; k < 256; ++k)
      if (word[k] != hard[k]) {
        candidate.turned[k] = true;
        candidate.distance += std::abs(x[k]);
      }
    candidates.push_back(candidate);
    if (rule.trust_codewords && is_codeword) break;
  }
  OfecValues result{};
  if (candidates.empty()) return result;
  const Candidate* best = &candidates.front();
  for (const Candidate& c : candidates)
    if (c.distance < best->distance) best = &c;
  for (std::size_t k = 0; k < 256; ++k) {
    const int d = (x[k] < 0) != best->turned[k] ? -1 : 1;
    int other = -1;
    for (const Candidate& c : candidates)
      if (c.turned[k] != best->turned[k] && (other < 0 || c.distance < other)) other = c.distance;
    const int w = other < 0 ? d * rule.certainty : d * (other - best->distance) - x[k];
    result[k] = std::clamp((rule.weight * w + 32) >> 6, -127, 127);
  }
  return result;
}

}  // namespace waverack::fec
