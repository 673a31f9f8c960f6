#include "waverack/network/modes.hpp"

#include <fmt/format.h>

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/network/row_matrix-inl.hpp"

namespace waverack::network {
namespace {

using Complex = std::complex<double>;

// From the waves of ports to those of modes, with entries of ±1: a row of a pair has the norm √2.
RowMatrix signs(std::span<const Mode> modes) {
  const auto n = static_cast<Eigen::Index>(modes.size());
  RowMatrix u = RowMatrix::Zero(n, n);
  for (Eigen::Index row = 0; row < n; ++row) {
    const Mode& mode = modes[static_cast<std::size_t>(row)];
    u(row, mode.plus - 1) = 1.0;
    if (mode.kind != Mode::Kind::single_ended)
      u(row, mode.minus - 1) = mode.kind == Mode::Kind::common ? 1.0 : -1.0;
  }
  return u;
}

// What makes one entry of the transformed matrix that of orthonormal waves; exact for pairs.
double scale(const Mode& a, const Mode& b) {
  const auto share = [](const Mode& mode) { return mode.kind == Mode::Kind::single_ended ? 1.0 : 0.5; };
  return std::sqrt(share(a) * share(b));
}

// The voltage of a mode in units in which the transformation of voltages and currents is orthonormal.
double voltage_unit(const Mode& mode) {
  switch (mode.kind) {
    case Mode::Kind::differential:
      return std::sqrt(0.5);
    case Mode::Kind::common:
      return std::sqrt(2.0);
    case Mode::Kind::single_ended:
      break;
  }
  return 1.0;
}

}  // namespace

std::string name_of(const Mode& mode) {
  if (mode.kind == Mode::Kind::single_ended) return fmt::format("S{}", mode.plus);
  return fmt::format("{}{},{}", mode.kind == Mode::Kind::common ? 'C' : 'D', mode.plus, mode.minus);
}

std::vector<Mode> paired_modes(int ports, std::span<const int> pairs) {
  std::vector<Mode> modes;
  for (const Mode::Kind kind : {Mode::Kind::differential, Mode::Kind::common})
    for (std::size_t i = 0; i + 1 < pairs.size(); i += 2) modes.push_back({kind, pairs[i], pairs[i + 1]});
  const std::string missing = incomplete(modes, ports);
  if (!missing.empty())
    throw Error(ErrorInfo{{},
                          {},
                          fmt::format("{} in the pairs of {} ports", missing, ports),
                          "every port once, in pairs of + and -",
                          {}});
  return modes;
}

std::string incomplete(std::span<const Mode> modes, int ports) {
  // How often each port is single-ended, differential and common.
  std::vector<std::array<int, 3>> uses(static_cast<std::size_t>(ports));
  for (const Mode& mode : modes) {
    const bool pair = mode.kind != Mode::Kind::single_ended;
    const std::array<int, 2> conductors{mode.plus, mode.minus};
    for (const int port : std::span(conductors).first(pair ? 2 : 1)) {
      if (port < 1 || port > ports) return fmt::format("there is no port {}", port);
      ++uses[static_cast<std::size_t>(port - 1)][static_cast<std::size_t>(mode.kind)];
    }
    if (pair && mode.plus == mode.minus) return fmt::format("port {} is paired with itself", mode.plus);
    // The other mode of the same two conductors, with whichever of them as +.
    const auto same_pair = [&](const Mode& other) {
      return other.kind != Mode::Kind::single_ended && other.kind != mode.kind &&
             std::minmax(other.plus, other.minus) == std::minmax(mode.plus, mode.minus);
    };
    if (pair && std::none_of(modes.begin(), modes.end(), same_pair))
      return fmt::format("{} stands alone", name_of(mode));
  }
  for (int port = 1; port <= ports; ++port) {
    const auto& [single, differential, common] = uses[static_cast<std::size_t>(port - 1)];
    if (single + differential == 0) return fmt::format("port {} is missing", port);
    if (single + differential > 1 || differential != common)
      return fmt::format("port {} is named twice", port);
  }
  return {};
}

std::vector<Complex> to_mixed_mode(const Network& network, std::span<const Mode> modes) {
  const auto n = static_cast<Eigen::Index>(network.ports);
  const auto size = static_cast<std::size_t>(n * n);
  const RowMatrix u = signs(modes);
  std::vector<Complex> result(network.s.size());
  for (std::size_t k = 0; k < network.points(); ++k) {
    const Eigen::Map<const RowMatrix> s(&network.s[k * size], n, n);
    const RowMatrix product = u.lazyProduct(s).eval().lazyProduct(u.transpose());
    for (std::size_t i = 0; i < size; ++i)
      result[k * size + i] = product.data()[i] * scale(modes[i / modes.size()], modes[i % modes.size()]);
  }
  return result;
}

void to_single_ended(Parameters parameters, std::span<Complex> matrix, std::span<const Mode> modes) {
  const auto n = static_cast<Eigen::Index>(modes.size());
  const RowMatrix u = signs(modes);
  Eigen::Map<RowMatrix> m(matrix.data(), n, n);
  for (Eigen::Index i = 0; i < n; ++i)
    for (Eigen::Index j = 0; j < n; ++j) {
      const Mode &a = modes[static_cast<std::size_t>(i)], &b = modes[static_cast<std::size_t>(j)];
      double factor = scale(a, b);
      if (parameters == Parameters::impedance) factor *= voltage_unit(a) * voltage_unit(b);
      if (parameters == Parameters::admittance) factor /= voltage_unit(a) * voltage_unit(b);
      m(i, j) *= factor;
    }
  const RowMatrix product = u.transpose().lazyProduct(m).eval().lazyProduct(u);
  m = product;
}

}  // namespace waverack::network
