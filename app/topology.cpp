// waverack topology

#include <CLI/CLI.hpp>
#include <memory>

#include "command.hpp"
#include "waverack/io/files.hpp"
#include "waverack/io/topology_output.hpp"

namespace waverack::app {
namespace {

struct TopologyArguments {
  std::string file, from, as, output;
  bool write_loss = false;
};

// What `-o` and `--as` say together: an ending alone tells htsim's files from others.
io::TopologyFormat target_of(const TopologyArguments& arguments, const io::TopologyFile& file) {
  if (!arguments.as.empty()) return io::parse_topology_format(arguments.as);
  return arguments.output.ends_with(".topo") ? io::TopologyFormat::htsim : file.format;
}

ExitCode topology(const TopologyArguments& arguments, Console& console) {
  std::optional<io::TopologyFormat> format;
  if (!arguments.from.empty()) format = io::parse_topology_format(arguments.from);
  const io::TopologyFile file = io::load_topology(arguments.file, format);
  const bool converts = !arguments.as.empty() || !arguments.output.empty();
  if (arguments.write_loss && !converts)
    throw Error(ErrorInfo{{}, "--write-loss", "nothing is written", "with --as simai", {}});
  if (!converts || !arguments.output.empty()) {
    const io::TopologyReport report = io::describe_topology(file);
    console.print(console.json ? io::topology_json(report) : io::topology_text(report, console.style()));
  }
  if (!converts) return good;
  const io::ConvertedTopology converted =
      io::convert_topology(file, target_of(arguments, file), arguments.write_loss);
  if (arguments.output.empty()) {
    console.print(converted.text);
  } else {
    io::write_file(arguments.output, converted.text);
    console.note("wrote " + arguments.output);
    if (!converted.links.empty()) {
      io::write_file(arguments.output + ".links.csv", converted.links);
      console.note("wrote " + arguments.output + ".links.csv: the losses, which the file states as 0");
    }
  }
  for (const Warning& warning : converted.warnings) console.note("warning: " + warning.message);
  return good;
}

}  // namespace

Action declare_topology(CLI::App& app, Console& console) {
  const auto arguments = std::make_shared<TopologyArguments>();
  app.add_option("FILE", arguments->file,
                 "A topology of SimAI or csg-htsim (.topo), a network of ASTRA-sim (.yml), or a system of "
                 "Calculon (.json).")
      ->required();
  app.add_option("--from", arguments->from,
                 "Its format, where it is not recognised: simai, htsim, astra-sim or calculon.")
      ->type_name("FORMAT");
  app.add_option("--as", arguments->as, "Write it in the format of simai or htsim.")->type_name("FORMAT");
  app.add_option("-o", arguments->output, "Where it is written; without it, --as writes to standard output.")
      ->type_name("FILE");
  app.add_flag(
      "--write-loss", arguments->write_loss,
      "Fill the loss column of SimAI, which hangs on values above 0; else 0 is written there, and the "
      "losses go to FILE.links.csv.");
  app.add_flag("--json", console.json, "What the file holds as JSON.");
  app.add_flag("--quiet", console.quiet, "No messages on standard error, errors excepted.");
  return [arguments](Console& c) { return topology(*arguments, c); };
}

}  // namespace waverack::app
