#pragma once
// How the decision of one symbol of a block depends on every normal number that the block runner draws.
// Found by running the program, so it holds whatever lies between a noise and the decision.

#include <cstdint>
#include <map>
#include <vector>

#include "waverack/link/block_program.hpp"

namespace waverack::link {

// A spectrum holds two records in each complex number, so the noise of one record is in two lanes of 32. Only
// the first half of the records is looked at; the other half gives its lanes.
inline constexpr std::size_t aimed_records = 16;

// Row of the symbol that is looked at.
inline std::size_t aimed_row(const BlockProgram& program) {
  return static_cast<std::size_t>(program.shape.symbols) / 2;
}

// Of the numbers of one source: the change of the decision value with the number of each row, in the record's
// own lane and in that of the record it shares a spectrum with.
struct SourceGradient {
  std::vector<float> own, other;
  bool scaled = false;  // own is per unit of the scale that the runner tells, and other is empty
};

struct NoiseGradient {
  std::map<std::uint32_t, SourceGradient> sources;
  double square = 0.0;  // of all that is not scaled
};

// For a symbol of `level` among random ones. Cost: a run of a block for every
// 16 rows of noise.
NoiseGradient noise_gradient(const BlockProgram& program, int level, std::uint64_t seed);

}  // namespace waverack::link
