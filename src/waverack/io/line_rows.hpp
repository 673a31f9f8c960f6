#pragma once
// The answer on a line as people read it: sentences and rows that text, JSON and report share.

#include <string>
#include <vector>

#include "waverack/io/line_run.hpp"

namespace waverack::io {

struct LineRow {
  std::string key, name, text, note;
};

std::string line_title(const LineAnswer&);    // "Site_A to Site_B: 80 km in 1 span, 76 channels of 32 GBd"
std::string line_summary(const LineAnswer&);  // the worst channel, and which modules close
std::vector<LineRow> line_rows(const LineAnswer&);

std::string gigabaud_text(double symbol_rate);  // "32 GBd"
// Why a module does not close, or what limits it: its largest penalty where there is one.
std::string module_note(const LineModule&);

// Means over channels, in dB each: as GNPy prints them.
struct LineMeans {
  double osnr_db = 0.0, nonlinear_db = 0.0, gsnr_db = 0.0;  // in the signal's band
  double to_01nm_db = 0.0;                                  // to be added for 0.1 nm
};
LineMeans line_means(const LineAnswer&);

}  // namespace waverack::io
