#pragma once
// What the files of a channel are worth: for remarks, and as JSON.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "waverack/io/json_writer.hpp"
#include "waverack/network/quality.hpp"

namespace waverack::io {

struct ChannelFile {
  std::string path;
  std::string what;  // "through", "far end", "near end"
  int ports = 0;     // of the file
  std::size_t points = 0;
  network::Quality quality;  // its remarks hold what the reader noticed, too
  // Whether + and − are exchanged between the ends; none where the file does not tell: crosstalk has a sign
  // of its own.
  std::optional<bool> swapped;
};

// Judges the network of a file. `ports`: of the pair that is taken from the through path; those of aggressors
// are judged where the file shows lines from end to end. `through`: whose band the file should have, or
// nullptr. Cost: as network::quality.
ChannelFile judged_file(const std::string& path, const char* what, const network::Network&,
                        std::span<const int> ports, const network::Network* through);

// All remarks on the files, each with its file where there are several.
std::vector<std::string> file_remarks(std::span<const ChannelFile>);

// A sentence, where there are no remarks; else "".
std::string soundness(std::span<const ChannelFile>);

// Members of the object that is open.
void write_channel_file(JsonWriter&, const ChannelFile&);

}  // namespace waverack::io
