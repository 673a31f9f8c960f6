// waverack cluster

#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "cache.hpp"
#include "call_text.hpp"
#include "command.hpp"
#include "waverack/io/cluster_output.hpp"
#include "written.hpp"

namespace waverack::app {
namespace {

struct ClusterArguments {
  std::string cluster, prices, folder;
  std::vector<std::string> settings;
  int samples = 1024, seed = 1, threads = 0;
  std::vector<std::string> topologies;
  bool pareto = false, no_cache = false, write_loss = false;
};

// The call that gives the same numbers again.
std::string command_of(const ClusterArguments& arguments) {
  std::string text = "waverack cluster " + arguments.cluster;
  for (const std::string& setting : arguments.settings) append_option(text, "--set", {setting});
  if (!arguments.prices.empty()) append_option(text, "--prices", {arguments.prices});
  if (arguments.samples != 1024) append_option(text, "--samples", {std::to_string(arguments.samples)});
  if (arguments.seed != 1) append_option(text, "--seed", {std::to_string(arguments.seed)});
  if (!arguments.topologies.empty())
    append_option(text, "--export", {fmt::format("{}", fmt::join(arguments.topologies, ","))});
  if (arguments.write_loss) text += " --write-loss";
  if (arguments.pareto) text += " --pareto";
  return text + " -o again";
}

ExitCode cluster(const ClusterArguments& arguments, Console& console) {
  io::ClusterOptions options;
  options.prices = arguments.prices;
  options.pareto = arguments.pareto;
  for (const std::string& name : arguments.topologies) {
    const io::TopologyFormat format = io::parse_topology_format(name);
    if (std::ranges::find(options.topologies, format) == options.topologies.end())
      options.topologies.push_back(format);
  }
  options.write_loss = arguments.write_loss;
  options.samples = arguments.samples;
  options.seed = arguments.seed;
  options.threads = arguments.threads;
  if (!arguments.no_cache) options.cache_folder = technology_cache_folder();
  if (!arguments.topologies.empty() && arguments.folder.empty())
    throw Error(ErrorInfo{{}, {}, "--export writes files and needs a folder", "-o DIR beside it", {}});
  io::ClusterAnswer answer =
      io::run_cluster(io::load_cluster(arguments.cluster, arguments.settings), options);
  answer.command = command_of(arguments);
  std::vector<std::string> files;
  if (!arguments.folder.empty()) files = io::write_cluster(answer, arguments.folder);
  console.print(console.json ? io::cluster_json(answer) : io::cluster_text(answer, console.style()));
  console.note(io::cluster_times(answer));
  if (!files.empty()) console.note(written_text(arguments.folder, files));
  return good;
}

}  // namespace

Action declare_cluster(CLI::App& app, Console& console) {
  const auto arguments = std::make_shared<ClusterArguments>();
  app.add_option("CLUSTER", arguments->cluster,
                 "A TOML or JSON file, \"-\", or the name of a built-in cluster.")
      ->required();
  app.add_option("--set", arguments->settings,
                 "Change a value of the cluster, such as gpus=32768; may be repeated.")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  app.add_option("--prices", arguments->prices,
                 "A price list that is laid over the built-in one, row by row.")
      ->type_name("FILE.csv");
  app.add_flag("--pareto", arguments->pareto,
               "Also every choice of designs that no other one beats in watts, cost and failures.");
  app.add_option(
         "--export", arguments->topologies,
         "Also write every network as a topology file of a simulator, with the latencies that were computed; "
         "several with commas. What a format cannot state is warned of.")
      ->type_name("simai,htsim")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::IsMember({"simai", "htsim"}));
  app.add_flag("--write-loss", arguments->write_loss,
               "Write the computed loss into SimAI's column; values above 0 hang SimAI.");
  app.add_option("--samples", arguments->samples, "Draws of all numbers that have a range; 0: no bands.")
      ->check(CLI::Range(0, 10000000))
      ->capture_default_str();
  app.add_option("--seed", arguments->seed, "Of the draws.")->capture_default_str();
  app.add_option("--threads", arguments->threads, "0: one for each core.")->check(CLI::Range(0, 1024));
  app.add_flag("--no-cache", arguments->no_cache,
               "Solve all designs, whether they were solved before or not.");
  app.add_option(
         "-o", arguments->folder,
         "Write report.html, cluster.json, series/*.csv and the tables bom.csv, power.csv, links.csv there.")
      ->type_name("DIR");
  app.add_flag("--json", console.json, "The result as JSON.");
  app.add_flag("--quiet", console.quiet, "No messages on standard error, errors excepted.");
  return [arguments](Console& c) { return cluster(*arguments, c); };
}

}  // namespace waverack::app
