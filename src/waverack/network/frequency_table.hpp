#pragma once
// A transfer function as a file states it: magnitude and phase at some frequencies.

#include <string>
#include <string_view>
#include <vector>

#include "waverack/network/network.hpp"

namespace waverack::network {

struct FrequencyTable {
  std::string name;                  // of the file, for messages
  std::vector<double> frequencies;   // [Hz] ≥ 0, rising
  std::vector<double> magnitude;     // amplitude ratio ≥ 0
  std::vector<double> phase;         // [rad], time convention exp(+j2πft); empty where the file states none
  std::vector<std::string> remarks;  // what the reader noticed and did not refuse

  std::size_t points() const { return frequencies.size(); }
};

// S_{to,from} of a network; ports are counted from 1 and must be there.
FrequencyTable transmission(const Network&, int to, int from);

// Reads a table of values separated by commas, semicolons or blanks: frequency, magnitude and, in a third
// column, phase. Without a header the frequency is in Hz, the magnitude in dB (20·log10 of the amplitude) and
// the phase in degrees. A header names the columns and so their units: `Hz`, `kHz`, `MHz`, `GHz` or `THz` in
// the first name; `dB`, or `linear` or `abs`, in the second; `deg` or `rad` in the third, in any case.
// Comments start with # or !.
//
// Throws Error with file and line for everything else: no data, an empty cell, what is not a finite number, a
// line with another number of columns, frequencies that do not rise, a magnitude below 0 or above 1e9, a
// header that leaves a unit open, data that end below 1 MHz (a forgotten unit). Cost: linear.
FrequencyTable parse_response_csv(std::string_view text, const std::string& name);

}  // namespace waverack::network
