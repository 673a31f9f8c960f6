#pragma once
// Which ports of a network belong together, and other orders of them.

#include <span>
#include <vector>

#include "waverack/network/network.hpp"

namespace waverack::network {

// The network of the ports `ports`, counted from 1, in their order; the others are matched. Throws Error
// unless they are there and differ.
Network select_ports(const Network&, std::span<const int> ports);

// The number of points that tell of low frequency: all up to 500 MHz, and the three lowest in any case.
std::size_t low_frequency_points(const Network&);

// Ports on both sides of a row; left[i] is connected to right[i].
struct Sides {
  std::vector<int> left, right;

  // left[0], left[1], …, right[0], …: the order that cascade takes.
  std::vector<int> order() const;
};

// The sides of a network whose ports are lines: 1 and 2 of a two-port; else every port has one partner that
// it transmits to at low frequency, with −10 dB at least and 10 dB more than to any other, and the lower
// number of the two is on the left. Throws Error where the data do not tell. Cost: low_frequency_points ·
// ports².
Sides infer_sides(const Network&);

// The order that takes a network from `order` back: order[back[i] − 1] = i + 1.
std::vector<int> inverse_order(std::span<const int> order);

}  // namespace waverack::network
