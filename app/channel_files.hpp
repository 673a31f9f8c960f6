#pragma once
// The options of `waverack channel` that make Touchstone files of Touchstone files.

#include <memory>
#include <string>

#include "command.hpp"
#include "waverack/io/network_files.hpp"

namespace waverack::app {

struct ChannelFiles {
  io::NetworkRecipe recipe;
  std::string grid;    // STEP or STEP:STOP
  std::string output;  // "" where no file is to be written
};

// Declares --cascade, --remove-left, --remove-right, --renumber, --mixed-mode, --resample, --extend-dc and
// -o.
std::shared_ptr<ChannelFiles> add_channel_files(CLI::App&);

// Whether the options ask for a network that is not simply a file's.
bool makes_network(const ChannelFiles&);

// Makes what the options ask for; `file` is the channel where there is no --cascade, and `ports` are those of
// every file, left ones first, or empty. Throws Error for options that do not fit.
io::MadeNetwork make_channel_file(const ChannelFiles&, const std::string& file,
                                  const std::vector<int>& ports);

// Writes it to the output and says what was written, and what is doubtful about it.
void write_channel_file(const ChannelFiles&, const io::MadeNetwork&, Console&);

}  // namespace waverack::app
