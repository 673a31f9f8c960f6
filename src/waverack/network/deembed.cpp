#include "waverack/network/deembed.hpp"

#include <fmt/format.h>

#include <Eigen/Core>
#include <cmath>
#include <limits>
#include <numeric>

#include "waverack/base/error.hpp"
#include "waverack/base/units.hpp"
#include "waverack/network/port_order.hpp"
#include "waverack/network/row_matrix-inl.hpp"

namespace waverack::network {
namespace {

using Rows = Eigen::Map<RowMatrix>;
using ConstRows = Eigen::Map<const RowMatrix>;

constexpr double ill_conditioned = 1e4;

// The four quarters of an S-matrix.
struct Quarters {
  RowMatrix s11, s12, s21, s22;
};

Quarters quarters(const Network& network, std::size_t point) {
  const Eigen::Index n = network.ports / 2;
  const ConstRows s(&network.at(point, 1, 1), 2 * n, 2 * n);
  return {s.topLeftCorner(n, n), s.topRightCorner(n, n), s.bottomLeftCorner(n, n), s.bottomRightCorner(n, n)};
}

RowMatrix product(const RowMatrix& a, const RowMatrix& b) { return a.lazyProduct(b); }

// With ports N+1 to 2N first.
Network turned(const Network& network) {
  std::vector<int> ports(static_cast<std::size_t>(network.ports));
  const auto half = static_cast<std::ptrdiff_t>(ports.size() / 2);
  std::iota(ports.begin() + half, ports.end(), 1);
  std::iota(ports.begin(), ports.begin() + half, 1 + network.ports / 2);
  return select_ports(network, ports);
}

}  // namespace

Extreme condition_number(const Network& network) {
  const Eigen::Index n = network.ports / 2;
  Extreme largest{1.0, network.frequencies.front()};
  RowMatrix transfer(2 * n, 2 * n), inverse(2 * n, 2 * n);
  for (std::size_t k = 0; k < network.points(); ++k) {
    const auto [s11, s12, s21, s22] = quarters(network, k);
    const RowMatrix one = RowMatrix::Identity(n, n);
    // The waves (b, a) of the left ports from (a, b) of the right ones, and the other way round.
    const RowMatrix forth = left_divide(s21, one), forth_22 = left_divide(s21, s22);
    transfer << s12 - product(s11, forth_22), product(s11, forth), -forth_22, forth;
    const RowMatrix back = left_divide(s12, one), back_11 = left_divide(s12, s11);
    inverse << back, -back_11, product(s22, back), s21 - product(s22, back_11);
    double value = std::numeric_limits<double>::infinity();
    if (transfer.allFinite() && inverse.allFinite()) value = spectral_norm(transfer) * spectral_norm(inverse);
    if (value > largest.value) largest = {value, network.frequencies[k]};
  }
  return largest;
}

Network remove_left(const Network& whole, const Network& fixture) {
  require_in_a_row(whole, fixture);
  const Extreme condition = condition_number(fixture);
  Network rest = whole;
  rest.name = whole.name + " without " + fixture.name;
  rest.remarks.insert(rest.remarks.end(), fixture.remarks.begin(), fixture.remarks.end());
  const Eigen::Index n = whole.ports / 2;
  const RowMatrix one = RowMatrix::Identity(n, n);
  for (std::size_t k = 0; k < whole.points(); ++k) {
    const Quarters f = quarters(fixture, k), w = quarters(whole, k);
    // w11 = f11 + f12·x·f21 with x = r11·(1 − f22·r11)⁻¹, and the other quarters follow with r11.
    const RowMatrix x = right_divide(left_divide(f.s12, w.s11 - f.s11), f.s21);
    const RowMatrix r11 = left_divide(one + product(x, f.s22), x);
    const RowMatrix r21 = product(right_divide(w.s21, f.s21), one - product(f.s22, r11));
    const RowMatrix r12 = product(one - product(r11, f.s22), left_divide(f.s12, w.s12));
    const RowMatrix inner = left_divide(one - product(f.s22, r11), product(f.s22, r12));
    Rows r(&rest.at(k, 1, 1), 2 * n, 2 * n);
    r << r11, r12, r21, w.s22 - product(r21, inner);
    if (!reasonable({&rest.at(k, 1, 1), static_cast<std::size_t>(4 * n * n)}))
      throw Error(ErrorInfo{{fixture.name, 0, 0},
                            {},
                            fmt::format("the fixture cannot be removed: at {} it transmits nothing",
                                        format_engineering(whole.frequencies[k], "Hz")),
                            "a transmission at all frequencies",
                            {}});
  }
  if (condition.value > ill_conditioned)
    rest.remarks.push_back(
        fmt::format("the removal of '{}' is ill-conditioned: errors grow up to {:.2g} times, at {}",
                    fixture.name, condition.value, format_engineering(condition.frequency, "Hz")));
  return rest;
}

Network remove_right(const Network& whole, const Network& fixture) {
  return turned(remove_left(turned(whole), turned(fixture)));
}

}  // namespace waverack::network
