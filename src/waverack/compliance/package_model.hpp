#pragma once
// The device models of COM: die, package and board as two-ports, and the voltage transfer from die to die.
// docs/theory/com.md, section 2.

#include <complex>
#include <span>
#include <vector>

#include "waverack/compliance/com_sheet.hpp"
#include "waverack/network/network.hpp"

namespace waverack::compliance {

// All two-ports here are differential with the reference 2·R_0 = 100 ohm; the capacitances and inductances of
// the sheet are single-ended.
inline constexpr double com_reference_resistance = 100.0;

// One section of line of `length` [m] and differential impedance `impedance` [ohm] on `frequencies` [Hz] ≥ 0.
// 93A-9 to 93A-14. Reciprocal and symmetric.
network::Network com_line(const ComLine&, double impedance, double length,
                          std::span<const double> frequencies);

// Die and package of one end: port 1 is the die, port 2 the ball. `lengths` [m] as many as the line has
// impedances.
network::Network com_package(const ComDevice&, const ComLine&, std::span<const double> lengths,
                             std::span<const double> frequencies);

// The board: port 1 is the package, port 2 the channel.
network::Network com_board(const ComBoard&, std::span<const double> frequencies);

// Everything of one end: die and package, and the board where the sheet includes it; port 1 is the die.
network::Network com_end(const ComSheet&, const ComDevice&, std::span<const double> lengths,
                         std::span<const double> frequencies);

// The two-port seen from its other end.
network::Network turned_round(network::Network two_port);

// H_21 of 93A-18: the voltage at the die of the receiver for 1 V open-circuit halved, with the terminations
// R_d [ohm, single-ended] at the transmitter and at the receiver. Shape (points).
std::vector<std::complex<double>> voltage_transfer(const network::Network& die_to_die, double transmitter,
                                                   double receiver);

}  // namespace waverack::compliance
