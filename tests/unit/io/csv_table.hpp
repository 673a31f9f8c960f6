#pragma once
// The cells of a table by their titles, read with nothing of the code that wrote it.

#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "waverack/base/csv_cells.hpp"

namespace waverack::io {

using CsvRow = std::map<std::string, std::string>;

inline std::vector<CsvRow> csv_table(const std::string& text) {
  const auto cells = csv_cells(text);
  std::vector<CsvRow> rows;
  for (std::size_t r = 1; r < cells.size(); ++r) {
    rows.emplace_back();
    for (std::size_t c = 0; c < cells[r].size(); ++c) rows.back()[cells[0].at(c)] = cells[r][c];
  }
  return rows;
}

// 0 for an empty cell.
inline double number(const CsvRow& row, const std::string& title) {
  return std::strtod(row.at(title).c_str(), nullptr);
}

}  // namespace waverack::io
