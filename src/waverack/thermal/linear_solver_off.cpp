// In place of linear_solver_hypre.cpp where waverack is built without hypre.

#include "waverack/base/error.hpp"
#include "waverack/thermal/linear_solver.hpp"

namespace waverack::thermal {

bool heat_solver_available() { return false; }

struct LinearSolver::Impl {};

LinearSolver::LinearSolver(const SparseMatrix&, Symmetry, const SparseMatrix*) {
  throw Error(ErrorInfo{{},
                        {},
                        "this waverack was built without its heat solver",
                        "a build with -DWAVERACK_HEAT=ON, which needs hypre (libhypre-dev)",
                        {}});
}

LinearSolver::~LinearSolver() = default;
LinearSolver::LinearSolver(LinearSolver&&) noexcept = default;
LinearSolver& LinearSolver::operator=(LinearSolver&&) noexcept = default;

void LinearSolver::change(const SparseMatrix&) {}

int LinearSolver::solve(std::span<const double>, std::span<double>, double) const { return 0; }

}  // namespace waverack::thermal
