#pragma once
// What the commands on channels share: their files and settings.

#include <string>
#include <vector>

#include "waverack/io/channel_files.hpp"

namespace CLI {
class App;
}

namespace waverack::app {

struct ChannelArguments {
  io::ChannelPaths paths;
  std::string ports, symbol_rate;
  std::vector<std::string> settings;
};

// FILE, --ports, --symbol-rate and --set.
void declare_channel_arguments(CLI::App&, ChannelArguments&, const std::string& set_help);

compliance::ChannelSettings channel_settings(const ChannelArguments&);
io::ChannelInput load_channel(ChannelArguments);

}  // namespace waverack::app
