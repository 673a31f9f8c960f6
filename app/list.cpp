// waverack list

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "command.hpp"
#include "waverack/io/cluster_load.hpp"
#include "waverack/io/load.hpp"
#include "waverack/io/part_catalogue.hpp"
#include "waverack/io/profile.hpp"
#include "waverack/io/thermal_load.hpp"

namespace waverack::app {
namespace {

std::string parts_text(const io::Style& style) {
  io::TextTable table("lll");
  table.head({"part", "takes → gives", "what it is"});
  for (const io::PartType& part : io::part_types())
    table.row({part.type,
               part.input == part.output && part.input == parts::Domain::none
                   ? "whatever runs there"
                   : fmt::format("{} → {}", parts::domain_name(part.input), parts::domain_name(part.output)),
               std::string(part.fields->summary)});
  return table.text(style, 0, true);
}

std::string designs_text(const io::Style& style) {
  io::TextTable table("ll");
  table.head({"design", "what it is"});
  for (const std::string& name : io::design_names()) {
    const Design design = io::load_design(name).loaded.design;
    table.row({name, design.title + (design.description.empty() ? "" : ". " + design.description)});
  }
  return table.text(style, 0, true);
}

std::string cards_text(const io::Style& style) {
  io::TextTable table("lll");
  table.head({"card", "part", "what it is"});
  for (const io::CardText& card : io::cards()) table.row({card.name, card.part, card.description});
  return table.text(style, 0, true);
}

std::string profiles_text(const io::Style& style) {
  io::TextTable table("lll");
  table.head({"profile", "of", "what it is"});
  for (const std::string_view kind : {"pmd", "electrical", "com", "switch", "circuit_switch"})
    for (const std::string& name : io::profile_names(kind)) {
      const io::ProfileDocument profile = io::profile_document(kind, name);
      const Node* title = profile.document.table()->find("title");
      table.row({name, std::string(kind), title && title->string() ? *title->string() : ""});
    }
  return table.text(style, 0, true);
}

std::string stacks_text(const io::Style& style) {
  io::TextTable table("ll");
  table.head({"stack", "what it is"});
  for (const std::string& name : io::stack_names()) table.row({name, io::load_stack(name).stack.title});
  return table.text(style, 0, true);
}

std::string clusters_text(const io::Style& style) {
  io::TextTable table("ll");
  table.head({"cluster", "what it is"});
  for (const std::string& name : io::cluster_names())
    table.row({name, io::load_cluster(name).scenarios.front().installation.title});
  return table.text(style, 0, true);
}

}  // namespace

Action declare_list(CLI::App& app, Console&) {
  const auto what = std::make_shared<std::string>();
  app.add_option("WHAT", *what, "parts, designs, cards, profiles, stacks or clusters.")
      ->required()
      ->check(CLI::IsMember({"parts", "designs", "cards", "profiles", "stacks", "clusters"}));
  return [what](Console& console) {
    const io::Style style = console.style();
    console.print(*what == "parts"      ? parts_text(style)
                  : *what == "designs"  ? designs_text(style)
                  : *what == "cards"    ? cards_text(style)
                  : *what == "stacks"   ? stacks_text(style)
                  : *what == "clusters" ? clusters_text(style)
                                        : profiles_text(style));
    return good;
  };
}

}  // namespace waverack::app
