#pragma once
// What COM found, as text, JSON and rows (docs/formats/com.md).

#include <filesystem>
#include <string>
#include <vector>

#include "waverack/io/com_run.hpp"
#include "waverack/io/terminal.hpp"

namespace waverack::io {

// One screen and the noise breakdown.
std::string com_text(const ComReport&, const Style&);

// The format "waverack-com", version 1.
std::string com_json(const ComReport&);

// Writes com.json, report.html and series/*.csv; returns the names written.
std::vector<std::string> write_com(const ComReport&, const std::filesystem::path& folder);

// All that is to be said of sheet, files and data.
std::vector<std::string> com_remarks(const ComReport&);

// The head of the rows of a batch.
std::string com_batch_head();
// One row for each package case of a channel, or one with the message of a channel that failed; each ends
// with a newline.
std::string com_batch_rows(const ComBatchRow&);

}  // namespace waverack::io
