#pragma once
// The Touchstone format, version 1.x (docs/formats/touchstone.md).

#include <string>
#include <string_view>

#include "waverack/network/network.hpp"

namespace waverack::network {

// Reads the text of a Touchstone file; `name` is its name, whose ending .sNp states the number of ports, 1 to
// 999.
//
// Read: S-parameters as RI, MA (degrees) or DB (degrees); Hz, kHz, MHz, GHz; words of the option line in any
// order and case, with the defaults GHz S MA R 50; matrices over one or several lines; the two-port order S11
// S21 S12 S22; comments anywhere; any line ends; a byte order mark. A second option line and the noise
// section of a two-port are ignored.
//
// Throws Error with file and line for everything else: no data, Touchstone 2, other parameters than S, a
// reference that is not a positive resistance, a matrix that is not complete or does not fit the ending, what
// is not a finite number, |S| above 1e9, frequencies that do not rise. A number of more than 64 characters is
// read and gives a remark.
//
// Source: Touchstone File Format Specification, version 1.1 (IBIS Open Forum 2002). Cost: linear; memory at
// most sixteen times the text.
Network parse_touchstone(std::string_view text, const std::string& name);

}  // namespace waverack::network
