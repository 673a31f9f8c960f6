#pragma once
// The files of a channel: its through path and its aggressors.

#include <string>
#include <vector>

#include "waverack/compliance/channel_measures.hpp"

namespace waverack::io {

struct ChannelPaths {
  std::string through;
  std::vector<std::string> far_end, near_end;
  std::vector<int>
      ports;  // [in, out] or [in+, in-, out+, out-] of every file; empty: found in the through path
};

struct ChannelFile {
  std::string path;
  std::string what;  // "through", "far end", "near end"
  int ports = 0;     // of the file
  std::size_t points = 0;
  double first_frequency = 0.0, last_frequency = 0.0;  // [Hz]
  std::vector<std::string> doubts;                     // passivity, reciprocity, what the reader noticed
};

struct ChannelInput {
  compliance::ChannelNetworks networks;
  std::vector<ChannelFile> files;  // the through path first
  std::vector<int> ports;          // chosen
  std::string why_ports;           // how they were chosen, a clause
};

// Reads all files and takes the two-ports from them. Throws Error if one cannot be read, or the ports do not
// fit it.
ChannelInput load_channel(const ChannelPaths&);

}  // namespace waverack::io
