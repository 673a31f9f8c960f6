// waverack schema

#include "waverack/io/schema.hpp"

#include <CLI/CLI.hpp>
#include <memory>

#include "command.hpp"

namespace waverack::app {

Action declare_schema(CLI::App& app, Console&) {
  const auto what = std::make_shared<std::string>();
  app.add_option("WHAT", *what, "design, cluster or result.")
      ->required()
      ->check(CLI::IsMember({"design", "cluster", "result"}));
  return [what](Console& console) {
    if (*what == "design")
      console.print(io::design_schema());
    else if (*what == "cluster")
      console.print(io::cluster_schema());
    else
      console.print(std::string(io::result_schema()));
    return good;
  };
}

}  // namespace waverack::app
