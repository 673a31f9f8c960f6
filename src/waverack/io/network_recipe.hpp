#pragma once
// Touchstone files made from Touchstone files: put in a row, freed of fixtures, on other ports, modes and
// frequencies.

#include <optional>
#include <string>
#include <vector>

#include "waverack/network/modes.hpp"
#include "waverack/network/network.hpp"

namespace waverack::io {

// What to make of files, in the order in which it is done.
struct NetworkRecipe {
  std::vector<std::string> files;  // at least one; several stand in a row, the first on the left
  // The ports of every file, fixtures too: the left ones, then the right ones, each across from its partner.
  // Where empty, network::infer_sides tells, if anything needs them.
  std::vector<int> ports;

  bool extend_dc = false;  // network::extend_to_dc of every file
  std::optional<double> step,
      stop;  // [Hz] network::even_grid of the first file; all files are resampled to it
  std::string remove_left, remove_right;  // files of fixtures, "" for none
  std::vector<int>
      renumber;  // ports of the result in their new order; without, the order is that of the first file
  bool mixed_mode = false;  // written as differential and common modes of neighbouring lines
};

struct MadeNetwork {
  network::Network network;
  std::vector<network::Mode> modes;  // that it is to be written in; empty for single-ended ports
};

// Reads and makes. Files on other frequencies than the first are resampled to its, where they cover them, and
// those with another reference are renormalised to its; remarks say so. Throws Error for files that cannot be
// read or do not fit.
MadeNetwork make_network(const NetworkRecipe&);

// Writes `path` as Touchstone 2 where it ends in .ts or there are modes, else as version 1.1. Throws Error
// unless the ending is .ts or fits the number of ports, and if the file cannot be written.
void write_network(const std::string& path, const MadeNetwork&);

}  // namespace waverack::io
