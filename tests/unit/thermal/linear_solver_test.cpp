#include "waverack/thermal/linear_solver.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "needs_heat_solver.hpp"

namespace waverack::thermal {
namespace {

constexpr int count = 500;
constexpr double source = 1e-3;

// A rod whose nodes give heat to their neighbours, and whose ends do so to a wall at zero; a coolant carries
// heat from node to node where `flow` is above zero.
SparseMatrix rod(double conductance, double flow = 0.0) {
  SparseMatrix matrix;
  matrix.row_start.push_back(0);
  for (int i = 0; i < count; ++i) {
    if (i > 0) {
      matrix.column.push_back(i - 1);
      matrix.value.push_back(-conductance - flow);
    }
    matrix.column.push_back(i);
    matrix.value.push_back(2.0 * conductance + flow);
    if (i + 1 < count) {
      matrix.column.push_back(i + 1);
      matrix.value.push_back(-conductance);
    }
    matrix.row_start.push_back(static_cast<int>(matrix.column.size()));
  }
  return matrix;
}

std::vector<double> solved(const LinearSolver& solver) {
  const std::vector<double> sources(count, source);
  std::vector<double> rise(count, 0.0);
  solver.solve(sources, rise, 1e-10);
  return rise;
}

// A parabola: q·i·(n + 1 − i)/(2k) with i from 1.
void expect_parabola(const std::vector<double>& rise, double conductance) {
  for (int i = 1; i <= count; ++i) {
    const double exact = source * i * (count + 1 - i) / (2.0 * conductance);
    ASSERT_NEAR(rise[static_cast<std::size_t>(i) - 1], exact, 1e-6 * exact) << i;
  }
}

TEST(LinearSolver, SolvesTheMatrixItIsChangedTo) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  LinearSolver solver(rod(1.0), Symmetry::symmetric_positive);
  expect_parabola(solved(solver), 1.0);
  for (const double conductance : {1.3, 0.8}) {  // of which one is not yet there and one is thrown away
    solver.change(rod(conductance));
    expect_parabola(solved(solver), conductance);
  }
}

// With a flow, and where multigrid is set up for an easier matrix from the start: what is left of the
// balance.
TEST(LinearSolver, KeepsItsPromiseForEveryMethod) {
  WAVERACK_NEEDS_HEAT_SOLVER();
  const SparseMatrix easier = rod(1.0, 0.7);
  for (const SparseMatrix* other : {static_cast<const SparseMatrix*>(nullptr), &easier}) {
    LinearSolver solver(rod(1.0, 0.5), Symmetry::general, other);
    for (const double flow : {0.6, 0.4}) {
      const SparseMatrix matrix = rod(1.1, flow);
      solver.change(matrix);
      std::vector<double> back(count);
      multiply(matrix, solved(solver), back);
      double left_over = 0.0;
      for (const double b : back) left_over += (b - source) * (b - source);
      EXPECT_LE(std::sqrt(left_over), 1.001e-10 * source * std::sqrt(count)) << flow;
    }
  }
}

}  // namespace
}  // namespace waverack::thermal
