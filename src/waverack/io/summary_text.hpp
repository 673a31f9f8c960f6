#pragma once
// A result on one screen.

#include <string>

#include "waverack/design/result.hpp"
#include "waverack/io/load.hpp"
#include "waverack/io/terminal.hpp"

namespace waverack::io {

// At most 40 lines of `style.width` (≥ 80) columns, and a table of test points where the lane names
// standards.
std::string summary_text(const Input&, const Result&, const Style&);

}  // namespace waverack::io
