#pragma once
// Removal of a known network from one end of a measured one (docs/theory/network.md, section 10).

#include "waverack/network/network.hpp"

namespace waverack::network {

// What is left of `whole`, a row of `fixture` and an unknown network, ports as in network::cascade; the
// inverse of cascade. remove_left takes the fixture off the ports 1 to N of `whole`, remove_right off the
// ports N+1 to 2N; the fixture lies as it does in the row, its own left ports on the left.
//
// Where the fixture transmits little, small errors of either file become large ones of the result: a remark
// names the largest condition_number and its frequency where that is above 1e4, which is 40 dB of loss.
// Throws Error as cascade, and where the fixture transmits nothing. Cost: points · N³.
Network remove_left(const Network& whole, const Network& fixture);
Network remove_right(const Network& whole, const Network& fixture);

// The condition number ‖T‖·‖T⁻¹‖ of the transfer matrix of a network of 2N ports, the largest over frequency:
// how much a relative error can grow when the network is removed; 1/|S21|² of a matched two-port, and
// infinite where it transmits nothing.
Extreme condition_number(const Network&);

}  // namespace waverack::network
