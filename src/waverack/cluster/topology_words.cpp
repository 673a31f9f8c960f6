#include "waverack/cluster/topology_words.hpp"

#include <fmt/format.h>

#include <charconv>

namespace waverack::cluster {

std::int64_t whole_number(const LineReader& lines, std::string_view word, std::string_view what,
                          std::int64_t low, std::int64_t high) {
  std::int64_t value = 0;
  const char* const end = word.data() + word.size();
  const auto [rest, error] = std::from_chars(word.data(), end, value);
  if (error != std::errc() || rest != end || value < low || value > high)
    lines.fail_word(word, fmt::format("{} is '{}'", what, shown(word)),
                    fmt::format("a whole number from {} to {}", low, high));
  return value;
}

}  // namespace waverack::cluster
