#pragma once
// Checks of a measured curve that a part states as lists.

#include <initializer_list>

#include "waverack/base/reader.hpp"

namespace waverack::parts {

struct Column {
  std::string_view key;
  const std::vector<double>& values;
};

// Throws Error with the place of the list that is wrong: fewer than two voltages, voltages that do not rise,
// a column of another length.
void require_table(const Node& part, const std::string& path, const Column& voltages,
                   std::initializer_list<Column> columns);

// That `voltage` lies outside of the table, as a list of one sentence or none.
std::vector<std::string> outside_of_table(double voltage, const std::vector<double>& voltages);

}  // namespace waverack::parts
