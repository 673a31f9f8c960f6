#pragma once
// What forward error correction makes of an error ratio, as text, JSON and files (docs/formats/fec.md).

#include <filesystem>
#include <string>
#include <vector>

#include "waverack/io/fec_run.hpp"
#include "waverack/io/terminal.hpp"

namespace waverack::io {

// One screen.
std::string fec_text(const FecAnswer&, const Style&);

// The format "waverack-fec", version 1.
std::string fec_json(const FecAnswer&);

// Writes fec.json, report.html and series/*.csv; returns the names written.
std::vector<std::string> write_fec(const FecAnswer&, const std::filesystem::path& folder);

}  // namespace waverack::io
