#pragma once
// What a line system does to light, as text, JSON and files (docs/formats/gnpy.md).

#include <filesystem>
#include <string>
#include <vector>

#include "waverack/io/line_run.hpp"
#include "waverack/io/terminal.hpp"

namespace waverack::io {

// The path, the followed channel element by element, channels, modules. `all_channels`: each of them, else a
// dozen.
std::string line_text(const LineAnswer&, const Style&, bool all_channels = false);

// The format "waverack-line", version 1.
std::string line_json(const LineAnswer&);

// Writes line.json, report.html, elements.csv, channels.csv, modules.csv and series/*.csv; returns the names
// written.
std::vector<std::string> write_line(const LineAnswer&, const std::filesystem::path& folder);

}  // namespace waverack::io
