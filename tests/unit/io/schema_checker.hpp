#pragma once
// Checks a document against a JSON Schema: the keywords that our schemas use, and no more.

#include <string>
#include <vector>

#include "waverack/base/document.hpp"

namespace waverack::io {

// One line for each place that does not fit: "lanes[0].name: is missing".
std::vector<std::string> misfits(const Node& schema, const Node& value);

}  // namespace waverack::io
