// waverack erl

#include <CLI/CLI.hpp>
#include <memory>

#include "channel.hpp"
#include "command.hpp"
#include "waverack/io/channel_output.hpp"

namespace waverack::app {
namespace {

ExitCode erl(const ChannelArguments& arguments, Console& console) {
  const compliance::ChannelSettings settings = channel_settings(arguments);
  const io::ChannelInput input = load_channel(arguments);
  const compliance::EffectiveReturnLoss result = compliance::effective_return_loss(
      input.networks.through,
      {settings.symbol_rate, settings.levels, settings.error_ratio, settings.samples_per_symbol},
      settings.erl);
  console.print(console.json ? io::erl_json(input, settings, result)
                             : io::erl_text(input, settings, result, console.style()));
  return good;
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
