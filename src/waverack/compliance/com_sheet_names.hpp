#pragma once
// Names of the reference code's sheet that set nothing here.

#include <string>
#include <string_view>

namespace waverack::compliance {

// The text of a cell as a name: lower case, without blanks.
std::string sheet_name(std::string_view cell);

enum class SheetMeaning {
  some,     // or the name is not known
  none,     // nothing that changes the result
  another,  // something that is not computed here
};

// What the parameter `name`, as sheet_name gives it, means with the value in the cell beside it: `none` for
// what the code draws, prints or repeats, and for a switch in the only place that is computed here.
SheetMeaning sheet_meaning(std::string_view name, std::string_view value);

}  // namespace waverack::compliance
