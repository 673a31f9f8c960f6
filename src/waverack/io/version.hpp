#pragma once
// Which build of waverack this is.

#include <string_view>

namespace waverack {

std::string_view version();  // "0.1.0", by semver.org
std::string_view commit();   // of the source tree, "-dirty" if it was changed since; "unknown" outside of git

}  // namespace waverack
