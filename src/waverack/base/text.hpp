#pragma once
// Small helpers on names.

#include <string>
#include <string_view>
#include <vector>

namespace waverack {

// The nearest of `names` to `name` by edit distance, where a wrong case counts half, or "". At most a third
// of the letters may differ, or two, and never all of them.
std::string nearest_name(std::string_view name, const std::vector<std::string>& names);

// "lane" + "symbol_rate" → "lane.symbol_rate".
std::string join_path(std::string_view path, std::string_view key);

// Without the blanks (space, tab, vertical tab, form feed) around it.
std::string_view trimmed(std::string_view text);

// To twelve digits: hides the rounding of a sum and leaves every number that a person would write.
double tidy(double number);

}  // namespace waverack
