#pragma once
// A lane's chain as it will be solved, without solving it.

#include <string>

#include "waverack/io/load.hpp"
#include "waverack/io/terminal.hpp"

namespace waverack::io {

// The parts in order with their cards, what runs between them, whose meter they are on and how they are
// solved; the segments, or the line and the frame of a coherent lane; the warnings of reading and planning.
// Throws as planning does.
std::string plan_text(const Input&, const Style&);

}  // namespace waverack::io
