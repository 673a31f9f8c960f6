// The only file that knows hypre and MPI.

// Without the C++ bindings of MPI, which are a library of their own.
#define OMPI_SKIP_MPICXX 1
#define MPICH_SKIP_MPICXX 1

#include <HYPRE.h>
#include <HYPRE_IJ_mv.h>
#include <HYPRE_krylov.h>
#include <HYPRE_parcsr_ls.h>
#include <mpi.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <numeric>
#include <stdexcept>

#include "waverack/thermal/linear_solver.hpp"

namespace waverack::thermal {
namespace {

constexpr int most_iterations = 500;
constexpr int most_restarts = 5;
constexpr double rounding = 1e-7;   // relative residual that is good enough where no more can be had
constexpr int krylov_vectors = 80;  // that GMRES keeps
constexpr int rows_at_a_time = 1 << 15;

// MPI and hypre are begun once for the process, and ended only if they were begun here.
class Session {
 public:
  Session() {
    int running = 0;
    MPI_Initialized(&running);
    if (!running) {
      int provided = 0;
      MPI_Init_thread(nullptr, nullptr, MPI_THREAD_SERIALIZED, &provided);
      own_ = true;
    }
    HYPRE_Init();
  }
  ~Session() {
    int ended = 0;
    MPI_Finalized(&ended);
    if (ended) return;
    HYPRE_Finalize();
    if (own_) MPI_Finalize();
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

 private:
  bool own_ = false;
};

std::mutex& one_at_a_time() {
  static std::mutex mutex;
  return mutex;
}

void begin_session() { static const Session session; }

double norm(std::span<const double> values) {
  return std::sqrt(std::inner_product(values.begin(), values.end(), values.begin(), 0.0));
}

}  // namespace

struct LinearSolver::Impl {
  int rows = 0;
  enum class Method { conjugate_gradients, bicgstab, gmres } method = Method::conjugate_gradients;
  HYPRE_IJMatrix matrix = nullptr;
  HYPRE_IJMatrix easier = nullptr;  // that multigrid is set up for; null: `matrix`, as long as it stays
  HYPRE_IJVector right = nullptr, left = nullptr, residual = nullptr;
  HYPRE_Solver multigrid = nullptr, krylov = nullptr;

  ~Impl() {
    const std::scoped_lock lock(one_at_a_time());
    if (krylov) {
      if (method == Method::conjugate_gradients) HYPRE_ParCSRPCGDestroy(krylov);
      if (method == Method::bicgstab) HYPRE_ParCSRBiCGSTABDestroy(krylov);
      if (method == Method::gmres) HYPRE_ParCSRGMRESDestroy(krylov);
    }
    if (multigrid) HYPRE_BoomerAMGDestroy(multigrid);
    for (HYPRE_IJVector vector : {right, left, residual})
      if (vector) HYPRE_IJVectorDestroy(vector);
    for (HYPRE_IJMatrix held : {matrix, easier})
      if (held) HYPRE_IJMatrixDestroy(held);
  }

  template <class Object>
  static Object object_of(HYPRE_IJMatrix source) {
    void* object = nullptr;
    HYPRE_IJMatrixGetObject(source, &object);
    return static_cast<Object>(object);
  }
  static HYPRE_ParVector object_of(HYPRE_IJVector source) {
    void* object = nullptr;
    HYPRE_IJVectorGetObject(source, &object);
    return static_cast<HYPRE_ParVector>(object);
  }

  HYPRE_IJVector make_vector() const {
    HYPRE_IJVector vector = nullptr;
    HYPRE_IJVectorCreate(MPI_COMM_SELF, 0, rows - 1, &vector);
    HYPRE_IJVectorSetObjectType(vector, HYPRE_PARCSR);
    HYPRE_IJVectorInitialize(vector);
    HYPRE_IJVectorAssemble(vector);
    return vector;
  }

  // A null list of indices stands for all of them in order.
  void put(HYPRE_IJVector vector, std::span<const double> values) const {
    HYPRE_IJVectorSetValues(vector, rows, nullptr, values.data());
    HYPRE_IJVectorAssemble(vector);
  }

  HYPRE_IJMatrix make_matrix(const SparseMatrix& source) const {
    HYPRE_IJMatrix made = nullptr;
    HYPRE_IJMatrixCreate(MPI_COMM_SELF, 0, rows - 1, 0, rows - 1, &made);
    HYPRE_IJMatrixSetObjectType(made, HYPRE_PARCSR);
    std::vector<HYPRE_Int> sizes(static_cast<std::size_t>(rows));
    for (std::size_t i = 0; i < sizes.size(); ++i) sizes[i] = source.row_start[i + 1] - source.row_start[i];
    const std::vector<HYPRE_Int> none(sizes.size(), 0);
    HYPRE_IJMatrixSetDiagOffdSizes(made, sizes.data(), none.data());
    HYPRE_IJMatrixInitialize(made);
    std::vector<HYPRE_BigInt> names(rows_at_a_time), columns;
    for (int begin = 0; begin < rows; begin += rows_at_a_time) {
      const int count = std::min(rows_at_a_time, rows - begin);
      std::iota(names.begin(), names.begin() + count, static_cast<HYPRE_BigInt>(begin));
      const int first = source.row_start[static_cast<std::size_t>(begin)];
      const int last = source.row_start[static_cast<std::size_t>(begin + count)];
      columns.assign(source.column.begin() + first, source.column.begin() + last);
      HYPRE_IJMatrixSetValues(made, count, sizes.data() + begin, names.data(), columns.data(),
                              source.value.data() + first);
    }
    HYPRE_IJMatrixAssemble(made);
    return made;
  }

  HYPRE_ParCSRMatrix multigrid_matrix() const {
    return object_of<HYPRE_ParCSRMatrix>(easier ? easier : matrix);
  }

  // The preconditioner as Krylov methods call it: `self` is the Impl.
  static HYPRE_Int cycle(HYPRE_Solver self, HYPRE_Matrix, HYPRE_Vector b, HYPRE_Vector x) {
    const auto* impl = reinterpret_cast<const Impl*>(self);
    return HYPRE_BoomerAMGSolve(impl->multigrid, impl->multigrid_matrix(),
                                reinterpret_cast<HYPRE_ParVector>(b), reinterpret_cast<HYPRE_ParVector>(x));
  }
  static HYPRE_Int nothing(HYPRE_Solver, HYPRE_Matrix, HYPRE_Vector, HYPRE_Vector) { return 0; }

  // The settings are those of docs/decisions/hypre.md.
  void set_up() {
    HYPRE_BoomerAMGCreate(&multigrid);
    HYPRE_BoomerAMGSetPrintLevel(multigrid, 0);
    HYPRE_BoomerAMGSetCoarsenType(multigrid, 10);
    HYPRE_BoomerAMGSetInterpType(multigrid, 6);
    HYPRE_BoomerAMGSetRelaxType(multigrid, 6);
    HYPRE_BoomerAMGSetNumSweeps(multigrid, 1);
    HYPRE_BoomerAMGSetPMaxElmts(multigrid, 4);
    HYPRE_BoomerAMGSetStrongThreshold(multigrid, 0.25);
    HYPRE_BoomerAMGSetAggNumLevels(multigrid, 1);
    HYPRE_BoomerAMGSetMaxIter(multigrid, 1);
    HYPRE_BoomerAMGSetTol(multigrid, 0.0);
    const HYPRE_ParCSRMatrix a = object_of<HYPRE_ParCSRMatrix>(matrix);
    HYPRE_BoomerAMGSetup(multigrid, multigrid_matrix(), object_of(right), object_of(left));
    const auto self = reinterpret_cast<HYPRE_Solver>(this);
    switch (method) {
      case Method::conjugate_gradients:
        HYPRE_ParCSRPCGCreate(MPI_COMM_SELF, &krylov);
        HYPRE_PCGSetMaxIter(krylov, most_iterations);
        HYPRE_PCGSetTwoNorm(krylov, 1);
        HYPRE_PCGSetPrecond(krylov, &Impl::cycle, &Impl::nothing, self);
        HYPRE_ParCSRPCGSetup(krylov, a, object_of(right), object_of(left));
        break;
      case Method::bicgstab:
        HYPRE_ParCSRBiCGSTABCreate(MPI_COMM_SELF, &krylov);
        HYPRE_BiCGSTABSetMaxIter(krylov, most_iterations);
        HYPRE_BiCGSTABSetPrecond(krylov, &Impl::cycle, &Impl::nothing, self);
        HYPRE_ParCSRBiCGSTABSetup(krylov, a, object_of(right), object_of(left));
        break;
      case Method::gmres:
        HYPRE_ParCSRGMRESCreate(MPI_COMM_SELF, &krylov);
        HYPRE_GMRESSetKDim(krylov, krylov_vectors);
        HYPRE_GMRESSetMaxIter(krylov, most_iterations);
        HYPRE_GMRESSetPrecond(krylov, &Impl::cycle, &Impl::nothing, self);
        HYPRE_ParCSRGMRESSetup(krylov, a, object_of(right), object_of(left));
        break;
    }
  }

  // The norm of b − A·x as it is: the iteration's own estimate drifts.
  double residual_norm() {
    HYPRE_ParVectorCopy(object_of(right), object_of(residual));
    HYPRE_ParCSRMatrixMatvec(-1.0, object_of<HYPRE_ParCSRMatrix>(matrix), object_of(left), 1.0,
                             object_of(residual));
    double squared = 0.0;
    HYPRE_ParVectorInnerProd(object_of(residual), object_of(residual), &squared);
    return std::sqrt(squared);
  }

  int iterate(double tolerance) {
    const HYPRE_ParCSRMatrix a = object_of<HYPRE_ParCSRMatrix>(matrix);
    HYPRE_Int iterations = 0;
    switch (method) {
      case Method::conjugate_gradients:
        HYPRE_PCGSetTol(krylov, tolerance);
        HYPRE_ParCSRPCGSolve(krylov, a, object_of(right), object_of(left));
        HYPRE_PCGGetNumIterations(krylov, &iterations);
        break;
      case Method::bicgstab:
        HYPRE_BiCGSTABSetTol(krylov, tolerance);
        HYPRE_ParCSRBiCGSTABSolve(krylov, a, object_of(right), object_of(left));
        HYPRE_BiCGSTABGetNumIterations(krylov, &iterations);
        break;
      case Method::gmres:
        HYPRE_GMRESSetTol(krylov, tolerance);
        HYPRE_ParCSRGMRESSolve(krylov, a, object_of(right), object_of(left));
        HYPRE_GMRESGetNumIterations(krylov, &iterations);
        break;
    }
    HYPRE_ClearAllErrors();  // that it has not converged is seen in the residual
    return static_cast<int>(iterations);
  }
};

bool heat_solver_available() { return true; }

LinearSolver::LinearSolver(const SparseMatrix& matrix, Symmetry symmetry, const SparseMatrix* easier)
    : impl_(std::make_unique<Impl>()) {
  const std::scoped_lock lock(one_at_a_time());
  begin_session();
  impl_->rows = matrix.rows();
  if (symmetry == Symmetry::general) impl_->method = easier ? Impl::Method::gmres : Impl::Method::bicgstab;
  impl_->matrix = impl_->make_matrix(matrix);
  if (easier) impl_->easier = impl_->make_matrix(*easier);
  impl_->right = impl_->make_vector();
  impl_->left = impl_->make_vector();
  impl_->residual = impl_->make_vector();
  impl_->set_up();
}

LinearSolver::~LinearSolver() = default;
LinearSolver::LinearSolver(LinearSolver&&) noexcept = default;
LinearSolver& LinearSolver::operator=(LinearSolver&&) noexcept = default;

void LinearSolver::change(const SparseMatrix& matrix) {
  const std::scoped_lock lock(one_at_a_time());
  if (impl_->easier)
    HYPRE_IJMatrixDestroy(impl_->matrix);
  else
    impl_->easier = impl_->matrix;
  impl_->matrix = impl_->make_matrix(matrix);
}

int LinearSolver::solve(std::span<const double> b, std::span<double> x, double tolerance) const {
  const std::scoped_lock lock(one_at_a_time());
  const double target = tolerance * norm(b);
  if (target == 0.0) {
    std::fill(x.begin(), x.end(), 0.0);
    return 0;
  }
  impl_->put(impl_->right, b);
  impl_->put(impl_->left, x);
  int iterations = 0;
  double left_over = impl_->residual_norm();
  for (int restart = 0; !(left_over <= target); ++restart) {
    const double before = left_over;
    iterations += impl_->iterate(0.5 * tolerance);
    left_over = impl_->residual_norm();
    // Where films of high conductance lie beside weak ways out, rounding leaves more than was asked for.
    const bool stalled = !(left_over < 0.5 * before) || restart == most_restarts;
    if (stalled && left_over <= rounding * norm(b)) break;
    if (stalled)
      throw std::runtime_error("the heat solver does not converge: " + std::to_string(left_over / norm(b)) +
                               " of the sources is left of the balance");
  }
  HYPRE_IJVectorGetValues(impl_->left, impl_->rows, nullptr, x.data());
  return iterations;
}

}  // namespace waverack::thermal
