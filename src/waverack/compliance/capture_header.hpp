#pragma once
// What the lines above the numbers of a captured waveform say.

#include <optional>
#include <string>
#include <string_view>

namespace waverack::compliance {

struct CaptureHeader {
  std::optional<double> sample_interval;  // [s]
  std::optional<double> time_unit;        // of the time column [s]
  std::string value_unit;                 // "V", "mV", "uW", …
};

// Takes what a line says into the header; a line that says nothing of use changes nothing. Later lines win.
void read_header_line(std::string_view line, CaptureHeader& header);

}  // namespace waverack::compliance
