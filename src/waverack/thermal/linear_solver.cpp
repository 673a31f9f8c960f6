#include "waverack/thermal/linear_solver.hpp"

#include <algorithm>

namespace waverack::thermal {
namespace {

std::size_t place_of_diagonal(const SparseMatrix& matrix, int row) {
  const auto begin = matrix.column.begin() + matrix.row_start[static_cast<std::size_t>(row)];
  const auto end = matrix.column.begin() + matrix.row_start[static_cast<std::size_t>(row) + 1];
  return static_cast<std::size_t>(std::lower_bound(begin, end, row) - matrix.column.begin());
}

}  // namespace

double& diagonal_of(SparseMatrix& matrix, int row) { return matrix.value[place_of_diagonal(matrix, row)]; }
double diagonal_of(const SparseMatrix& matrix, int row) {
  return matrix.value[place_of_diagonal(matrix, row)];
}

void multiply(const SparseMatrix& matrix, std::span<const double> x, std::span<double> out) {
  for (std::size_t i = 0; i + 1 < matrix.row_start.size(); ++i) {
    double sum = 0.0;
    for (auto p = static_cast<std::size_t>(matrix.row_start[i]);
         p < static_cast<std::size_t>(matrix.row_start[i + 1]); ++p)
      sum += matrix.value[p] * x[static_cast<std::size_t>(matrix.column[p])];
    out[i] = sum;
  }
}

}  // namespace waverack::thermal
