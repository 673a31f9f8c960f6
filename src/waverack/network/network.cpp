#include "waverack/network/network.hpp"

#include <fmt/format.h>

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/base/units.hpp"
#include "waverack/network/row_matrix-inl.hpp"

namespace waverack::network {
namespace {

using Complex = std::complex<double>;

constexpr double passive_limit = 1.001, reciprocal_limit = 0.01, same_frequency = 1e-9;

// Every round trip between the inner ports multiplies by S22 of the first and S11 of the second.
void cascade_two_ports(const Complex* first, const Complex* second, Complex* both) {
  const Complex round_trips = 1.0 / (1.0 - first[3] * second[0]);
  both[0] = first[0] + first[1] * second[0] * first[2] * round_trips;
  both[1] = first[1] * second[1] * round_trips;
  both[2] = second[2] * first[2] * round_trips;
  both[3] = second[3] + second[2] * first[3] * second[1] * round_trips;
}

void cascade_many(const Complex* first, const Complex* second, Complex* both, Eigen::Index n) {
  const Eigen::Map<const RowMatrix> a(first, 2 * n, 2 * n), b(second, 2 * n, 2 * n);
  Eigen::Map<RowMatrix> c(both, 2 * n, 2 * n);
  const RowMatrix one = RowMatrix::Identity(n, n);
  const RowMatrix a22 = a.bottomRightCorner(n, n), b11 = b.topLeftCorner(n, n);
  // What runs right and left between the two for waves of 1 into the outer ports of the first and of the
  // second.
  const RowMatrix right = left_divide(one - a22.lazyProduct(b11).eval(), a.bottomLeftCorner(n, n));
  const RowMatrix left = left_divide(one - b11.lazyProduct(a22).eval(), b.topRightCorner(n, n));
  c.topLeftCorner(n, n) =
      a.topLeftCorner(n, n) + a.topRightCorner(n, n).lazyProduct(b11.lazyProduct(right).eval()).eval();
  c.topRightCorner(n, n) = a.topRightCorner(n, n).lazyProduct(left);
  c.bottomLeftCorner(n, n) = b.bottomLeftCorner(n, n).lazyProduct(right);
  c.bottomRightCorner(n, n) =
      b.bottomRightCorner(n, n) + b.bottomLeftCorner(n, n).lazyProduct(a22.lazyProduct(left).eval()).eval();
}

}  // namespace

void refuse_network(const Network& network, std::string message, std::string allowed) {
  throw Error(ErrorInfo{{network.name, 0, 0}, {}, std::move(message), std::move(allowed), {}});
}

Extreme largest_singular_value(const Network& network) {
  const auto n = static_cast<Eigen::Index>(network.ports);
  Extreme largest;
  for (std::size_t k = 0; k < network.points(); ++k) {
    const double value = spectral_norm(Eigen::Map<const RowMatrix>(&network.at(k, 1, 1), n, n));
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
  return doubts(network, largest_singular_value(network), largest_asymmetry(network));
}

std::vector<std::string> doubts(const Network& network, const Extreme& gain, const Extreme& asymmetry) {
  std::vector<std::string> list = network.remarks;
  if (gain.value > passive_limit)
    list.push_back(fmt::format("the network is not passive: its largest singular value is {:.4g} at {}",
                               gain.value, format_engineering(gain.frequency, "Hz")));
  if (asymmetry.value > reciprocal_limit)
    list.push_back(fmt::format("the network is not reciprocal: |Sij - Sji| reaches {:.2g} at {}",
                               asymmetry.value, format_engineering(asymmetry.frequency, "Hz")));
  return list;
}

bool same_frequencies(std::span<const double> a, std::span<const double> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](double x, double y) { return std::abs(x - y) <= same_frequency * std::abs(x); });
}

void require_in_a_row(const Network& first, const Network& second) {
  for (const Network* network : {&first, &second})
    if (network->ports % 2 != 0)
      throw Error(ErrorInfo{{network->name, 0, 0},
                            {},
                            fmt::format("a network of {} ports stands in a row", network->ports),
                            "as many ports on the left as on the right",
                            {}});
  const char* const what = first.ports != second.ports                                ? "number of ports"
                           : !same_frequencies(first.frequencies, second.frequencies) ? "frequencies"
                           : first.reference_resistance != second.reference_resistance
                               ? "reference resistance"
                               : nullptr;
  if (what) throw Error(fmt::format("'{}' and '{}' differ in their {}", first.name, second.name, what));
}

Network cascade(const Network& first, const Network& second) {
  require_in_a_row(first, second);
  Network both = first;
  both.name = first.name + " → " + second.name;
  both.remarks.insert(both.remarks.end(), second.remarks.begin(), second.remarks.end());
  for (std::size_t k = 0; k < first.points(); ++k)
    if (first.ports == 2)
      cascade_two_ports(&first.at(k, 1, 1), &second.at(k, 1, 1), &both.at(k, 1, 1));
    else
      cascade_many(&first.at(k, 1, 1), &second.at(k, 1, 1), &both.at(k, 1, 1), first.ports / 2);
  return both;
}

}  // namespace waverack::network
