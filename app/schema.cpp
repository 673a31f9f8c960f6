// waverack schema

#include "waverack/io/schema.hpp"

#include <CLI/CLI.hpp>
#include <memory>

#include "command.hpp"

namespace waverack::app {

Action declare_schema(CLI::App& app, Console&) {
  const auto what = std::make_shared<std::string>();
  app.add_option("WHAT", *what, "design or result.")->required()->check(CLI::IsMember({"design", "result"}));
  return [what](Console& console) {
    console.print(*what == "design" ? io::design_schema() : std::string(io::result_schema()));
    return good;
  };
}

}  // namespace waverack::app
