// waverack erl

#include <CLI/CLI.hpp>
#include <memory>

#include "channel.hpp"
#include "command.hpp"
#include "waverack/compliance/com_channel.hpp"
#include "waverack/io/channel_output.hpp"

namespace waverack::app {
namespace {

// The sheet with what the command changes.
compliance::ComSheet with_settings(compliance::ComSheet sheet, const compliance::ChannelSettings& settings) {
  sheet.signal.symbol_rate = settings.symbol_rate;
  sheet.signal.levels = settings.levels;
  sheet.signal.detector_error_ratio = settings.error_ratio;
  sheet.signal.samples_per_symbol = settings.samples_per_symbol;
  sheet.erl = settings.erl;
  return sheet;
}

ExitCode erl(const ChannelArguments& arguments, Console& console) {
  const std::optional<io::ComSheetChoice> sheet = channel_sheet(arguments);
  const compliance::ChannelSettings settings = channel_settings(arguments, sheet);
  const io::ChannelInput input = load_channel(arguments);
  const network::Network& through = input.networks.through;
  const compliance::EffectiveReturnLoss result =
      sheet ? compliance::com_return_loss(with_settings(sheet->sheet, settings), through)
            : compliance::effective_return_loss(
                  through,
                  {settings.symbol_rate, settings.levels, settings.error_ratio, settings.samples_per_symbol},
                  settings.erl);
  const std::vector<Check> checks = sheet ? io::erl_checks(*sheet, result.erl_db) : std::vector<Check>{};
  const io::ErlOutput output{input, settings, result, io::settings_from(sheet), checks};
  console.print(console.json ? io::erl_json(output) : io::erl_text(output, console.style()));
  return io::passes(checks) ? good : check_failed;
}

}  // namespace

Action declare_erl(CLI::App& app, Console& console) {
  const auto arguments = std::make_shared<ChannelArguments>();
  declare_channel_arguments(
      app, *arguments, "Change a setting such as erl.length, erl.equalised or error_ratio; may be repeated.");
  app.add_flag("--json", console.json, "The result as JSON.");
  return [arguments](Console& c) { return erl(*arguments, c); };
}

}  // namespace waverack::app
