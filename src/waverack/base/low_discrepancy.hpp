#pragma once
// Points that fill the unit cube more evenly than random ones, scrambled so that every one of them is
// uniform.

#include <array>
#include <cstdint>
#include <vector>

#include "waverack/base/random.hpp"

namespace waverack {

inline constexpr int most_sobol_dimensions = 64;

// Sobol's sequence under a random linear scramble and a digital shift: every coordinate of every point is
// uniform, and any 2^m successive points from a multiple of 2^m on have one coordinate in each of the
// intervals [k/2^m, (k + 1)/2^m) of each dimension. Another name gives another, independent scramble.
//
// I. M. Sobol, USSR Comput. Math. Math. Phys. 7 (1967) 86: primitive polynomials in order of their degree;
// its free initial numbers are searched for even two-dimensional projections (low_discrepancy.cpp). The
// scramble is that of J. Matoušek, J. Complexity 14 (1998) 527. (theory: yield, section 4)
class SobolPoints {
 public:
  // 1 ≤ dimensions ≤ most_sobol_dimensions, else std::logic_error. Words of the stream `name` are used up.
  SobolPoints(int dimensions, const Stream& name);

  // Coordinate of point `index` in the open interval (0, 1), with 32 bits. Cost: about 10 ns.
  double at(std::uint32_t index, int dimension) const;

 private:
  using Directions = std::array<std::uint32_t, 32>;
  std::vector<Directions> directions_;
  std::vector<std::uint32_t> shift_;
};

// Where `index` < count goes in a random permutation of 0 … count − 1 that has this name; without a table, by
// a Feistel network of four rounds over Philox (M. Luby and C. Rackoff, SIAM J. Comput. 17 (1988) 373),
// repeated until the number is below count. Cost: about 0.2 µs.
std::uint32_t shuffled(std::uint32_t index, std::uint32_t count, const Stream& name);

}  // namespace waverack
