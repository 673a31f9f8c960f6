#pragma once
// Which way light takes through a network of GNPy.

#include <string>
#include <vector>

#include "waverack/io/gnpy_files.hpp"

namespace waverack::io {

double gnpy_fibre_length(const GnpyTable& element);  // [m]; 0 of what is no fibre

// uids of the shortest path by fibre length, both transceivers with it. Empty `from` and `to`: the ends of a
// network of two transceivers, in the order of the file. Throws Error for names that are no transceivers, and
// where no path leads from one to the other.
std::vector<std::string> gnpy_route(const GnpyFiles&, std::string from, std::string to);

}  // namespace waverack::io
