#include "waverack/base/csv_cells.hpp"

#include <algorithm>

namespace waverack {

std::vector<std::vector<std::string>> csv_cells(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  const std::string_view head = text.substr(0, text.find_first_of("\r\n"));
  const auto count = [&](char c) { return std::count(head.begin(), head.end(), c); };
  const char separator = count(';') > count(',') ? ';' : count('\t') > count(',') ? '\t' : ',';
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row(1);
  bool quoted = false;
  const auto end_row = [&] {
    rows.push_back(std::move(row));
    row.assign(1, "");
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"')
        row.back() += c;
      else if (i + 1 < text.size() && text[i + 1] == '"')
        row.back() += text[++i];
      else
        quoted = false;
    } else if (c == '"' && row.back().empty()) {
      quoted = true;
    } else if (c == separator) {
      row.emplace_back();
    } else if (c == '\n' || c == '\r') {
      if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') ++i;
      end_row();
    } else {
      row.back() += c;
    }
  }
  if (row.size() > 1 || !row.front().empty()) end_row();
  return rows;
}

}  // namespace waverack
