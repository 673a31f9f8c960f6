#include "waverack/io/version.hpp"

#include "waverack_version.hpp"

namespace waverack {

std::string_view version() { return WAVERACK_VERSION; }

std::string_view commit() { return WAVERACK_COMMIT; }

}  // namespace waverack
