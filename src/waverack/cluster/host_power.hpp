#pragma once
// Energy of a host's SerDes as a function of the loss that it equalises, of its symbol rate and of its node.

#include <string>
#include <vector>

#include "waverack/base/ranged.hpp"

namespace waverack::cluster {

// A class of SerDes whose energy is known.
struct HostAnchor {
  std::string name;          // "XSR"
  double loss = 1.0;         // that it equalises at half the symbol rate; power ratio
  Ranged energy;             // both directions over one direction's bits [J/bit]
  double node = 5e-9;        // of the process [m]
  double symbol_rate = 0.0;  // at which that holds [Bd]
};

inline FieldList describe(Tag<HostAnchor>) {
  using P = HostAnchor;
  return fields<P>(
      "A class of SerDes whose energy is known.", field<&P::name>("name", "Its name.").must_be_given(),
      field<&P::loss>("loss", "dB", 0.0, 100.0, "What it equalises, at half its symbol rate.")
          .must_be_given(),
      field<&P::energy>("energy", "pJ/bit", 0.0, 100.0, "Transmitter and receiver, for each bit of the line.")
          .must_be_given(),
      field<&P::node>("node", "nm", 0.1, 100.0, "Process for which that holds.").from(Kind::choice, "5 nm"),
      field<&P::symbol_rate>("symbol_rate", "GBd", 1.0, 1000.0, "Symbol rate at which that holds.")
          .must_be_given());
}

// The anchors of the facts.
const std::vector<HostAnchor>& published_host_anchors();

struct HostPower {
  std::vector<HostAnchor> anchors;  // none: the published ones
  double node = 5e-9;               // of the hosts [m]
  double node_exponent = 0.46;
  double rate_exponent = 0.0;
};

inline FieldList describe(Tag<HostPower>) {
  using P = HostPower;
  return fields<P>(
      "Energy of host SerDes: between anchors along the loss, and by powers of node and symbol rate.",
      field<&P::anchors>(
          "anchor",
          "Classes of SerDes, by rising loss and energy; the published ones where none is given: "
          "XSR 12 dB, VSR 16 dB, LR 28 dB."),
      field<&P::node>("node", "nm", 0.1, 100.0, "Process of the hosts.").from(Kind::choice, "5 nm"),
      field<&P::node_exponent>("node_exponent", "", 0.0, 3.0, "Energy goes as node to this power.")
          .from(Kind::derived, "DSPs of 9.5 pJ/bit in 5 nm and 7.5 in 3 nm (facts: photonics 8.3)"),
      field<&P::rate_exponent>("rate_exponent", "", -2.0, 2.0, "And as symbol rate to this power.")
          .from(Kind::derived,
                "0: LR 112G in 5 nm and 224G in 3 nm differ by the node alone (facts: photonics 6.3)"));
}

// Energy for each bit of the line [J/bit]: linear between the anchors along the loss in dB; below the first
// anchor as there, beyond the last along the last two. Each anchor is first brought to the node and the
// symbol rate of the question by E·(node/node_a)^node_exponent·(rate/rate_a)^rate_exponent. Monotone in the
// loss. Throws Error where anchors do not rise in loss, or fall in energy.
// (theory: technology-choice, eq. 4)
Ranged host_energy(const HostPower&, double loss_db, double symbol_rate);

}  // namespace waverack::cluster
