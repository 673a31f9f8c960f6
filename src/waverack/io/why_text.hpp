#pragma once
// Everything that stands behind a summary.

#include <string>

#include "waverack/design/result.hpp"
#include "waverack/io/load.hpp"
#include "waverack/io/terminal.hpp"

namespace waverack::io {

// The whole penalty ladder, the noise budget, the watts of every part with what stands behind them, the
// laser's ladder, the checks, all warnings, and every assumed or claimed number that was used.
std::string why_text(const Input&, const Result&, const Style&);

}  // namespace waverack::io
