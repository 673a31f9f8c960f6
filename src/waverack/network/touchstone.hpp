#pragma once
// The Touchstone format, versions 1 and 2 (docs/formats/touchstone.md).

#include <string>
#include <string_view>

#include "waverack/network/network.hpp"

namespace waverack::network {

// Reads the text of a Touchstone file; `name` is its name. The ending .sNp states the number of ports, 1 to
// 999, and any other is good for version 2 alone, which states it inside.
//
// Read: S-, Z-, Y-, H- and G-parameters as RI, MA (degrees) or DB (degrees); Hz, kHz, MHz, GHz; words of the
// option line in any order and case, with the defaults GHz S MA R 50; one reference resistance or one for
// each port; matrices over one or several lines; the two-port order S11 S21 S12 S22; comments anywhere; any
// line ends; a byte order mark. Of version 2 all keywords: orders, triangles, mixed mode. A second option
// line and noise data are ignored.
//
// The network has S-parameters of single-ended ports with one reference: the file's where all ports have the
// same, else 50 ohm. A remark says what was converted, and where a comment states other port impedances,
// which are not applied.
//
// Throws Error with file and line for everything else: no data, a complex reference, a matrix that is not
// complete or does not fit the number of ports, what is not a finite number, |S| above 1e9, parameters
// without S-parameters, frequencies that do not rise. A number of more than 64 characters is read and gives a
// remark.
//
// Source: Touchstone File Format Specification, versions 1.1 (IBIS Open Forum 2002), 2.0 (2009) and 2.1
// (2024). Cost: linear, and points · ports³ where matrices are converted; memory at most sixteen times the
// text.
Network parse_touchstone(std::string_view text, const std::string& name);

// The number of ports that the ending of a file's name states, .s1p to .s999p in any case; 0 where it states
// none.
int ports_of_name(std::string_view name);

}  // namespace waverack::network
