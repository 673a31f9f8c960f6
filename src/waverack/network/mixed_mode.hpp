#pragma once
// From single-ended ports to differential ones.
//
// A differential pair at one end of a channel has two single-ended ports, + and −. Its differential wave is
// (a₊ − a₋)/√2, its common-mode wave (a₊ + a₋)/√2 (Bockelman and Eisenstadt, IEEE Trans. MTT 43, 1530 (1995);
// docs/theory/network.md, section 2).

#include <array>
#include <vector>

#include "waverack/network/network.hpp"

namespace waverack::network {

// Single-ended ports, counted from 1: {in+, in−, out+, out−}.
using PairPorts = std::array<int, 4>;

// The mixed-mode S-parameters of the four ports; other ports are matched. The result has the ports 1 =
// differential in, 2 = differential out, 3 = common in, 4 = common out, so that Sdd21 = at(k, 2, 1), Sdd11 =
// at(k, 1, 1), Scd21 = at(k, 4, 1) and Sdc21 = at(k, 2, 3). Each mode has its own reference, 2·R differential
// and R/2 common; reference_resistance stays the single-ended R. Throws Error unless the four ports are there
// and differ.
Network mixed_mode(const Network&, const PairPorts&);

// The differential two-port alone, with the reference 2·R. Errors as mixed_mode.
Network differential(const Network&, const PairPorts&);

// The two-port from port `in` to port `out`, other ports matched. Throws Error unless the two are there and
// differ.
Network single_ended(const Network&, int in, int out);

// One way to pair the four ports into two lines; the lower number of each line is taken as its input.
struct Pairing {
  PairPorts ports{};
  double through_db = 0.0;  // transmission of the weaker line at low frequency [dB], at least −200
};

// The three pairings of a four-port, the strongest first. "Low frequency" is all points up to 500 MHz, and
// the three lowest in any case; powers and both directions are averaged. Throws Error if there are not four
// ports.
std::array<Pairing, 3> pairings(const Network&);

// The ports of the strongest pairing if it transmits at least 10 dB more than the next, else an Error lists
// all three.
PairPorts infer_ports(const Network&);

// The two-port that `ports` choose: [in, out] or [in+, in−, out+, out−]. Where they are empty they are filled
// in: 1 and 2 of a two-port, else infer_ports. Throws Error for any other number of ports.
Network select_channel(const Network&, std::vector<int>& ports);

}  // namespace waverack::network
