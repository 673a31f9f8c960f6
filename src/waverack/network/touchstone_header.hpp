#pragma once
// What a Touchstone file says before its data: the option line of version 1 and the keywords of version 2.

#include <optional>
#include <string>
#include <vector>

#include "waverack/base/line_reader.hpp"
#include "waverack/network/modes.hpp"
#include "waverack/network/reference.hpp"

namespace waverack::network {

struct TouchstoneHeader {
  enum class Format { real_imaginary, magnitude_angle, decibel_angle };
  enum class Shape { full, lower, upper };
  enum class Section { head, data, noise, end };

  bool version_2 = false;
  int ports = 0;  // by the file's name, later by [Number of Ports]; 0 where neither has told

  bool options_read = false;
  double unit = 1e9;  // of frequencies [Hz]
  Parameters parameters = Parameters::scattering;
  Format format = Format::magnitude_angle;
  std::vector<double> references{50.0};  // [ohm], one for all ports or one for each

  std::optional<std::size_t> frequencies = {};  // as [Number of Frequencies] says
  std::optional<bool> by_columns = {};          // of a two-port: S11 S21 S12 S22
  Shape shape = Shape::full;
  std::vector<Mode> modes = {};  // empty for single-ended ports
  Section section = Section::head;
};

// Reads the option line that is the current line of `lines`; a second one is ignored. Throws Error for words
// that are not known and references that are not real and above 0.
void read_option_line(LineReader& lines, TouchstoneHeader& header);

// Reads the keyword that is the current line of `lines`, with its values on this and on following lines. The
// lines of [Begin Information] are skipped. Throws Error for what is not known or does not fit the number of
// ports.
void read_keyword(LineReader& lines, TouchstoneHeader& header);

// Throws Error unless the header says all that reading data needs.
void require_complete(const LineReader& lines, const TouchstoneHeader& header);

}  // namespace waverack::network
