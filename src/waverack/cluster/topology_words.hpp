#pragma once
// Numbers in the lines of topology files.

#include <cstdint>
#include <string_view>

#include "waverack/base/line_reader.hpp"

namespace waverack::cluster {

// The whole number that `word` is; `what` it states is for the message. Throws Error with line and column
// where it is none, or lies outside.
std::int64_t whole_number(const LineReader&, std::string_view word, std::string_view what, std::int64_t low,
                          std::int64_t high);

}  // namespace waverack::cluster
