#pragma once
// A design as a Document that stands on its own.

#include "waverack/design/design.hpp"

namespace waverack::io {

// The whole design with its defaults filled in. Every number that has a parent carries it, as
// { value, source, kind }, so that running the table again gives the same numbers and the same assumptions.
// Numbers that are not finite (a limit that is not set) are left out.
Table design_document(const LoadedDesign&);

}  // namespace waverack::io
