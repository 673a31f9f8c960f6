#pragma once
// JSON text → Document.

#include <string>
#include <string_view>

#include "waverack/base/document.hpp"

namespace waverack::io {

// The value that `text` (UTF-8) states, with keys in the order of the file. Nodes are marked with
// `file` and the line at which they begin, strings and numbers where they end. Throws Error, with the line,
// for text that is not JSON, a key that appears twice, or more than 100 levels.
Node parse_json(std::string_view text, const std::string& file, Layer layer = Layer::design);

}  // namespace waverack::io
