#pragma once
// A lane's chain as it will be solved, without solving it.

#include <string>

#include "waverack/io/load.hpp"
#include "waverack/io/terminal.hpp"
#include "waverack/link/plan.hpp"

namespace waverack::io {

// The parts in order with their cards, what runs between them, whose meter they are on and how they are
// solved; the segments; the warnings of reading and planning.
std::string plan_text(const Input&, const link::Plan&, const Style&);

}  // namespace waverack::io
