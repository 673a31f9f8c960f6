#pragma once
// The files of a channel for COM.

#include <string>
#include <vector>

#include "waverack/compliance/com.hpp"
#include "waverack/io/channel_files.hpp"

namespace waverack::io {

struct ComPaths {
  std::string through;
  std::vector<std::string> far_end, near_end;
  // [in+, in-, out+, out-] or [in, out] of each file in the order through, far end, near end; one list counts
  // for all files; none: found in the through path, else the order of the sheet.
  std::vector<std::vector<int>> ports;
};

struct ComInput {
  std::vector<compliance::ComPath> paths;  // the through path first
  std::vector<ChannelFile> files;          // likewise
  std::vector<std::vector<int>> ports;     // chosen, likewise
  std::string why_ports;                   // how those of the through path were chosen, a clause
  std::vector<std::string> remarks;        // what the sheet asks of files and these do not keep
};

// Reads all files. Throws Error if one cannot be read, the ports do not fit it, or their number fits neither
// one nor all files.
ComInput load_com_paths(const ComPaths&, const compliance::ComSheet&);

}  // namespace waverack::io
