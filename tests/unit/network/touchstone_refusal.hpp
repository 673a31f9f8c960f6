#pragma once
// What the reader of Touchstone files says of a text that it refuses.

#include <string>
#include <string_view>

#include "unit/base/message_of.hpp"
#include "waverack/network/touchstone.hpp"

namespace waverack::network {

inline std::string touchstone_refusal(std::string_view text, const std::string& name = "line.s2p") {
  return message_of([&] { parse_touchstone(text, name); });
}

// The name of version 2, which leaves the number of ports to the text.
inline std::string touchstone_2_refusal(std::string_view text) { return touchstone_refusal(text, "line.ts"); }

}  // namespace waverack::network
