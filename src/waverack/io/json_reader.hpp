#pragma once
// JSON text → Document.

#include <string>
#include <string_view>

#include "waverack/base/document.hpp"

namespace waverack::io {

// The value that `text` (UTF-8) states, with keys in the order of the file. Nodes are marked with `file`
// alone. Throws Error, with line and column where they are known, for text that is not JSON, a key that
// appears twice, or more than 100 levels.
Node parse_json(std::string_view text, const std::string& file, Layer layer = Layer::design);

}  // namespace waverack::io
