#pragma once
// Benchmarks on one instruction set of Highway.

#include <hwy/targets.h>

#include <cstdint>
#include <vector>

namespace waverack {

// Nothing better than an instruction set, which has one bit, while this lives; 0: the best of this CPU.
class OnlyTarget {
 public:
  explicit OnlyTarget(std::int64_t target) {
    if (target != 0) hwy::DisableTargets((target & -target) - 1);  // a better one has a lower bit
  }
  ~OnlyTarget() { hwy::DisableTargets(0); }
  OnlyTarget(const OnlyTarget&) = delete;
  OnlyTarget& operator=(const OnlyTarget&) = delete;
};

// Those that figures are stated for: the best of this CPU, and AVX2 or NEON where it has a better one.
inline std::vector<std::int64_t> targets_to_measure() {
  std::vector<std::int64_t> targets;
  const std::int64_t supported = hwy::SupportedTargets();
  for (std::int64_t left = supported; left != 0; left &= left - 1) {
    const std::int64_t target = left & -left;
    if (targets.empty() || target == HWY_AVX2 || target == HWY_NEON) targets.push_back(target);
  }
  return targets;
}

}  // namespace waverack
