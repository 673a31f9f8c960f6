#pragma once
// Tables that spreadsheets save as text.

#include <string>
#include <string_view>
#include <vector>

namespace waverack {

// The cells of a file of comma-separated values, row by row. Fields may be quoted, with doubled quotes
// inside; commas, semicolons (where the first line has more of them) or tabs separate; any line ends; a byte
// order mark.
std::vector<std::vector<std::string>> csv_cells(std::string_view text);

}  // namespace waverack
