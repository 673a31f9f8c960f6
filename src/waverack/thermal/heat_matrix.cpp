#include <algorithm>

#include "waverack/thermal/conductances.hpp"

namespace waverack::thermal {
namespace {

// Calls entry(row, column, value) for everything off the diagonal, diagonal(row, value) for what is on it.
template <class Entry, class Diagonal>
void for_entries(const Conductances& network, Closure closure, Entry entry, Diagonal diagonal) {
  for (const Link& link : network.links) {
    entry(link.a, link.b, -link.conductance);
    entry(link.b, link.a, -link.conductance);
    diagonal(link.a, link.conductance);
    diagonal(link.b, link.conductance);
  }
  for (const Sink& sink : network.sinks) diagonal(sink.node, sink.conductance);
  for (const CoolantCell& cell : network.coolant) {
    if (closure == Closure::upwind) {
      diagonal(cell.node, cell.capacity_flow);
      if (cell.upstream >= 0) entry(cell.node, cell.upstream, -cell.capacity_flow);
      continue;
    }
    const double half = cell.capacity_flow / 2.0;
    if (cell.upstream >= 0)
      entry(cell.node, cell.upstream, -half);
    else
      diagonal(cell.node, half);
    if (cell.downstream >= 0)
      entry(cell.node, cell.downstream, half);
    else
      diagonal(cell.node, half);
  }
}

}  // namespace

SparseMatrix heat_matrix(const Conductances& network, Closure closure) {
  const std::size_t rows = network.heat_capacity.size();
  SparseMatrix matrix;
  matrix.row_start.assign(rows + 1, 0);
  for (std::size_t i = 0; i < rows; ++i) matrix.row_start[i + 1] = 1;  // the diagonal
  const auto row = [](int node) { return static_cast<std::size_t>(node); };
  for_entries(
      network, closure, [&](int i, int, double) { ++matrix.row_start[row(i) + 1]; }, [](int, double) {});
  for (std::size_t i = 0; i < rows; ++i) matrix.row_start[i + 1] += matrix.row_start[i];
  matrix.column.resize(static_cast<std::size_t>(matrix.row_start[rows]));
  matrix.value.assign(matrix.column.size(), 0.0);
  std::vector<int> next(matrix.row_start.begin(), matrix.row_start.end() - 1);
  for (std::size_t i = 0; i < rows; ++i) matrix.column[row(next[i])] = static_cast<int>(i);
  std::vector<double> on_diagonal(rows, 0.0);
  for (int& place : next) ++place;
  for_entries(
      network, closure,
      [&](int i, int j, double value) {
        const std::size_t place = row(next[row(i)]++);
        matrix.column[place] = j;
        matrix.value[place] = value;
      },
      [&](int i, double value) { on_diagonal[row(i)] += value; });
  for (std::size_t i = 0; i < rows; ++i) {
    const std::size_t begin = row(matrix.row_start[i]), end = row(matrix.row_start[i + 1]);
    matrix.value[begin] = on_diagonal[i];
    for (std::size_t p = begin + 1; p < end; ++p)  // few entries each: insertion sort
      for (std::size_t q = p; q > begin && matrix.column[q] < matrix.column[q - 1]; --q) {
        std::swap(matrix.column[q], matrix.column[q - 1]);
        std::swap(matrix.value[q], matrix.value[q - 1]);
      }
  }
  return matrix;
}

void add_surroundings(const Stack& stack, const Conductances& network, double reference,
                      std::span<double> sources) {
  for (const Sink& sink : network.sinks)
    sources[static_cast<std::size_t>(sink.node)] +=
        sink.conductance * (stack.faces[static_cast<std::size_t>(sink.face)].temperature - reference);
  for (const CoolantCell& cell : network.coolant)
    if (cell.upstream < 0)
      sources[static_cast<std::size_t>(cell.node)] +=
          cell.capacity_flow *
          (stack.cavities[static_cast<std::size_t>(cell.cavity)].inlet_temperature - reference);
}

}  // namespace waverack::thermal
