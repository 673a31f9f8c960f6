#pragma once
// The measures of a channel as text, JSON and files (docs/formats/channel.md).

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "waverack/io/channel_files.hpp"
#include "waverack/io/com_run.hpp"
#include "waverack/io/terminal.hpp"

namespace waverack::io {

struct ChannelOutput {
  const ChannelInput& input;
  const compliance::ChannelSettings& settings;
  const compliance::ChannelMeasures& measures;
  // ICN with the amplitude spread as the task force's COM code does; total 0 without aggressors.
  compliance::IntegratedCrosstalk com_code_crosstalk;
  std::string settings_from;
  std::string command;  // as it was given
};

// One screen.
std::string channel_text(const ChannelOutput&, const Style&);

// The format "waverack-channel", version 1.
std::string channel_json(const ChannelOutput&);

// Writes channel.json, report.html and series/*.csv; returns the names written.
std::vector<std::string> write_channel(const ChannelOutput&, const std::filesystem::path& folder);

// Where the settings come from: "profile 3ck-kr: COM sheet 100GBASE-KR1, August 2022", or the defaults.
std::string settings_from(const std::optional<ComSheetChoice>&);

// Effective return loss alone, of the through path of `input`.
struct ErlOutput {
  const ChannelInput& input;
  const compliance::ChannelSettings& settings;
  const compliance::EffectiveReturnLoss& erl;
  std::string settings_from;
  const std::vector<Check>& checks;
};
std::string erl_text(const ErlOutput&, const Style&);
std::string erl_json(const ErlOutput&);

}  // namespace waverack::io
