#pragma once
// The measures of a channel as text, JSON and files (docs/formats/channel.md).

#include <filesystem>
#include <string>
#include <vector>

#include "waverack/io/channel_files.hpp"
#include "waverack/io/terminal.hpp"

namespace waverack::io {

struct ChannelOutput {
  const ChannelInput& input;
  const compliance::ChannelSettings& settings;
  const compliance::ChannelMeasures& measures;
  // ICN with the amplitude spread as the task force's COM code does; total 0 without aggressors.
  compliance::IntegratedCrosstalk com_code_crosstalk;
  std::string command;  // as it was given
};

// One screen.
std::string channel_text(const ChannelOutput&, const Style&);

// The format "waverack-channel", version 1.
std::string channel_json(const ChannelOutput&);

// Writes channel.json, report.html and series/*.csv; returns the names written.
std::vector<std::string> write_channel(const ChannelOutput&, const std::filesystem::path& folder);

// Effective return loss alone, of the through path of `input`.
std::string erl_text(const ChannelInput&, const compliance::ChannelSettings&,
                     const compliance::EffectiveReturnLoss&, const Style&);
std::string erl_json(const ChannelInput&, const compliance::ChannelSettings&,
                     const compliance::EffectiveReturnLoss&);

}  // namespace waverack::io
