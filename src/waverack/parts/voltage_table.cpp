#include "waverack/parts/voltage_table.hpp"

#include <fmt/format.h>

namespace waverack::parts {

void require_table(const Node& part, const std::string& path, const Column& voltages,
                   std::initializer_list<Column> columns) {
  const auto refuse = [&](std::string_view key, std::string message, std::string allowed) {
    const Node* given = part.table() ? part.table()->find(key) : nullptr;
    fail(given ? *given : part, join_path(path, key), std::move(message), std::move(allowed));
  };
  const std::size_t count = voltages.values.size();
  if (count < 2) refuse(voltages.key, "a table needs at least two voltages", "two or more");
  for (std::size_t i = 1; i < count; ++i)
    if (!(voltages.values[i] > voltages.values[i - 1]))
      refuse(voltages.key, "the voltages do not rise", "rising voltages");
  for (const Column& column : columns)
    if (column.values.size() != count)
      refuse(column.key, fmt::format("{} values for {} voltages", column.values.size(), count),
             fmt::format("{} values", count));
}

std::vector<std::string> outside_of_table(double voltage, const std::vector<double>& voltages) {
  if (voltage >= voltages.front() && voltage <= voltages.back()) return {};
  return {fmt::format("the bias of {} V is outside of the table, {} to {} V", voltage, voltages.front(),
                      voltages.back())};
}

}  // namespace waverack::parts
