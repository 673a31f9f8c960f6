#pragma once
// Numbers as people read them.

#include <string>
#include <string_view>

namespace waverack::io {

// "–" stands for a number that was not computed.
inline constexpr std::string_view no_number = "–";

// "0.0123", "1.16": plain numbers with `digits` significant digits, and one less before a power of ten
// ("4.1e-9", "6.0e-9"), below 1e-3 and from 1e6 on.
std::string number_text(double value, int digits = 3);
// "−2.63 dB": two decimals and the unit.
std::string decibel_text(double value, std::string_view unit = "dB");
// "2.31 MW" from an SI value; `digits` significant digits.
std::string quantity_text(double si, std::string_view unit, int digits = 3);
// "104 448".
std::string count_text(double value);
// "−4.5 %" from a ratio.
std::string percent_text(double ratio, int digits = 2);
// A quantity in the unit it has: prefixes for W, V, A, s; two decimals for decibels; else number and unit.
std::string value_text(double value, std::string_view unit);

}  // namespace waverack::io
