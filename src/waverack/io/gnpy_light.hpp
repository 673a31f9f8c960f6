#pragma once
// Light on a line of GNPy, and how strongly its fibre answers.

#include <vector>

#include "waverack/io/gnpy_network.hpp"

namespace waverack::io {

// Channels that the equipment's "SI" has room for, with `power` each [W]. Throws Error for none, for more
// than 2000, and for numbers that are not above 0.
std::vector<coherent::Channel> gnpy_channels(const GnpyTable& information, double power, double spacing,
                                             const GnpyLoad&);

// γ = 2π f n₂/(c A(f)) [1/(W m)] of a step-index fibre with the effective area `area` [m²] at 193.5 THz.
double gnpy_gamma(double area, double frequency);

}  // namespace waverack::io
