#pragma once
// Everything that stands behind a summary.

#include <span>
#include <string>

#include "waverack/design/result.hpp"
#include "waverack/io/terminal.hpp"
#include "waverack/study/sensitivity.hpp"

namespace waverack::io {

// The whole penalty ladder, the assumed numbers that matter most, the noise budget, the watts of every part
// with what stands behind them, the laser's ladder, the checks, all warnings, and every assumed or claimed
// number that was used.
std::string why_text(const Result&, std::span<const study::Sensitivity>, const Style&);

}  // namespace waverack::io
