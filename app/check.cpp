// waverack check

#include <CLI/CLI.hpp>
#include <memory>

#include "command.hpp"
#include "waverack/design/checks.hpp"
#include "waverack/io/plan_text.hpp"
#include "waverack/study/operating_point.hpp"

namespace waverack::app {

Action declare_check(CLI::App& app, Console&) {
  const auto design = std::make_shared<std::string>();
  app.add_option("DESIGN", *design,
                 "A TOML file, a result.json, '-' for standard input, or a built-in design.")
      ->required();
  return [design](Console& console) {
    const io::Input input = io::load_design(*design);
    // A baseline that cannot be read is a mistake of the design too.
    io::load_baseline(input);
    require_known_limits(input.loaded);
    study::require_tunable(input.loaded);
    console.print(io::plan_text(input, console.style()));
    return good;
  };
}

}  // namespace waverack::app
