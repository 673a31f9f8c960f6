#pragma once
// TOML text → Document.

#include <string>
#include <string_view>

#include "waverack/base/document.hpp"

namespace waverack::io {

// The table that `text` (TOML 1.0, UTF-8, a byte order mark is skipped) states, with the keys in the order of
// the file and every node marked with `file`, line, column and `layer`. Throws Error with line and column
// where the text is not TOML, holds a date or a time, or nests too deep.
Node parse_toml(std::string_view text, const std::string& file, Layer layer = Layer::design);

}  // namespace waverack::io
