#pragma once
// From the name of a stack to its struct, with the powers that a file may give its blocks.

#include <string>
#include <vector>

#include "waverack/base/provenance.hpp"
#include "waverack/io/load.hpp"
#include "waverack/io/named_document.hpp"
#include "waverack/thermal/transient.hpp"

namespace waverack::io {

struct LoadedStack {
  std::string name;  // "two-chiplets"
  std::string file;  // for messages
  thermal::Stack stack;
  Table document;  // as it was read, settings laid over it
  Provenance provenance;
  std::vector<Warning> warnings;
  std::vector<InputFile> files;  // that it names, and the power file
  std::vector<std::vector<double>> trace =
      {};  // powers of blocks by row of a power trace of several rows [W]
};

// Reads a stack. `which` is the path of a TOML or JSON file, "-" for standard input, or the name of a
// built-in stack; JSON is a bare stack, or a result of `waverack thermal`. `settings` are texts PATH=VALUE.
// `power`: a file that replaces powers of blocks, "" for none:
//   *.ptrace   a trace of HotSpot; the steady state takes the mean of its rows
//   else       comma-separated values, a block and its watts in each row; a heading is read over
// Throws Error with the place in the file for whatever is wrong, the geometry included.
LoadedStack load_stack(const std::string& which, const std::vector<std::string>& settings = {},
                       const std::string& power = {});
LoadedStack load_stack_text(std::string_view text, const std::string& file,
                            const std::vector<std::string>& settings = {});

std::vector<std::string> stack_names();

ErrorInfo placed(const LoadedStack&, ErrorInfo);
}  // namespace waverack::io
