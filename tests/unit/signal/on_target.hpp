#pragma once
// Running a kernel on each instruction set of this CPU in turn.

#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

#include "waverack/signal/fft_targets.hpp"
// The macros above have to be known first.
#include <hwy/highway.h>

namespace waverack::signal {

// Restricts the dispatch to one instruction set.
class OnTarget {
 public:
  explicit OnTarget(std::int64_t target) { hwy::SetSupportedTargetsForTest(target); }
  ~OnTarget() { hwy::SetSupportedTargetsForTest(0); }
};

// Whether MulAdd is one rounding there. On x86 it is from AVX2 on, and Highway gives better instruction sets
// the lower numbers; the code for another architecture is all of one kind.
inline bool is_fused(std::int64_t target) { return !HWY_ARCH_X86 || target <= HWY_AVX2; }

// Pairs of instruction sets whose results should have the same bits.
inline std::vector<std::pair<std::int64_t, std::int64_t>> pairs_of_same_fusion() {
  std::vector<std::pair<std::int64_t, std::int64_t>> pairs;
  for (const std::int64_t a : hwy::SupportedAndGeneratedTargets())
    for (const std::int64_t b : hwy::SupportedAndGeneratedTargets())
      if (a < b && is_fused(a) == is_fused(b)) pairs.emplace_back(a, b);
  return pairs;
}

inline bool same_bits(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

}  // namespace waverack::signal
