#pragma once
// What the calibration loops of a design did, as text, JSON and a report (docs/formats/calibration.md).

#include <filesystem>
#include <string>
#include <vector>

#include "waverack/io/load.hpp"
#include "waverack/io/terminal.hpp"
#include "waverack/study/calibrate.hpp"

namespace waverack::io {

struct CalibrationOutput {
  const Input& input;
  const study::CalibrationResult& result;
  std::string command;  // as it was given
};

// A row for each loop, then each with its own numbers.
std::string calibration_text(const CalibrationOutput&, const Style&);

// The format "waverack-calibration", version 1.
std::string calibration_json(const CalibrationOutput&);

// Writes calibration.json, report.html and series/*.csv; returns the names written.
std::vector<std::string> write_calibration(const CalibrationOutput&, const std::filesystem::path& folder);

}  // namespace waverack::io
