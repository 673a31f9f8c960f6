#include "waverack/network/mixed_mode.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "waverack/base/error.hpp"

namespace waverack::network {
namespace {

using Complex = std::complex<double>;

constexpr double low_frequency = 500e6;  // [Hz]
constexpr std::size_t lowest_points = 3;
constexpr double required_lead_db = 10.0, required_through_db = -10.0;
constexpr double weakest = 1e-20;  // as power: −200 dB

[[noreturn]] void fail(const Network& network, std::string message, std::string allowed) {
  throw Error(ErrorInfo{{network.name, 0, 0}, {}, std::move(message), std::move(allowed), {}});
}

void require_ports(const Network& network, std::span<const int> ports) {
  for (std::size_t i = 0; i < ports.size(); ++i) {
    if (ports[i] < 1 || ports[i] > network.ports)
      fail(network, fmt::format("there is no port {}", ports[i]), fmt::format("1 to {}", network.ports));
    if (std::count(ports.begin(), ports.end(), ports[i]) > 1)
      fail(network, fmt::format("port {} is named twice", ports[i]), "every port once");
  }
}

// A network of other ports on the same frequencies.
Network like(const Network& network, int ports, double reference_resistance) {
  Network result;
  result.name = network.name;
  result.ports = ports;
  result.reference_resistance = reference_resistance;
  result.frequencies = network.frequencies;
  result.s.resize(network.points() * static_cast<std::size_t>(ports * ports));
  result.remarks = network.remarks;
  return result;
}

double through_db(const Network& network, const PairPorts& ports) {
  const auto power = [&](std::size_t k, int a, int b) {
    return 0.5 * (std::norm(network.at(k, a, b)) + std::norm(network.at(k, b, a)));
  };
  double sum = 0.0;
  std::size_t count = 0;
  for (; count < network.points() && (count < lowest_points || network.frequencies[count] <= low_frequency);
       ++count)
    sum += std::min(power(count, ports[0], ports[2]), power(count, ports[1], ports[3]));
  return 10.0 * std::log10(std::max(sum / static_cast<double>(std::max<std::size_t>(count, 1)), weakest));
}

}  // namespace

Network mixed_mode(const Network& network, const PairPorts& ports) {
  require_ports(network, ports);
  Network result = like(network, 4, network.reference_resistance);
  // Ends 0 and 1, modes + (common) and − (differential): S of modes = ½ Σ over the signs of both conductors.
  for (std::size_t k = 0; k < network.points(); ++k)
    for (int to = 1; to <= 4; ++to)
      for (int from = 1; from <= 4; ++from) {
        const int *out = &ports[to % 2 == 1 ? 0 : 2], *in = &ports[from % 2 == 1 ? 0 : 2];
        const double out_sign = to <= 2 ? -1.0 : 1.0, in_sign = from <= 2 ? -1.0 : 1.0;
        result.at(k, to, from) =
            0.5 * (network.at(k, out[0], in[0]) + in_sign * network.at(k, out[0], in[1]) +
                   out_sign * (network.at(k, out[1], in[0]) + in_sign * network.at(k, out[1], in[1])));
      }
  return result;
}

Network differential(const Network& network, const PairPorts& ports) {
  Network result = single_ended(mixed_mode(network, ports), 1, 2);
  result.reference_resistance *= 2.0;
  return result;
}

Network single_ended(const Network& network, int in, int out) {
  const std::array<int, 2> ports{in, out};
  require_ports(network, ports);
  Network result = like(network, 2, network.reference_resistance);
  for (std::size_t k = 0; k < network.points(); ++k)
    for (int to = 1; to <= 2; ++to)
      for (int from = 1; from <= 2; ++from)
        result.at(k, to, from) =
            network.at(k, ports[static_cast<std::size_t>(to - 1)], ports[static_cast<std::size_t>(from - 1)]);
  return result;
}

std::array<Pairing, 3> pairings(const Network& network) {
  if (network.ports != 4)
    fail(network, fmt::format("the ports of a {}-port cannot be paired without being told", network.ports),
         "`ports` with [in, out] or [in+, in-, out+, out-]");
  std::array<Pairing, 3> list{{{{1, 3, 2, 4}, 0.0}, {{1, 2, 3, 4}, 0.0}, {{1, 2, 4, 3}, 0.0}}};
  for (Pairing& pairing : list) pairing.through_db = through_db(network, pairing.ports);
  std::stable_sort(list.begin(), list.end(),
                   [](const Pairing& a, const Pairing& b) { return a.through_db > b.through_db; });
  return list;
}

PairPorts infer_ports(const Network& network) {
  const std::array<Pairing, 3> list = pairings(network);
  if (list[0].through_db >= required_through_db &&
      list[0].through_db - list[1].through_db >= required_lead_db)
    return list[0].ports;
  std::string candidates;
  for (const Pairing& pairing : list)
    candidates += fmt::format("{}[{}] with {:.1f} dB", candidates.empty() ? "" : ", ",
                              fmt::join(pairing.ports, ", "), pairing.through_db);
  fail(network,
       "the data do not tell which ports belong together: at low frequency no pairing is above -10 dB and 10 "
       "dB better than "
       "the others",
       "`ports` as [in+, in-, out+, out-]: " + candidates);
}

Network select_channel(const Network& network, std::vector<int>& ports) {
  if (ports.empty()) {
    if (network.ports == 2) {
      ports = {1, 2};
    } else {
      const PairPorts pairs = infer_ports(network);
      ports.assign(pairs.begin(), pairs.end());
    }
  }
  if (ports.size() == 2) return single_ended(network, ports[0], ports[1]);
  if (ports.size() == 4) return differential(network, {ports[0], ports[1], ports[2], ports[3]});
  fail(network, fmt::format("`ports` names {} ports", ports.size()), "[in, out] or [in+, in-, out+, out-]");
}

}  // namespace waverack::network
