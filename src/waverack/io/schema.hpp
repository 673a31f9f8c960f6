#pragma once
// JSON Schemas of what waverack reads and writes (draft 2020-12).

#include <string>
#include <string_view>

namespace waverack::io {

// Of a design, made from the field lists. Editors check and complete TOML files with it.
std::string design_schema();

// Of a cluster's file, made in the same way.
std::string cluster_schema();

// Of a result (docs/formats/result.schema.json).
std::string_view result_schema();

}  // namespace waverack::io
