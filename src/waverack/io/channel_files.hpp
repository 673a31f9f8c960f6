#pragma once
// The files of a channel: its through path and its aggressors.

#include <string>
#include <vector>

#include "waverack/compliance/channel_measures.hpp"
#include "waverack/io/channel_quality.hpp"

namespace waverack::io {

struct ChannelPaths {
  std::string through;
  std::vector<std::string> far_end, near_end;
  std::vector<int>
      ports;  // [in, out] or [in+, in-, out+, out-] of every file; empty: found in the through path
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
