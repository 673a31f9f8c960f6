#include "waverack/io/csv.hpp"

#include <charconv>
#include <cmath>

namespace waverack::io {

std::string csv_field(std::string_view text) {
  if (text.find_first_of(",\"\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

std::string csv_title(std::string_view name, std::string_view unit) {
  return csv_field(unit.empty() || unit == "1" ? std::string(name)
                                               : std::string(name) + " [" + std::string(unit) + "]");
}

std::string csv_number(double value, int digits) {
  if (!std::isfinite(value)) return "";
  char buffer[32];
  char* const end =
      digits > 0
          ? std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::general, digits).ptr
          : std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
  return {buffer, end};
}

}  // namespace waverack::io
