#include "waverack/base/low_discrepancy.hpp"

#include <bit>
#include <stdexcept>

namespace waverack {
namespace {

// A dimension beyond the first: its primitive polynomial over GF(2), highest power first, and as many initial
// numbers m_1, m_2, … as its degree, each odd and below 2^i. Of random candidates they are those with the
// least sum of t² over the projections on two dimensions, for 2^5, 2^7, 2^9 and 2^11 points.
struct Generator {
  std::uint32_t polynomial;
  std::array<std::uint32_t, 9> initial;
};
constexpr std::array<Generator, most_sobol_dimensions - 1> generators{{
    {3, {1}},
    {7, {1, 3}},
    {11, {1, 1, 7}},
    {13, {1, 1, 5}},
    {19, {1, 3, 5, 7}},
    {25, {1, 1, 5, 7}},
    {37, {1, 1, 5, 11, 13}},
    {41, {1, 3, 5, 1, 17}},
    {47, {1, 3, 1, 15, 29}},
    {55, {1, 3, 5, 11, 29}},
    {59, {1, 1, 3, 5, 25}},
    {61, {1, 1, 1, 15, 13}},
    {67, {1, 1, 1, 3, 25, 55}},
    {91, {1, 1, 3, 15, 23, 59}},
    {97, {1, 3, 1, 1, 13, 35}},
    {103, {1, 1, 1, 7, 1, 49}},
    {109, {1, 1, 5, 13, 31, 57}},
    {115, {1, 3, 3, 11, 29, 33}},
    {131, {1, 3, 1, 7, 21, 53, 97}},
    {137, {1, 1, 7, 13, 3, 39, 75}},
    {143, {1, 1, 3, 11, 9, 61, 3}},
    {145, {1, 3, 5, 15, 19, 39, 51}},
    {157, {1, 1, 1, 9, 21, 37, 17}},
    {167, {1, 3, 5, 5, 11, 63, 41}},
    {171, {1, 3, 1, 15, 11, 5, 83}},
    {185, {1, 3, 1, 1, 15, 59, 41}},
    {191, {1, 3, 7, 15, 15, 51, 13}},
    {193, {1, 3, 1, 9, 3, 27, 63}},
    {203, {1, 3, 5, 7, 17, 39, 75}},
    {211, {1, 1, 5, 1, 11, 9, 71}},
    {213, {1, 3, 7, 9, 25, 57, 113}},
    {229, {1, 1, 3, 1, 7, 25, 81}},
    {239, {1, 1, 7, 3, 19, 5, 75}},
    {241, {1, 1, 5, 5, 1, 9, 39}},
    {247, {1, 3, 1, 9, 5, 29, 7}},
    {253, {1, 3, 1, 9, 9, 55, 41}},
    {285, {1, 3, 3, 5, 7, 41, 125, 139}},
    {299, {1, 3, 7, 1, 27, 11, 11, 213}},
    {301, {1, 1, 3, 9, 15, 61, 87, 233}},
    {333, {1, 1, 5, 15, 29, 39, 31, 135}},
    {351, {1, 1, 7, 1, 27, 57, 115, 23}},
    {355, {1, 1, 1, 11, 13, 13, 67, 43}},
    {357, {1, 1, 3, 9, 31, 55, 49, 179}},
    {361, {1, 1, 5, 15, 27, 37, 71, 219}},
    {369, {1, 1, 3, 5, 29, 11, 7, 171}},
    {391, {1, 3, 7, 1, 29, 7, 93, 71}},
    {397, {1, 3, 1, 1, 17, 25, 107, 103}},
    {425, {1, 3, 5, 11, 17, 51, 25, 39}},
    {451, {1, 1, 7, 3, 13, 37, 119, 111}},
    {463, {1, 1, 3, 5, 31, 45, 21, 115}},
    {487, {1, 1, 1, 7, 31, 23, 41, 111}},
    {501, {1, 3, 1, 5, 1, 19, 109, 115}},
    {529, {1, 3, 7, 7, 1, 13, 31, 209, 165}},
    {539, {1, 1, 1, 13, 29, 17, 21, 79, 27}},
    {545, {1, 1, 5, 3, 13, 19, 29, 155, 225}},
    {557, {1, 1, 3, 1, 5, 31, 91, 19, 503}},
    {563, {1, 1, 3, 5, 7, 51, 31, 47, 373}},
    {601, {1, 3, 5, 13, 23, 1, 13, 147, 137}},
    {607, {1, 1, 5, 9, 7, 9, 31, 213, 195}},
    {617, {1, 3, 3, 3, 19, 53, 119, 159, 437}},
    {623, {1, 1, 7, 1, 23, 57, 13, 87, 505}},
    {631, {1, 3, 5, 13, 17, 57, 85, 61, 335}},
    {637, {1, 3, 3, 1, 3, 23, 99, 79, 325}},
}};

// Direction numbers of a dimension, most significant digit in the highest bit.
std::array<std::uint32_t, 32> directions_of(int dimension) {
  std::array<std::uint32_t, 32> v{};
  if (dimension == 0) {
    for (int i = 0; i < 32; ++i) v[i] = 1u << (31 - i);
    return v;
  }
  const Generator& generator = generators[static_cast<std::size_t>(dimension) - 1];
  const int degree = std::bit_width(generator.polynomial) - 1;
  for (int i = 0; i < 32; ++i) {
    if (i < degree) {
      v[i] = generator.initial[static_cast<std::size_t>(i)] << (31 - i);
      continue;
    }
    v[i] = v[i - degree] ^ v[i - degree] >> degree;
    for (int k = 1; k < degree; ++k)
      if (generator.polynomial >> (degree - k) & 1u) v[i] ^= v[i - k];
  }
  return v;
}

}  // namespace

SobolPoints::SobolPoints(int dimensions, const Stream& name) {
  if (dimensions < 1 || dimensions > most_sobol_dimensions)
    throw std::logic_error("SobolPoints: the number of dimensions is out of range");
  std::uint32_t next = 0;
  for (int d = 0; d < dimensions; ++d) {
    // Row r of a lower triangular matrix of digits: digit r stays, and random ones above it are added.
    std::array<std::uint32_t, 32> rows{};
    for (std::uint32_t r = 0; r < 32; r += 4) {
      const auto words = random_words(name, next++);
      for (std::uint32_t k = 0; k < 4; ++k) {
        const std::uint32_t digit = 0x80000000u >> (r + k), above = ~(digit | (digit - 1));
        rows[r + k] = digit | (words[k] & above);
      }
    }
    const Directions plain = directions_of(d);
    Directions scrambled{};
    for (std::size_t i = 0; i < 32; ++i)
      for (std::size_t r = 0; r < 32; ++r)
        scrambled[i] |= static_cast<std::uint32_t>(std::popcount(rows[r] & plain[i]) & 1) << (31 - r);
    directions_.push_back(scrambled);
    shift_.push_back(random_words(name, next++)[0]);
  }
}

double SobolPoints::at(std::uint32_t index, int dimension) const {
  const Directions& v = directions_[static_cast<std::size_t>(dimension)];
  std::uint32_t x = shift_[static_cast<std::size_t>(dimension)];
  for (; index != 0; index &= index - 1) x ^= v[static_cast<std::size_t>(std::countr_zero(index))];
  return (x + 0.5) * 0x1p-32;
}

std::uint32_t shuffled(std::uint32_t index, std::uint32_t count, const Stream& name) {
  if (count < 2) return index;
  const int half = (std::bit_width(count - 1) + 1) / 2;
  const std::uint32_t mask = (1u << half) - 1;
  do {
    std::uint32_t left = index >> half, right = index & mask;
    for (std::uint32_t round = 0; round < 4; ++round) {
      const std::uint32_t mixed = left ^ (random_words(name, right << 2 | round)[0] & mask);
      left = right;
      right = mixed;
    }
    index = left << half | right;
  } while (index >= count);
  return index;
}

}  // namespace waverack
