#include "waverack/network/port_order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace waverack::network {
namespace {

constexpr double low_frequency = 500e6;  // [Hz]
constexpr std::size_t lowest_points = 3;
constexpr double required_power = 0.1, required_lead = 10.0;  // −10 dB, 10 dB

}  // namespace

Network select_ports(const Network& network, std::span<const int> ports) {
  for (const int port : ports) {
    if (port < 1 || port > network.ports)
      refuse_network(network, fmt::format("there is no port {}", port),
                     fmt::format("1 to {}", network.ports));
    if (std::count(ports.begin(), ports.end(), port) > 1)
      refuse_network(network, fmt::format("port {} is named twice", port), "every port once");
  }
  Network result;
  result.name = network.name;
  result.ports = static_cast<int>(ports.size());
  result.reference_resistance = network.reference_resistance;
  result.frequencies = network.frequencies;
  result.remarks = network.remarks;
  result.s.reserve(network.points() * ports.size() * ports.size());
  for (std::size_t k = 0; k < network.points(); ++k)
    for (const int to : ports)
      for (const int from : ports) result.s.push_back(network.at(k, to, from));
  return result;
}

std::size_t low_frequency_points(const Network& network) {
  std::size_t count = 0;
  while (count < network.points() && (count < lowest_points || network.frequencies[count] <= low_frequency))
    ++count;
  return count;
}

std::vector<int> Sides::order() const {
  std::vector<int> ports = left;
  ports.insert(ports.end(), right.begin(), right.end());
  return ports;
}

Sides infer_sides(const Network& network) {
  if (network.ports == 2) return {{1}, {2}};
  const std::size_t points = low_frequency_points(network);
  const auto power = [&](int a, int b) {
    double sum = 0.0;
    for (std::size_t k = 0; k < points; ++k)
      sum += 0.5 * (std::norm(network.at(k, a, b)) + std::norm(network.at(k, b, a)));
    return sum / static_cast<double>(points);
  };
  Sides sides;
  for (int a = 1; a <= network.ports; ++a) {
    int partner = 0;
    double best = 0.0, next = 0.0;
    for (int b = 1; b <= network.ports; ++b) {
      const double value = a == b ? 0.0 : power(a, b);
      if (value > best) {
        next = std::exchange(best, value);
        partner = b;
      } else {
        next = std::max(next, value);
      }
    }
    if (best < required_power || best < required_lead * next)
      refuse_network(
          network,
          fmt::format("the data do not tell which ports belong together: at low frequency port {} transmits "
                      "{:.1f} dB "
                      "to port {} and {:.1f} dB to another",
                      a, 10.0 * std::log10(std::max(best, 1e-20)), partner,
                      10.0 * std::log10(std::max(next, 1e-20))),
          "the order of the ports: left ones first, then right ones");
    // Power is mutual, and a lead of both sides makes the partner mutual, too.
    if (a < partner) {
      sides.left.push_back(a);
      sides.right.push_back(partner);
    }
  }
  return sides;
}

std::vector<int> inverse_order(std::span<const int> order) {
  std::vector<int> back(order.size());
  for (std::size_t i = 0; i < order.size(); ++i)
    back[static_cast<std::size_t>(order[i] - 1)] = static_cast<int>(i + 1);
  return back;
}

}  // namespace waverack::network
