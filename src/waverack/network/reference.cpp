#include "waverack/network/reference.hpp"

#include <fmt/format.h>

#include <Eigen/Core>
#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/base/units.hpp"
#include "waverack/network/row_matrix-inl.hpp"

namespace waverack::network {
namespace {

using Complex = std::complex<double>;
using Rows = Eigen::Map<RowMatrix>;

// Of a two-port with H-parameters in units of the references.
void from_hybrid(Complex h11, Complex h12, Complex h21, Complex h22, Complex& s11, Complex& s12, Complex& s21,
                 Complex& s22) {
  const Complex determinant = (h11 + 1.0) * (h22 + 1.0) - h12 * h21;
  s11 = ((h11 - 1.0) * (h22 + 1.0) - h12 * h21) / determinant;
  s12 = 2.0 * h12 / determinant;
  s21 = -2.0 * h21 / determinant;
  s22 = ((1.0 + h11) * (1.0 - h22) + h12 * h21) / determinant;
}

}  // namespace

bool to_scattering(Parameters parameters, std::span<Complex> matrix, std::span<const double> references) {
  const auto n = static_cast<Eigen::Index>(references.size());
  if (parameters == Parameters::scattering) return true;
  if (parameters == Parameters::hybrid || parameters == Parameters::inverse_hybrid) {
    Complex &m11 = matrix[0], &m12 = matrix[1], &m21 = matrix[2], &m22 = matrix[3];
    const double r1 = references[0], r2 = references[1], ratio = std::sqrt(r2 / r1);
    // G is H with the ports exchanged: the current of port 2 and the voltage of port 1 drive.
    if (parameters == Parameters::hybrid)
      from_hybrid(m11 / r1, m12 * ratio, m21 * ratio, m22 * r2, m11, m12, m21, m22);
    else
      from_hybrid(m22 / r2, m21 / ratio, m12 / ratio, m11 * r1, m22, m21, m12, m11);
    return reasonable(matrix);
  }
  const bool impedance = parameters == Parameters::impedance;
  Rows m(matrix.data(), n, n);
  for (Eigen::Index i = 0; i < n; ++i)
    for (Eigen::Index j = 0; j < n; ++j) {
      const double root =
          std::sqrt(references[static_cast<std::size_t>(i)] * references[static_cast<std::size_t>(j)]);
      m(i, j) *= impedance ? 1.0 / root : root;
    }
  const RowMatrix one = RowMatrix::Identity(n, n);
  m = right_divide(impedance ? RowMatrix(m - one) : RowMatrix(one - m), m + one);
  return reasonable(matrix);
}

bool change_references(std::span<Complex> s, std::span<const double> from, std::span<const double> to) {
  const auto n = static_cast<Eigen::Index>(from.size());
  Rows m(s.data(), n, n);
  // The waves of a port at the new reference: a' = p·a + q·b, b' = q·a + p·b.
  RowMatrix incoming(n, n), outgoing(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    const double old_r = from[static_cast<std::size_t>(i)], new_r = to[static_cast<std::size_t>(i)];
    const double root = 2.0 * std::sqrt(old_r * new_r), p = (old_r + new_r) / root,
                 q = (old_r - new_r) / root;
    incoming.row(i) = q * m.row(i);
    outgoing.row(i) = p * m.row(i);
    incoming(i, i) += p;
    outgoing(i, i) += q;
  }
  m = right_divide(outgoing, incoming);
  return reasonable(s);
}

Network renormalise(const Network& network, double resistance) {
  if (!(resistance > 0.0 && std::isfinite(resistance)))
    throw Error(ErrorInfo{{network.name, 0, 0},
                          {},
                          fmt::format("the reference resistance is {:g} ohm", resistance),
                          "a resistance above 0 ohm",
                          {}});
  Network result = network;
  result.reference_resistance = resistance;
  if (resistance == network.reference_resistance) return result;
  const auto n = static_cast<std::size_t>(network.ports);
  const std::vector<double> from(n, network.reference_resistance), to(n, resistance);
  for (std::size_t k = 0; k < network.points(); ++k)
    if (!change_references({&result.s[k * n * n], n * n}, from, to))
      throw Error(ErrorInfo{{network.name, 0, 0},
                            {},
                            fmt::format("there are no S-parameters with the reference {:g} ohm at {}",
                                        resistance, format_engineering(network.frequencies[k], "Hz")),
                            {},
                            {}});
  return result;
}

}  // namespace waverack::network
