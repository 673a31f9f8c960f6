#pragma once
// What COM found, as text, JSON and rows (docs/formats/com.md).

#include <string>

#include "waverack/io/com_run.hpp"
#include "waverack/io/terminal.hpp"

namespace waverack::io {

// One screen and the noise breakdown.
std::string com_text(const ComReport&, const Style&);

// The format "waverack-com", version 1.
std::string com_json(const ComReport&);

// The head of the rows of a batch.
std::string com_batch_head();
// One row for each package case of a channel, or one with the message of a channel that failed; each ends
// with a newline.
std::string com_batch_rows(const ComBatchRow&);

}  // namespace waverack::io
