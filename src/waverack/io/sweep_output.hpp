#pragma once
// A sweep as rows of numbers, as JSON and as a few lines of text (docs/formats/sweep.md).

#include <string>

#include "waverack/io/load.hpp"
#include "waverack/io/terminal.hpp"
#include "waverack/study/sweep.hpp"

namespace waverack::io {

// How the design of `input`, which must outlive the result, is read and solved at a point.
study::SweepSource sweep_source(const Input& input);

// The first line, and one line for each row: the varied paths, what was found at the point, the quantities,
// status, message.
std::string sweep_csv_head(const study::Sweep&, const LoadedDesign&);
std::string sweep_csv_row(const study::Sweep&, const study::SweepRow&);

struct SweepOutput {
  const Input& input;
  const study::Sweep& sweep;
  const study::SweepResult& result;
};

// The format "waverack-sweep", version 1.
std::string sweep_json(const SweepOutput&);

// How many points pass, and where along a single path that changes: a sentence or two.
std::string sweep_summary(const SweepOutput&);
// The summary, the range of each quantity and where its ends are.
std::string sweep_text(const SweepOutput&, const Style&);

}  // namespace waverack::io
