#pragma once
// A Technology as JSON text, in SI units, and back to the same numbers.

#include <string>

#include "waverack/cluster/technology.hpp"

namespace waverack::io {

// An object with a key for every member.
std::string technology_json(const cluster::Technology&);

// Reads what technology_json() wrote. Throws Error for anything else.
cluster::Technology parse_technology(const Node& object);

}  // namespace waverack::io
