#pragma once
// A user's mistake, for people and for programs.

#include <string>

#include "waverack/base/error.hpp"
#include "waverack/io/terminal.hpp"

namespace waverack::io {

// A line that says where and what, then what is allowed and the nearest name on lines of their own. It begins
// with "waverack: " where no file is to blame.
std::string error_text(const ErrorInfo&, const Style&);

// {"file", "line", "path", "message", "allowed", "nearest"}; what is not known is null.
std::string error_json(const ErrorInfo&);

}  // namespace waverack::io
