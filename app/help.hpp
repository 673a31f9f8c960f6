#pragma once
// Help texts, and hints for command lines that are almost right.

#include <string>
#include <string_view>

#include "command.hpp"
#include "waverack/base/error.hpp"

namespace waverack::app {

std::string program_help();
// Examples first, then usage and options as CLI11 knows them.
std::string command_help(const Command&, const CLI::App&);

// What is wrong with a first argument that is no command.
ErrorInfo not_a_command(std::string_view word);

}  // namespace waverack::app
