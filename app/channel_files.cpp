#include "channel_files.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "waverack/base/units.hpp"
#include "waverack/io/json_writer.hpp"
#include "waverack/network/network.hpp"

namespace waverack::app {

std::shared_ptr<ChannelFiles> add_channel_files(CLI::App& app) {
  const auto files = std::make_shared<ChannelFiles>();
  io::NetworkRecipe& recipe = files->recipe;
  app.add_option("--cascade", recipe.files, "Files in a row, the first on the left.")->type_name("FILE");
  app.add_option("--remove-left", recipe.remove_left, "Takes a fixture off the left end.")->type_name("FILE");
  app.add_option("--remove-right", recipe.remove_right, "Takes a fixture off the right end.")
      ->type_name("FILE");
  app.add_option("--renumber", recipe.renumber, "The ports in a new order, such as 1,3,2,4.")
      ->type_name("PORTS")
      ->delimiter(',');
  app.add_flag("--mixed-mode", recipe.mixed_mode, "Writes differential and common modes, as Touchstone 2.");
  app.add_option("--resample", files->grid,
                 "Another frequency step, and where it stops: 10MHz or 10MHz:40GHz.")
      ->type_name("STEP[:STOP]");
  app.add_flag("--extend-dc", recipe.extend_dc, "Continues the data to 0 Hz.");
  app.add_option("-o", files->output, "Writes a Touchstone file: .sNp, or .ts for version 2.")
      ->type_name("FILE");
  return files;
}

bool makes_network(const ChannelFiles& files) {
  const io::NetworkRecipe& recipe = files.recipe;
  return !recipe.files.empty() || !recipe.remove_left.empty() || !recipe.remove_right.empty() ||
         !recipe.renumber.empty() || recipe.mixed_mode || recipe.extend_dc || !files.grid.empty();
}

io::MadeNetwork make_channel_file(const ChannelFiles& files, const std::string& file,
                                  const std::vector<int>& ports) {
  io::NetworkRecipe recipe = files.recipe;
  if (recipe.files.empty()) recipe.files = {file};
  recipe.ports = ports;
  if (!files.grid.empty()) {
    const std::size_t colon = files.grid.find(':');
    recipe.step = parse_quantity(files.grid.substr(0, colon), "Hz");
    if (colon != std::string::npos) recipe.stop = parse_quantity(files.grid.substr(colon + 1), "Hz");
  }
  return io::make_network(recipe);
}

void write_channel_file(const ChannelFiles& files, const io::MadeNetwork& made, Console& console) {
  io::write_network(files.output, made);
  const network::Network& network = made.network;
  const std::vector<std::string> remarks = network::doubts(network);
  if (console.json) {
    io::JsonWriter json;
    json.begin_object();
    json.member("file", files.output);
    json.member("ports", network.ports);
    json.member("points", static_cast<std::uint64_t>(network.points()));
    json.member("first_frequency", network.frequencies.front());
    json.member("last_frequency", network.frequencies.back());
    json.key("remarks");
    json.begin_array();
    for (const std::string& remark : remarks) json.value(remark);
    json.end_array();
    json.end_object();
    console.print(json.take());
    return;
  }
  console.print(fmt::format("{}: {} ports, {} points from {} to {}\n", files.output, network.ports,
                            network.points(), format_engineering(network.frequencies.front(), "Hz"),
                            format_engineering(network.frequencies.back(), "Hz")));
  for (const std::string& remark : remarks) console.note(remark);
}

}  // namespace waverack::app
