#pragma once
// A design of one's own, from a built-in one.

#include <string>
#include <string_view>

namespace waverack::io {

// The text of the built-in design `from`, comments and all, with `title` as its title. Throws Error with the
// nearest name if there is no such design.
std::string new_design(std::string_view from, std::string_view title);

}  // namespace waverack::io
