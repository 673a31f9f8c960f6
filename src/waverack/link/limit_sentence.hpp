#pragma once
// What limits a link, in one sentence.

#include <string>
#include <string_view>
#include <vector>

#include "waverack/link/result.hpp"

namespace waverack::link {

// The two largest penalties, which come first in the list; `where` follows them, such as " in host to
// module".
std::string limit_sentence(const std::vector<Penalty>& penalties, std::string_view where = {});

}  // namespace waverack::link
