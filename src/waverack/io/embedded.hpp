#pragma once
// What is compiled into the library, so that the program needs no files beside it. Names are relative to
// the folder that each comment states.

#include <span>

#include "waverack/base/embedded.hpp"

namespace waverack {

std::span<const EmbeddedFile> embedded_designs();   // designs/: "cpo-3.2t.toml"
std::span<const EmbeddedFile> embedded_cards();     // designs/parts/: "mzm-siph-2.2vcm.toml"
std::span<const EmbeddedFile> embedded_stacks();    // designs/stacks/: "two-chiplets.toml"
std::span<const EmbeddedFile> embedded_clusters();  // designs/clusters/: "gb300-18k.toml"
std::span<const EmbeddedFile> embedded_prices();    // designs/prices/: "default.csv"
std::span<const EmbeddedFile> embedded_profiles();  // profiles/: "com/3ck-c2c.toml"
std::span<const EmbeddedFile> embedded_schemas();   // docs/formats/: "result.schema.json"
// "report.html", the report before a result is put into it; empty if built with WAVERACK_REPORT=OFF.
std::span<const EmbeddedFile> embedded_report();

}  // namespace waverack
