#include "call_text.hpp"

namespace waverack::app {

void append_option(std::string& text, const std::string& option, const std::vector<std::string>& values) {
  if (values.empty()) return;
  text += ' ' + option;
  for (const std::string& value : values)
    text += value.find_first_of(" ;*?()[]") == std::string::npos ? ' ' + value : " \"" + value + '"';
}

}  // namespace waverack::app
