#include "waverack/network/mixed_mode.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/network/modes.hpp"
#include "waverack/network/port_order.hpp"

namespace waverack::network {
namespace {

constexpr double required_lead_db = 10.0, required_through_db = -10.0;
constexpr double weakest = 1e-20;  // as power: −200 dB

double through_db(const Network& network, const PairPorts& ports) {
  const auto power = [&](std::size_t k, int a, int b) {
    return 0.5 * (std::norm(network.at(k, a, b)) + std::norm(network.at(k, b, a)));
  };
  const std::size_t count = low_frequency_points(network);
  double sum = 0.0;
  for (std::size_t k = 0; k < count; ++k)
    sum += std::min(power(k, ports[0], ports[2]), power(k, ports[1], ports[3]));
  return 10.0 * std::log10(std::max(sum / static_cast<double>(std::max<std::size_t>(count, 1)), weakest));
}

// ": there are lines from 1 to 5, 2 to 6", or "" where the data do not tell.
std::string lines_text(const Network& network) {
  std::string text;
  try {
    const Sides sides = infer_sides(network);
    for (std::size_t i = 0; i < sides.left.size(); ++i)
      text += fmt::format("{}{} to {}", text.empty() ? ": there are lines from " : ", ", sides.left[i],
                          sides.right[i]);
  } catch (const Error&) {
  }
  return text;
}

}  // namespace

Network mixed_mode(const Network& network, const PairPorts& ports) {
  Network result = select_ports(network, ports);
  constexpr std::array<Mode, 4> modes{{{Mode::Kind::differential, 1, 2},
                                       {Mode::Kind::differential, 3, 4},
                                       {Mode::Kind::common, 1, 2},
                                       {Mode::Kind::common, 3, 4}}};
  result.s = to_mixed_mode(result, modes);
  return result;
}

Network differential(const Network& network, const PairPorts& ports) {
  Network result = single_ended(mixed_mode(network, ports), 1, 2);
  result.reference_resistance *= 2.0;
  return result;
}

Network single_ended(const Network& network, int in, int out) {
  return select_ports(network, std::array{in, out});
}

std::array<Pairing, 3> pairings(const Network& network) {
  if (network.ports != 4)
    refuse_network(network,
                   fmt::format("the ports of a {}-port cannot be paired without being told{}", network.ports,
                               lines_text(network)),
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
  refuse_network(
      network,
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
  refuse_network(network, fmt::format("`ports` names {} ports", ports.size()),
                 "[in, out] or [in+, in-, out+, out-]");
}

}  // namespace waverack::network
