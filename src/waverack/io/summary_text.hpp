#pragma once
// A result on one screen.

#include <string>

#include "waverack/design/result.hpp"
#include "waverack/io/load.hpp"
#include "waverack/io/terminal.hpp"

namespace waverack::io {

// At most 40 lines of `style.width` (≥ 80) columns.
std::string summary_text(const Input&, const Result&, const Style&);

}  // namespace waverack::io
