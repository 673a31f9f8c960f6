#pragma once
// The same questions put to several results.

#include <span>
#include <string>
#include <vector>

#include "waverack/design/result.hpp"
#include "waverack/io/terminal.hpp"

namespace waverack::io {

struct NamedResult {
  std::string name;
  Result result;
};

// A column for each result, or a line for each where the terminal is too narrow for columns.
std::string comparison_text(std::span<const NamedResult>, const Style&);

// {"format": "waverack-comparison", "version", "program", "designs": [{"name", "title", …}]}: numbers under
// the keys and in the units of the result format; null where a number was not computed.
std::string comparison_json(std::span<const NamedResult>);

}  // namespace waverack::io
