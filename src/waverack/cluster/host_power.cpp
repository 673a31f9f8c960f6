#include "waverack/cluster/host_power.hpp"

#include <fmt/format.h>

#include <cmath>

#include "waverack/base/decibel.hpp"
#include "waverack/base/physical_constants.hpp"

namespace waverack::cluster {
namespace {

double from_decibel(double db) { return std::pow(10.0, db / 10.0); }

// The anchor's energy at the node and the symbol rate of the question.
Ranged brought(const HostAnchor& anchor, const HostPower& host, double symbol_rate) {
  const double scale = std::pow(host.node / anchor.node, host.node_exponent) *
                       std::pow(symbol_rate / anchor.symbol_rate, host.rate_exponent);
  return {anchor.energy.value * scale, anchor.energy.low * scale, anchor.energy.high * scale};
}

Ranged between(const Ranged& a, const Ranged& b, double t) {
  const auto mix = [t](double x, double y) { return x + t * (y - x); };
  return {mix(a.value, b.value), mix(a.low, b.low), mix(a.high, b.high)};
}

}  // namespace

const std::vector<HostAnchor>& published_host_anchors() {
  // XSR: a chiplet at 113 Gb/s over 1 to 12 dB below 1.1 pJ/bit, LSSC 8, 33 (2025) [source]; up to 1.5 beside
  // engines of 200G lanes [memory]. VSR 2.5 to 4 over the 16 dB of CEI-112G-VSR, LR 4.5 to 6.5 over the 28 dB
  // of KR [memory]. (facts: photonics 6.3, 8.3; standards 5.1)
  static const std::vector<HostAnchor> anchors{
      {"XSR", from_decibel(12.0), {1.1 * pico, 1.0 * pico, 1.5 * pico}, 5e-9, 56.5e9},
      {"VSR", from_decibel(16.0), {3.25 * pico, 2.5 * pico, 4.0 * pico}, 5e-9, 53.125e9},
      {"LR", from_decibel(28.0), {5.5 * pico, 4.5 * pico, 6.5 * pico}, 5e-9, 53.125e9}};
  return anchors;
}

Ranged host_energy(const HostPower& host, double loss_db, double symbol_rate) {
  const std::vector<HostAnchor>& anchors = host.anchors.empty() ? published_host_anchors() : host.anchors;
  for (std::size_t i = 1; i < anchors.size(); ++i) {
    const Ranged a = brought(anchors[i - 1], host, symbol_rate), b = brought(anchors[i], host, symbol_rate);
    if (anchors[i].loss > anchors[i - 1].loss && b.value >= a.value && b.low >= a.low && b.high >= a.high)
      continue;
    throw Error(ErrorInfo{{},
                          "choice.host.anchor." + anchors[i].name,
                          fmt::format("'{}' is no step up from '{}'", anchors[i].name, anchors[i - 1].name),
                          "more loss, and at least the energy of the anchor before it",
                          {}});
  }
  if (anchors.size() == 1 || loss_db <= to_db(anchors.front().loss))
    return brought(anchors.front(), host, symbol_rate);
  std::size_t i = 1;
  while (i + 1 < anchors.size() && loss_db > to_db(anchors[i].loss)) ++i;
  const double from = to_db(anchors[i - 1].loss), to = to_db(anchors[i].loss);
  return between(brought(anchors[i - 1], host, symbol_rate), brought(anchors[i], host, symbol_rate),
                 (loss_db - from) / (to - from));
}

}  // namespace waverack::cluster
