#pragma once
// Numbers as parameter sheets of the reference code write them.

#include <optional>
#include <string_view>
#include <vector>

namespace waverack::compliance {

// Rows of numbers; a single number is one row of one.
using SheetMatrix = std::vector<std::vector<double>>;

// Reads "0.75", "[0.413 0.413]", "[12 31; 1.8 1.8]", "[-0.34:0.02:0]", "0:1:3", "[0.3 0.2*ones(1,5)]";
// separators are blanks or commas; no row is empty, and rows may differ in length. Nothing for any other
// text, for more than 100 000 numbers, and for what is not finite.
std::optional<SheetMatrix> parse_matlab_value(std::string_view text);

}  // namespace waverack::compliance
