#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>

#include "waverack/network/limits.hpp"
#include "waverack/network/row_matrix-inl.hpp"

namespace waverack::network {

RowMatrix left_divide(const RowMatrix& left, const RowMatrix& right) {
  return Eigen::PartialPivLU<RowMatrix>(left).solve(right);
}

RowMatrix right_divide(const RowMatrix& left, const RowMatrix& right) {
  return left_divide(right.transpose(), left.transpose()).transpose();
}

double spectral_norm(const RowMatrix& matrix) {
  // The eigenvalues of MᴴM are the squares of the singular values, and cheaper.
  const RowMatrix gram = matrix.adjoint().lazyProduct(matrix);
  const Eigen::SelfAdjointEigenSolver<RowMatrix> solver(gram, Eigen::EigenvaluesOnly);
  return std::sqrt(std::max(solver.eigenvalues()[gram.rows() - 1], 0.0));
}

bool reasonable(std::span<const std::complex<double>> s) {
  return std::all_of(s.begin(), s.end(), [](const std::complex<double>& value) {
    return std::norm(value) <= largest_magnitude * largest_magnitude;
  });
}

}  // namespace waverack::network
