#include "waverack/module/optimal_assignment.hpp"

#include <limits>

namespace waverack::module {

std::vector<std::size_t> optimal_assignment(std::span<const double> cost, std::size_t n) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  // Index 0 of columns is a place outside, where each new row begins its way.
  std::vector<double> row_potential(n + 1, 0.0), column_potential(n + 1, 0.0);
  std::vector<std::size_t> row_of(n + 1, 0), before(n + 1, 0);
  for (std::size_t row = 1; row <= n; ++row) {
    row_of[0] = row;
    std::size_t column = 0;
    std::vector<double> distance(n + 1, infinity);
    std::vector<bool> reached(n + 1, false);
    do {
      reached[column] = true;
      const std::size_t here = row_of[column];
      double least = infinity;
      std::size_t next = 0;
      for (std::size_t j = 1; j <= n; ++j) {
        if (reached[j]) continue;
        const double length = cost[(here - 1) * n + (j - 1)] - row_potential[here] - column_potential[j];
        if (length < distance[j]) {
          distance[j] = length;
          before[j] = column;
        }
        if (distance[j] < least) {
          least = distance[j];
          next = j;
        }
      }
      for (std::size_t j = 0; j <= n; ++j) {
        if (reached[j]) {
          row_potential[row_of[j]] += least;
          column_potential[j] -= least;
        } else {
          distance[j] -= least;
        }
      }
      column = next;
    } while (row_of[column] != 0);
    for (; column != 0; column = before[column]) row_of[column] = row_of[before[column]];
  }
  std::vector<std::size_t> column_of(n);
  for (std::size_t j = 1; j <= n; ++j) column_of[row_of[j] - 1] = j - 1;
  return column_of;
}

}  // namespace waverack::module
