#pragma once
// A coherent lane for terminals.

#include <string>

#include "waverack/io/terminal.hpp"
#include "waverack/link/coherent_result.hpp"

namespace waverack::io {

// Closed form and simulation side by side: powers, OSNR, SNR, BER, GMI, margin.
// The error ratio behind the FEC; "below …" where no error was counted or the code only promises it.
std::string post_fec_text(const link::CoherentResult&);
std::string coherent_lines(const link::CoherentResult&, const Style&);
// The line, element by element.
std::string coherent_line_lines(const link::CoherentResult&, const Style&);

}  // namespace waverack::io
