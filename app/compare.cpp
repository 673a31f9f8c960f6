// waverack compare

#include <CLI/CLI.hpp>
#include <memory>

#include "command.hpp"
#include "waverack/io/comparison.hpp"
#include "waverack/io/run.hpp"

namespace waverack::app {

Action declare_compare(CLI::App& app, Console& console) {
  const auto names = std::make_shared<std::vector<std::string>>();
  app.add_option("DESIGN", *names, "Two or more designs: files or built-in ones.")
      ->required()
      ->expected(2, -1);
  app.add_flag("--json", console.json, "The comparison as JSON.");
  return [names](Console& c) {
    std::vector<io::NamedResult> results;
    for (const std::string& name : *names) {
      const io::Input input = io::load_design(name);
      results.push_back({input.name, io::solve_input(input, {})});
    }
    c.print(c.json ? io::comparison_json(results) : io::comparison_text(results, c.style()));
    return good;
  };
}

}  // namespace waverack::app
