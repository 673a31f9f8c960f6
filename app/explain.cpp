// waverack explain

#include "waverack/io/explain.hpp"

#include <CLI/CLI.hpp>
#include <memory>

#include "command.hpp"

namespace waverack::app {

Action declare_explain(CLI::App& app, Console&) {
  const auto path = std::make_shared<std::string>();
  app.add_option("PATH", *path, "A key, a table or a part of a design or of a cluster's file.")->required();
  return [path](Console& console) {
    console.print(io::explanation_text(io::explain(*path), console.style()));
    return good;
  };
}

}  // namespace waverack::app
