#pragma once
// A result as files: result.json, report.html and series/*.csv (docs/formats/result.md).

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "waverack/design/result.hpp"
#include "waverack/io/load.hpp"
#include "waverack/io/series.hpp"
#include "waverack/study/claims.hpp"

namespace waverack::io {

// Everything that a result file states.
struct Output {
  const Input& input;
  const Result& result;
  // None where the launch claims do not speak of this design.
  std::span<const study::ClaimResult> claims = {};
};

// The result in the format "waverack-result", version 1. Cost: about 5 ms for each eye.
std::string result_json(const Output&);

// The report with the result inside, or "" if the program was built without it.
std::string report_html(std::string_view result_json);

// Writes a result of any format into `folder`: the JSON as `name`, report.html around it, and its charts.
// Returns the names written. Throws Error if a file cannot be written.
std::vector<std::string> write_report(const std::filesystem::path& folder, const std::string& name,
                                      std::string_view json, std::span<const SeriesFile> charts);

// Writes all of them into `folder`; returns the names written. Throws Error if a file cannot be written.
std::vector<std::string> write_output(const Output&, const std::filesystem::path& folder);

}  // namespace waverack::io
