#include "network_recipe.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "waverack/base/units.hpp"
#include "waverack/io/json_writer.hpp"
#include "waverack/io/network_file.hpp"

namespace waverack::app {
namespace {

io::NetworkRecipe recipe_of(const RecipeArguments& arguments, const std::string& through,
                            const std::vector<int>& ports) {
  io::NetworkRecipe recipe = arguments.recipe;
  if (!through.empty()) {
    if (!recipe.files.empty())
      throw Error(ErrorInfo{
          {through, 0, 0}, {}, "a file stands beside those of --cascade", "all of them in --cascade", {}});
    recipe.files = {through};
  }
  recipe.ports = ports;
  if (!arguments.order.empty()) recipe.renumber = io::parse_ports(arguments.order);
  if (!arguments.grid.empty()) {
    const std::size_t colon = arguments.grid.find(':');
    recipe.step = parse_quantity(arguments.grid.substr(0, colon), "Hz");
    if (colon != std::string::npos) recipe.stop = parse_quantity(arguments.grid.substr(colon + 1), "Hz");
  }
  return recipe;
}

std::string network_json(const std::string& file, const network::Network& network,
                         const std::vector<std::string>& doubts) {
  io::JsonWriter json;
  json.begin_object();
  json.member("file", file);
  json.member("ports", network.ports);
  json.member("points", static_cast<std::uint64_t>(network.points()));
  json.member("first_frequency_hz", network.frequencies.front());
  json.member("last_frequency_hz", network.frequencies.back());
  json.key("doubts");
  json.begin_array();
  for (const std::string& doubt : doubts) json.value(doubt);
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace

std::shared_ptr<RecipeArguments> declare_recipe(CLI::App& app) {
  const auto arguments = std::make_shared<RecipeArguments>();
  io::NetworkRecipe& recipe = arguments->recipe;
  app.add_option("--cascade", recipe.files, "Files in a row, the first on the left; in place of FILE.")
      ->type_name("FILE");
  app.add_option("--remove-left", recipe.remove_left, "Takes a fixture off the left end.")->type_name("FILE");
  app.add_option("--remove-right", recipe.remove_right, "Takes a fixture off the right end.")
      ->type_name("FILE");
  app.add_option("--renumber", arguments->order, "The ports of the result in a new order.")
      ->type_name("1,3,2,4");
  app.add_flag("--mixed-mode", recipe.mixed_mode, "Differential and common modes, as Touchstone 2.");
  app.add_option("--resample", arguments->grid, "Another frequency step, and where it stops: 10MHz:40GHz.")
      ->type_name("STEP[:STOP]");
  app.add_flag("--extend-dc", recipe.extend_dc, "Continues the data to 0 Hz.");
  return arguments;
}

bool makes_network(const RecipeArguments& arguments) {
  const io::NetworkRecipe& recipe = arguments.recipe;
  return !recipe.files.empty() || !recipe.remove_left.empty() || !recipe.remove_right.empty() ||
         !arguments.order.empty() || recipe.mixed_mode || recipe.extend_dc || !arguments.grid.empty();
}

ExitCode make_network(const RecipeArguments& arguments, const std::string& through,
                      const std::vector<int>& ports, const std::string& output, Console& console) {
  if (output.empty())
    throw Error(
        ErrorInfo{{}, {}, "there is no name for the file to be written", "-o and a name: -o made.s4p", {}});
  const io::MadeNetwork made = io::make_network(recipe_of(arguments, through, ports));
  io::write_network(output, made);
  const network::Network& network = made.network;
  const std::vector<std::string> doubts = network::doubts(network);
  if (console.json) {
    console.print(network_json(output, network, doubts));
    return good;
  }
  console.print(fmt::format("{}: {} ports, {} points from {} to {}\n", output, network.ports,
                            network.points(), format_engineering(network.frequencies.front(), "Hz"),
                            format_engineering(network.frequencies.back(), "Hz")));
  for (const std::string& doubt : doubts) console.note(doubt);
  return good;
}

}  // namespace waverack::app
