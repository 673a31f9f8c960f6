#pragma once
// Where a number came from, in a line for people.

#include <string>

#include "waverack/base/provenance.hpp"

namespace waverack {

// "datasheet: Edgecore ET7502-DR4 data sheet": the kind of the number at `path` and its source. Empty where
// the path is not known.
std::string source_text(const Provenance&, const std::string& path);

}  // namespace waverack
