#pragma once
// Files that are compiled into the program: part cards, designs, profiles, the report's template.

#include <span>
#include <string_view>

namespace waverack {

// One embedded file. `name` is its path relative to the folder it was taken from ("mzm-amf-dr8.toml").
struct EmbeddedFile {
  std::string_view name;
  std::string_view text;
};

}  // namespace waverack
