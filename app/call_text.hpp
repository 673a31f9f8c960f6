#pragma once
// Calls of the program as text.

#include <string>
#include <vector>

namespace waverack::app {

// Adds " OPTION VALUE VALUE…", with quotation marks where a shell needs them; nothing where there are no
// values.
void append_option(std::string& text, const std::string& option, const std::vector<std::string>& values);

}  // namespace waverack::app
