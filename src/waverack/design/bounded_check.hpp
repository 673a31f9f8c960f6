#pragma once
// A number against one bound.

#include "waverack/design/result.hpp"

namespace waverack {

// The margin is the distance to the bound, positive on the good side; at the bound it passes.
Check bounded_check(std::string name, double value, double limit, bool at_least, std::string unit,
                    std::string source);

}  // namespace waverack
