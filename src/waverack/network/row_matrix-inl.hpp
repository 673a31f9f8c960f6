#pragma once
// Small complex matrices in the order of Network::s. For sources of this layer, which include Eigen/Core
// before: public headers do not.

#include <complex>
#include <span>

namespace waverack::network {

using RowMatrix = Eigen::Matrix<std::complex<double>, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// left⁻¹ · right and left · right⁻¹ by elimination with pivots; not finite, or of the size of rounding's
// inverse, where the matrix to be inverted is singular.
RowMatrix left_divide(const RowMatrix& left, const RowMatrix& right);
RowMatrix right_divide(const RowMatrix& left, const RowMatrix& right);

// The largest singular value.
double spectral_norm(const RowMatrix&);

// Beyond this, an S-parameter is what rounding leaves of a pole; false for NaN.
bool reasonable(std::span<const std::complex<double>> s);

}  // namespace waverack::network
