#pragma once
// Pieces of comma-separated values.

#include <string>
#include <string_view>

namespace waverack::io {

// Quoted where a comma, a quote or a new line would break the row.
std::string csv_field(std::string_view text);
// "frequency [GHz]": the name with its unit where it has one.
std::string csv_title(std::string_view name, std::string_view unit);
// `digits` significant digits, or with 0 the fewest that read back to the same number; empty if it is not
// finite.
std::string csv_number(double value, int digits = 0);

}  // namespace waverack::io
