#include "waverack/network/network.hpp"

#include <fmt/format.h>

#include <Eigen/Eigenvalues>
#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/base/units.hpp"

namespace waverack::network {
namespace {

using Complex = std::complex<double>;

constexpr double passive_limit = 1.001, reciprocal_limit = 0.01;

void require_two_port(const Network& network) {
  if (network.ports != 2)
    throw Error(ErrorInfo{{network.name, 0, 0},
                          {},
                          fmt::format("a network of {} ports stands in a row", network.ports),
                          "two-ports",
                          {}});
}

}  // namespace

Extreme largest_singular_value(const Network& network) {
  // The eigenvalues of SᴴS are the squares of the singular values, and cheaper.
  const Eigen::Index n = network.ports;
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXcd> solver(n);
  Eigen::MatrixXcd gram(n, n);
  Extreme largest;
  for (std::size_t k = 0; k < network.points(); ++k) {
    // Eigen stores columns, the network rows: this is the transpose, which has the same singular values.
    const Eigen::Map<const Eigen::MatrixXcd> s(&network.at(k, 1, 1), n, n);
    gram = s.adjoint().lazyProduct(s);  // small: the blocked product would only cost compile time
    solver.compute(gram, Eigen::EigenvaluesOnly);
    const double value = std::sqrt(std::max(solver.eigenvalues()[n - 1], 0.0));
    if (value > largest.value || k == 0) largest = {value, network.frequencies[k]};
  }
  return largest;
}

Extreme largest_asymmetry(const Network& network) {
  Extreme largest;
  for (std::size_t k = 0; k < network.points(); ++k)
    for (int i = 2; i <= network.ports; ++i)
      for (int j = 1; j < i; ++j) {
        const double value = std::abs(network.at(k, i, j) - network.at(k, j, i));
        if (value > largest.value) largest = {value, network.frequencies[k]};
      }
  return largest;
}

std::vector<std::string> doubts(const Network& network) {
  std::vector<std::string> list = network.remarks;
  const Extreme gain = largest_singular_value(network);
  if (gain.value > passive_limit)
    list.push_back(fmt::format("the network is not passive: its largest singular value is {:.4g} at {}",
                               gain.value, format_engineering(gain.frequency, "Hz")));
  const Extreme asymmetry = largest_asymmetry(network);
  if (asymmetry.value > reciprocal_limit)
    list.push_back(fmt::format("the network is not reciprocal: |Sij - Sji| reaches {:.2g} at {}",
                               asymmetry.value, format_engineering(asymmetry.frequency, "Hz")));
  return list;
}

Network cascade(const Network& first, const Network& second) {
  require_two_port(first);
  require_two_port(second);
  if (first.frequencies != second.frequencies || first.reference_resistance != second.reference_resistance)
    throw Error(fmt::format("'{}' and '{}' differ in their frequencies or in their reference resistance",
                            first.name, second.name));
  Network both = first;
  both.name = first.name + " → " + second.name;
  both.remarks.insert(both.remarks.end(), second.remarks.begin(), second.remarks.end());
  for (std::size_t k = 0; k < first.points(); ++k) {
    // Every round trip between the two inner ports multiplies by S22 of the first and S11 of the second.
    const Complex round_trips = 1.0 / (1.0 - first.at(k, 2, 2) * second.at(k, 1, 1));
    both.at(k, 1, 1) =
        first.at(k, 1, 1) + first.at(k, 1, 2) * second.at(k, 1, 1) * first.at(k, 2, 1) * round_trips;
    both.at(k, 1, 2) = first.at(k, 1, 2) * second.at(k, 1, 2) * round_trips;
    both.at(k, 2, 1) = second.at(k, 2, 1) * first.at(k, 2, 1) * round_trips;
    both.at(k, 2, 2) =
        second.at(k, 2, 2) + second.at(k, 2, 1) * first.at(k, 2, 2) * second.at(k, 1, 2) * round_trips;
  }
  return both;
}

}  // namespace waverack::network
