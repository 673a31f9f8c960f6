#pragma once
// A design as a Document that stands on its own.

#include "waverack/design/design.hpp"

namespace waverack::io {

// The whole design with its defaults filled in. Every number that has a parent carries it, as
// { value, source, kind }, so that running the table again gives the same numbers and the same assumptions.
// Numbers that are not finite (a limit that is not set) are left out.
Table design_document(const LoadedDesign&);

// A table that was written from a struct (base/reader.hpp), every number that has a parent with it.
Table with_parents(const Table& written, const Provenance&);

}  // namespace waverack::io
