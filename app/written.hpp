#pragma once
// What was written, in a line.

#include <string>
#include <vector>

namespace waverack::app {

// "wrote out/: result.json, report.html, series/ with 8 files"
std::string written_text(const std::string& folder, const std::vector<std::string>& names);

}  // namespace waverack::app
