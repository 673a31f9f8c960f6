#pragma once
// Tables of structs as comma-separated values: one list of columns both writes and reads.

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "waverack/base/csv_cells.hpp"
#include "waverack/base/error.hpp"
#include "waverack/base/ranged.hpp"
#include "waverack/io/csv.hpp"

namespace waverack::io {

template <class Row>
struct CsvColumn {
  std::string title;
  std::function<std::string(const Row&)> write;
  std::function<void(Row&, const std::string& cell)> read;  // throws Error without a place
};

template <class Row>
using CsvColumns = std::vector<CsvColumn<Row>>;

// The number of a cell; NaN for an empty one. Throws Error for what is neither.
double csv_value(const std::string& cell);
std::int64_t csv_count(const std::string& cell);

template <class Row>
CsvColumn<Row> text_column(std::string title, std::string Row::*member) {
  return {std::move(title), [=](const Row& row) { return csv_field(row.*member); },
          [=](Row& row, const std::string& cell) { row.*member = cell; }};
}

template <class Row, class Integer>
CsvColumn<Row> count_column(std::string title, Integer Row::*member) {
  return {std::move(title), [=](const Row& row) { return std::to_string(row.*member); },
          [=](Row& row, const std::string& cell) { row.*member = static_cast<Integer>(csv_count(cell)); }};
}

// `unit` in SI is `factor`.
template <class Row>
CsvColumn<Row> number_column(std::string_view title, std::string_view unit, double factor,
                             double Row::*member) {
  return {csv_title(title, unit), [=](const Row& row) { return csv_number(row.*member / factor); },
          [=](Row& row, const std::string& cell) { row.*member = csv_value(cell) * factor; }};
}

// Three columns: the number, its low and its high end.
template <class Row>
void add_ranged(CsvColumns<Row>& columns, const std::string& title, std::string_view unit, double factor,
                Ranged Row::*member) {
  const auto add = [&](const std::string& name, double Ranged::*part) {
    columns.push_back(
        {csv_title(name, unit), [=](const Row& row) { return csv_number(row.*member.*part / factor); },
         [=](Row& row, const std::string& cell) { row.*member.*part = csv_value(cell) * factor; }});
  };
  add(title, &Ranged::value);
  add(title + "_low", &Ranged::low);
  add(title + "_high", &Ranged::high);
}

template <class Row>
std::string write_csv(const CsvColumns<Row>& columns, std::span<const Row> rows) {
  std::string text;
  for (const CsvColumn<Row>& column : columns)
    text += column.title + (&column == &columns.back() ? "\n" : ",");
  for (const Row& row : rows)
    for (const CsvColumn<Row>& column : columns)
      text += column.write(row) + (&column == &columns.back() ? "\n" : ",");
  return text;
}

// Refuses a head other than that of write_csv() and rows of another length.
void require_csv_head(const std::vector<std::string>& head, const std::vector<std::string>& titles,
                      const std::string& name);
[[noreturn]] void fail_csv(const std::string& name, std::size_t line, const std::string& message);

template <class Row>
std::vector<Row> read_csv(const CsvColumns<Row>& columns, std::string_view text, const std::string& name) {
  const std::vector<std::vector<std::string>> cells = csv_cells(text);
  std::vector<std::string> titles;
  for (const CsvColumn<Row>& column : columns) titles.push_back(column.title);
  require_csv_head(cells.empty() ? std::vector<std::string>{} : cells.front(), titles, name);
  std::vector<Row> rows;
  for (std::size_t r = 1; r < cells.size(); ++r) {
    if (cells[r].size() != columns.size())
      fail_csv(name, r + 1, "a row of " + std::to_string(cells[r].size()) + " cells");
    Row& row = rows.emplace_back();
    for (std::size_t c = 0; c < columns.size(); ++c) {
      try {
        columns[c].read(row, cells[r][c]);
      } catch (const Error& error) {
        fail_csv(name, r + 1, columns[c].title + ": " + error.info().message);
      }
    }
  }
  return rows;
}

}  // namespace waverack::io
