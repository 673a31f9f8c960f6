#pragma once
// Writes Touchstone files (docs/formats/touchstone.md).

#include <span>
#include <string>

#include "waverack/network/modes.hpp"
#include "waverack/network/network.hpp"

namespace waverack::network {

// The network as Touchstone 1.1, or as 2.0 where `modes` are given: its mixed-mode parameters in their order.
// S-parameters as real and imaginary part, frequencies in Hz, every number with the fewest digits that read
// back to the same one, so that parse_touchstone returns this network (with modes, to 1e-15 of it). The name
// and the remarks become comments. Throws Error unless the modes are a complete set. Cost: linear.
std::string touchstone_text(const Network&, std::span<const Mode> modes = {});

// As Touchstone 2.0 in any case.
std::string touchstone_2_text(const Network&, std::span<const Mode> modes = {});

}  // namespace waverack::network
