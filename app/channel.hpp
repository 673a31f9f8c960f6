#pragma once
// What the commands on channels share: their files and settings.

#include <optional>
#include <string>
#include <vector>

#include "waverack/io/channel_files.hpp"
#include "waverack/io/com_run.hpp"

namespace CLI {
class App;
}

namespace waverack::app {

struct ChannelArguments {
  io::ChannelPaths paths;
  std::string ports, symbol_rate, profile;
  std::vector<std::string> settings;
};

// FILE, --ports, --profile, --symbol-rate and --set.
void declare_channel_arguments(CLI::App&, ChannelArguments&, const std::string& set_help);

// The parameter sheet of COM that --profile names, if it does.
std::optional<io::ComSheetChoice> channel_sheet(const ChannelArguments&);
// Those of the sheet, or the defaults, with --symbol-rate and --set over them.
compliance::ChannelSettings channel_settings(const ChannelArguments&,
                                             const std::optional<io::ComSheetChoice>&);
io::ChannelInput load_channel(ChannelArguments);

}  // namespace waverack::app
