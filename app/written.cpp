#include "written.hpp"

#include <fmt/format.h>

namespace waverack::app {

std::string written_text(const std::string& folder, const std::vector<std::string>& names) {
  std::string text;
  std::size_t series = 0;
  for (const std::string& name : names) {
    if (name.starts_with("series/"))
      ++series;
    else
      text += name + ", ";
  }
  return fmt::format("wrote {}/: {}series/ with {} files", folder, text, series);
}

}  // namespace waverack::app
