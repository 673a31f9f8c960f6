#pragma once
// Solves sparse linear systems by Krylov iterations that an algebraic multigrid cycle preconditions.

#include <memory>
#include <span>
#include <vector>

namespace waverack::thermal {

// Compressed rows. `column` ascends within a row, and every row has its diagonal.
struct SparseMatrix {
  std::vector<int> row_start;  // shape (rows + 1)
  std::vector<int> column;
  std::vector<double> value;
  int rows() const { return static_cast<int>(row_start.size()) - 1; }
};

// The entry on the diagonal of a row.
double& diagonal_of(SparseMatrix&, int row);
double diagonal_of(const SparseMatrix&, int row);

// out = A·x.
void multiply(const SparseMatrix&, std::span<const double> x, std::span<double> out);

enum class Symmetry { symmetric_positive, general };

// Whether this waverack was built with its heat solver, hypre.
bool heat_solver_available();

// Set up once for a matrix, asked for many right-hand sides. BoomerAMG of hypre with the settings of
// docs/decisions/hypre.md; conjugate gradients for symmetric positive matrices, else BiCGSTAB, or GMRES where
// multigrid is set up for another matrix.
// hypre and MPI keep state for the whole process: calls of different threads wait for one another, and
// MPI_Init runs at the first one unless the embedding program has called it.
class LinearSolver {
 public:
  // Keeps a copy of the matrix in hypre's form. Multigrid is set up for `easier` where one is given: a matrix
  // near the first whose rows are dominated by their diagonals. Throws Error where waverack was built without
  // hypre.
  // Cost: about 0.1 s and 70 MB for 1e5 rows of seven entries.
  LinearSolver(const SparseMatrix&, Symmetry, const SparseMatrix* easier = nullptr);
  ~LinearSolver();
  LinearSolver(LinearSolver&&) noexcept;
  LinearSolver& operator=(LinearSolver&&) noexcept;

  // From now on for this matrix of as many rows. Multigrid stays set up for the first one: it guides the
  // iterations as long as the matrices are alike, and what solve() promises does not depend on it.
  void change(const SparseMatrix&);

  // Solves A·x = b from the given x until |b − A·x| ≤ tolerance·|b|, or until rounding allows no more, which
  // may be at 1e-7; returns the iterations. Throws
  // std::runtime_error if that is not reached.
  int solve(std::span<const double> b, std::span<double> x, double tolerance) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace waverack::thermal
