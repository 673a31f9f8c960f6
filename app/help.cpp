#include "help.hpp"

#include <CLI/CLI.hpp>

#include "waverack/base/text.hpp"
#include "waverack/io/version.hpp"

namespace waverack::app {

std::string program_help() {
  std::string text =
      "waverack run cpo-3.2t                       solve a built-in design\n"
      "waverack run my.toml -o out                 solve a file; write a report and its numbers\n"
      "waverack run cpo-3.2t --set \"lane.chain.fibre.length=2 km\" --why\n"
      "waverack sweep cpo-3.2t --vary \"lane.chain.fibre.length=0.5 km:10 km:20\" -o out\n"
      "waverack compare cpo-3.2t dsp-800g-dr8      the same questions side by side\n"
      "waverack explain lane.chain.fibre           what a part or a key means, and its sources\n"
      "waverack new my --from cpo-3.2t             a design of your own\n"
      "\n"
      "Models optical and copper interconnects of AI clusters, from the waveform in one lane to the power\n"
      "meter of the hall.\n"
      "\n"
      "Commands\n";
  io::TextTable table("ll");
  for (const Command& command : commands())
    table.row(
        {std::string(command.name) + ' ' + std::string(command.arguments), std::string(command.summary)});
  text += table.text({}, 2);
  text +=
      "\n"
      "  -h, --help after a command says more of it; --version prints the version.\n"
      "\n"
      "Exit codes: 0 good, 1 a check of the design failed, 2 the input is wrong, 3 a fault of waverack,\n"
      "130 interrupted; what was finished is kept.\n";
  return text;
}

std::string command_help(const Command& command, const CLI::App& app) {
  std::string text = std::string(command.examples) + '\n' + std::string(command.summary) + ".\n\nArguments\n";
  io::TextTable table("ll");
  for (const CLI::Option* option : app.get_options()) {
    std::string name = option->get_positional() ? option->get_name(true) : option->get_name(false, true);
    for (std::size_t comma = 0; (comma = name.find(',', comma)) != std::string::npos; comma += 2)
      name.insert(comma + 1, " ");
    if (!option->get_positional() && option->get_type_size() > 0) name += ' ' + option->get_type_name();
    table.row({name, option->get_description()});
  }
  return text + table.text({}, 2, true);
}

ErrorInfo not_a_command(std::string_view word) {
  const std::string given(word);
  const auto hint = [](std::string message, std::string allowed) {
    return ErrorInfo{{}, {}, std::move(message), std::move(allowed), {}};
  };
  if (word.ends_with(".toml") || word.ends_with(".json"))
    return hint("'" + given + "' is a design; say what to do with it",
                "waverack run " + given + ", waverack check " + given);
  if (word.ends_with(".s4p") || word.ends_with(".s2p"))
    return hint("'" + given + "' is a channel; a part of a design names it",
                "waverack explain touchstone shows how, waverack new my --from cpo-3.2t starts a design");
  if (word.ends_with(".topo"))
    return hint("'" + given + "' is a topology; say what to do with it", "waverack topology " + given);
  if (word.ends_with(".csv"))
    return hint("'" + given + "' is a table of numbers; say what to do with it",
                "waverack tdecq " + given + " measures a captured waveform");
  std::vector<std::string> names;
  std::string allowed;
  for (const Command& command : commands()) {
    names.emplace_back(command.name);
    allowed += (allowed.empty() ? "" : ", ") + names.back();
  }
  const bool option = word.starts_with('-');
  return {{},
          {},
          (option ? "a command comes before '" : "there is no command '") + given + "'",
          allowed,
          option ? "" : nearest_name(word, names)};
}

}  // namespace waverack::app
