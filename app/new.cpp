// waverack new

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>

#include "command.hpp"
#include "waverack/io/files.hpp"
#include "waverack/io/new_design.hpp"

namespace waverack::app {

Action declare_new(CLI::App& app, Console&) {
  struct Arguments {
    std::string name, from;
  };
  const auto arguments = std::make_shared<Arguments>();
  app.add_option("NAME", arguments->name, "Name of the new design; NAME.toml is written.")->required();
  app.add_option("--from", arguments->from, "The built-in design to start from.")
      ->type_name("DESIGN")
      ->required();
  return [arguments](Console& console) {
    const std::string file = arguments->name.ends_with(".toml") ? arguments->name : arguments->name + ".toml";
    const std::string text = io::new_design(arguments->from, std::filesystem::path(file).stem().string());
    if (std::filesystem::exists(file))
      throw Error(ErrorInfo{{file, 0, 0}, {}, "the file exists; it is left as it is", {}, {}});
    io::write_file(file, text);
    console.print(file + '\n');
    console.note("Next: waverack run " + file);
    return good;
  };
}

}  // namespace waverack::app
