#pragma once
// The measures of a captured waveform: on a screen, as JSON and as files (docs/formats/capture.md).

#include <filesystem>
#include <string>
#include <vector>

#include "waverack/compliance/capture_measure.hpp"
#include "waverack/design/result.hpp"
#include "waverack/io/terminal.hpp"

namespace waverack::io {

struct TdecqOutput {
  const compliance::CaptureMeasurement& measurement;
  std::string profile;        // by which it was measured; empty for none
  std::vector<Check> checks;  // against the limits of the profile
  std::string command;        // that gives the same again
};

// One number that was measured: by the key it has in JSON, as people call it, in the unit it is stated in.
struct TdecqQuantity {
  std::string key, label, unit;
  double value = 0.0;
};
// Those of one of the results, in the order in which they are shown.
std::vector<TdecqQuantity> tdecq_quantities(const compliance::CaptureMeasurement&,
                                            const compliance::FilteredMeasurement&);
// "reference filter applied by the scope", …
std::string_view filter_text(compliance::ReferenceFilter);

std::string tdecq_text(const TdecqOutput&, const Style&);

// The format "waverack-tdecq", version 1. Cost: about 10 ms for each eye.
std::string tdecq_json(const TdecqOutput&);

// Writes result.json, report.html and series/*.csv into `folder`; returns their names. Throws Error if a file
// cannot be written.
std::vector<std::string> write_tdecq_output(const TdecqOutput&, const std::filesystem::path& folder);

}  // namespace waverack::io
