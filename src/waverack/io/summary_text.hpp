#pragma once
// A result on one screen.

#include <string>

#include "waverack/design/result.hpp"
#include "waverack/io/load.hpp"
#include "waverack/io/terminal.hpp"

namespace waverack::io {

// Lines of `style.width` (≥ 80) columns: at most 40 where every check passes and no errors were counted.
// Checks that fail have a line each, the others are counted in the last line.
std::string summary_text(const Input&, const Result&, const Style&);

}  // namespace waverack::io
