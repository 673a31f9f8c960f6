#pragma once
// Reading a stream of values that are made by whole groups; for the files of fast_random.hpp.

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>

namespace waverack::signal {

// Every group takes 16 counters of its stream, one after another.
inline constexpr std::size_t counters_of_group = 16;

// Calls make(first counter, groups, where) so that `out` holds the values from `first` on. Groups that
// `out` has only a part of are made aside.
template <std::size_t group, class Value, class Make>
void fill_groups(std::span<Value> out, std::uint64_t first, Make make) {
  assert((first + out.size() + group - 1) / group <= (std::uint64_t{1} << 32) / counters_of_group);
  const auto counter = [&](std::uint64_t value) {
    return static_cast<std::uint32_t>(value / group * counters_of_group);
  };
  while (!out.empty()) {
    const std::size_t skip = first % group;
    std::size_t done = out.size() / group * group;
    if (skip == 0 && done > 0) {
      make(counter(first), done / group, out.data());
    } else {
      std::array<Value, group> whole;
      make(counter(first), 1, whole.data());
      done = std::min(group - skip, out.size());
      std::copy_n(whole.data() + skip, done, out.data());
    }
    out = out.subspan(done);
    first += done;
  }
}

}  // namespace waverack::signal
