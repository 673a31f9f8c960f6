#include "waverack/io/csv_columns.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include "waverack/base/line_reader.hpp"

namespace waverack::io {

double csv_value(const std::string& cell) {
  if (cell.empty()) return std::numeric_limits<double>::quiet_NaN();
  double value = 0.0;
  const auto [rest, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc{} || rest != cell.data() + cell.size() || !std::isfinite(value))
    throw Error("'" + shown(cell) + "' is not a number");
  return value;
}

std::int64_t csv_count(const std::string& cell) {
  std::int64_t value = 0;
  const auto [rest, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc{} || rest != cell.data() + cell.size())
    throw Error("'" + shown(cell) + "' is not a whole number");
  return value;
}

void fail_csv(const std::string& name, std::size_t line, const std::string& message) {
  throw Error(ErrorInfo{{name, static_cast<int>(line), 0}, {}, message, {}, {}});
}

void require_csv_head(const std::vector<std::string>& head, const std::vector<std::string>& titles,
                      const std::string& name) {
  for (std::size_t i = 0; i < std::max(head.size(), titles.size()); ++i) {
    if (i >= head.size()) fail_csv(name, 1, "the column '" + titles[i] + "' is missing");
    if (i >= titles.size()) fail_csv(name, 1, "an unknown column '" + shown(head[i]) + "'");
    if (head[i] != titles[i])
      fail_csv(name, 1, "the column '" + titles[i] + "' was expected, found '" + shown(head[i]) + "'");
  }
}

}  // namespace waverack::io
