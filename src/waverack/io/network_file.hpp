#pragma once
// Network files by path.

#include <string>
#include <vector>

#include "waverack/network/network.hpp"

namespace waverack::io {

// The network of a file of S-parameters. Throws Error if it cannot be read.
network::Network load_network(const std::string& path);

// The ports of "1,3,2,4": whole numbers from 1, separated by commas. Throws Error for anything else.
std::vector<int> parse_ports(const std::string& text);

}  // namespace waverack::io
