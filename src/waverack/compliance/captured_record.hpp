#pragma once
// Waveforms as oscilloscopes export them: comma-separated text. (docs/formats/capture.md)

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace waverack::compliance {

struct CapturedRecord {
  std::string name;              // of the file, for messages
  std::vector<float> samples;    // numbers as the file has them
  std::string unit;              // of the samples: "V", "mV", "uW", …; empty where the file does not say it
  double sample_interval = 0.0;  // [s]
  std::vector<std::string> remarks;  // how the file was understood where it left a choice
};

// Reads one waveform: lines of time and value, or of value alone, evenly spaced in time.
//   separators   comma, semicolon, tab or blanks; a separator at the end of a line is left out
//   numbers      with a decimal point, or with a decimal comma where the separator is no comma
//   header       any lines of text before the first line of numbers. Understood are keys with their values
//                (`Sample Interval`, `XInc`, `Sample Rate`, `Horizontal Units`, `Vertical Units`, `XUnits`,
//                `YUnits` and their kin), names of columns with units (`Time (ns), CH1 [mV]`), and a line of
//                units alone (`second,Volt`). Times are in seconds where nothing says otherwise.
//   key columns  key, value and unit before time and value on the same lines, as old Tektronix files have it
//   blank lines  in the header and at the end
// `sample_interval` [s]: for values alone it replaces what the header says; beside a time column it must
// agree with it within 0.1 %.
//
// The sample interval comes from the time column by least squares. Every time must lie within a quarter of an
// interval of that line; times that were rounded to fewer digits may be off by half a digit more, which is
// remarked.
//
// Throws Error with file and line for everything else: no samples, more than one value on a line, what is not
// a finite number, no sample interval, times that do not rise evenly, text among the numbers.
// Cost: linear, about 0.1 µs for each number.
CapturedRecord parse_capture_csv(std::string_view text, const std::string& name,
                                 std::optional<double> sample_interval = std::nullopt);

}  // namespace waverack::compliance
