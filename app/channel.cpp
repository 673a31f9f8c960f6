// waverack channel

#include "channel.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "call_text.hpp"
#include "command.hpp"
#include "network_recipe.hpp"
#include "waverack/compliance/com_channel.hpp"
#include "waverack/io/channel_output.hpp"
#include "waverack/io/load.hpp"
#include "waverack/io/network_file.hpp"

namespace waverack::app {
namespace {

struct MeasuredChannel : ChannelArguments {
  std::string folder;
};

// The call that gives the same numbers again.
std::string command_of(const MeasuredChannel& arguments) {
  std::string text = "waverack channel " + arguments.paths.through;
  append_option(text, "--fext", arguments.paths.far_end);
  append_option(text, "--next", arguments.paths.near_end);
  if (!arguments.ports.empty()) append_option(text, "--ports", {arguments.ports});
  if (!arguments.profile.empty()) append_option(text, "--profile", {arguments.profile});
  if (!arguments.symbol_rate.empty()) text += fmt::format(" --symbol-rate \"{}\"", arguments.symbol_rate);
  for (const std::string& setting : arguments.settings) text += fmt::format(" --set \"{}\"", setting);
  return text + " -o again";
}

ExitCode channel(const MeasuredChannel& arguments, Console& console) {
  const std::optional<io::ComSheetChoice> sheet = channel_sheet(arguments);
  const compliance::ChannelSettings settings = channel_settings(arguments, sheet);
  const io::ChannelInput input = load_channel(arguments);
  const compliance::ChannelMeasures measures = compliance::channel_measures(input.networks, settings);
  compliance::IntegratedCrosstalkSettings as_com_code = settings.icn;
  as_com_code.density = compliance::CrosstalkDensity::highest_frequency;
  const io::ChannelOutput output{
      input,
      settings,
      measures,
      compliance::integrated_crosstalk(input.networks.far_end, input.networks.near_end, settings.symbol_rate,
                                       as_com_code),
      io::settings_from(sheet),
      command_of(arguments)};
  std::vector<std::string> files;
  if (!arguments.folder.empty()) files = io::write_channel(output, arguments.folder);
  console.print(console.json ? io::channel_json(output) : io::channel_text(output, console.style()));
  if (!files.empty()) console.note(fmt::format("wrote {} files to {}/", files.size(), arguments.folder));
  return good;
}

}  // namespace

void declare_channel_arguments(CLI::App& app, ChannelArguments& arguments, const std::string& set_help) {
  app.add_option("FILE", arguments.paths.through, "A Touchstone file of the through path.")->required();
  app.add_option("--ports", arguments.ports,
                 "in+,in-,out+,out- or in,out of every file; found in the data where it is left out.")
      ->type_name("1,3,2,4");
  app.add_option("--profile", arguments.profile,
                 "Parameter sheet of COM with the settings: a name or a TOML file; like 3ck-c2c by default.")
      ->type_name("NAME");
  app.add_option("--symbol-rate", arguments.symbol_rate, "Symbol rate; 53.125 GBd by default.")
      ->type_name("\"53.125 GBd\"");
  app.add_option("--set", arguments.settings, set_help)->type_name("KEY=VALUE")->allow_extra_args(false);
}

std::optional<io::ComSheetChoice> channel_sheet(const ChannelArguments& arguments) {
  if (arguments.profile.empty()) return std::nullopt;
  return io::choose_com_sheet(arguments.profile);
}

compliance::ChannelSettings channel_settings(const ChannelArguments& arguments,
                                             const std::optional<io::ComSheetChoice>& sheet) {
  Node document(sheet ? write(compliance::channel_settings(sheet->sheet)) : Table{});
  std::vector<std::string> settings = arguments.settings;
  if (!arguments.symbol_rate.empty()) settings.push_back("symbol_rate=" + arguments.symbol_rate);
  io::apply_settings(document, settings);
  const ReadSources none;
  ReadContext context(none);
  return read<compliance::ChannelSettings>(context, document, "");
}

io::ChannelInput load_channel(ChannelArguments arguments) {
  if (!arguments.ports.empty()) arguments.paths.ports = io::parse_ports(arguments.ports);
  return io::load_channel(arguments.paths);
}

Action declare_channel(CLI::App& app, Console& console) {
  const auto arguments = std::make_shared<MeasuredChannel>();
  declare_channel_arguments(app, *arguments,
                            "Change a setting such as erl.length or icn.density; may be repeated.");
  app.add_option("--fext", arguments->paths.far_end, "Files of far-end aggressors.")->type_name("FILE");
  app.add_option("--next", arguments->paths.near_end, "Files of near-end aggressors.")->type_name("FILE");
  app.get_option("FILE")->required(false);
  app.add_option(
         "-o", arguments->folder,
         "Write report.html, channel.json and series/*.csv there; or the Touchstone file that is made.")
      ->type_name("DIR");
  const auto recipe = declare_recipe(app);
  app.add_flag("--json", console.json, "The measures and curves as JSON.");
  app.add_flag("--quiet", console.quiet, "No messages on standard error, errors excepted.");
  return [arguments, recipe](Console& c) {
    const std::string& through = arguments->paths.through;
    if (makes_network(*recipe)) {
      const std::vector<int> ports =
          arguments->ports.empty() ? std::vector<int>{} : io::parse_ports(arguments->ports);
      return make_network(*recipe, through, ports, arguments->folder, c);
    }
    if (through.empty()) throw Error(ErrorInfo{{}, {}, "no file is named", "FILE, a Touchstone file", {}});
    return channel(*arguments, c);
  };
}

}  // namespace waverack::app
