// The files that a cluster leaves: tables of every scenario, charts, report.

#include <algorithm>
#include <cmath>
#include <set>

#include "waverack/base/text.hpp"
#include "waverack/io/cluster_output.hpp"
#include "waverack/io/output.hpp"

namespace waverack::io {
namespace {

using cluster::ScenarioCase;

// A folder's name for a scenario: letters, digits and hyphens of its own, in lower case.
std::string folder_of(const ClusterAnswer& answer, std::size_t s) {
  if (answer.cases.size() == 1) return {};
  std::string name;
  for (const char c : answer.cases[s].frame.name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.';
    const bool capital = c >= 'A' && c <= 'Z';
    if (plain)
      name += c;
    else if (capital)
      name += static_cast<char>(c - 'A' + 'a');
    else if (!name.empty() && name.back() != '-')
      name += '-';
  }
  while (!name.empty() && name.back() == '-') name.pop_back();
  return std::to_string(s + 1) + (name.empty() ? "" : '-' + name) + '/';
}

link::Curve ladder_curve(const cluster::Technology& technology) {
  link::Curve curve{"reach." + technology.name,
                    "Margin over length, " + technology.name,
                    {{"length", "m", {}}, {"margin", "dB", {}}},
                    true,
                    false};
  for (const cluster::ReachPoint& point : technology.ladder) {
    if (!std::isfinite(point.margin_db)) continue;
    curve.columns[0].values.push_back(point.length);
    curve.columns[1].values.push_back(point.margin_db);
  }
  return curve;
}

link::Curve crossover_curve(const cluster::Crossover& crossing) {
  link::Curve curve{
      "crossover." + crossing.id,
      crossing.challenger + " over " + crossing.incumbent + " along the " + crossing.variable,
      {{crossing.variable, crossing.unit, {}}, {crossing.need, "1", {}}, {crossing.limit, "1", {}}},
      true,
      true};
  for (const cluster::CrossoverPoint& point : crossing.curve) {
    curve.columns[0].values.push_back(point.x);
    curve.columns[1].values.push_back(point.need);
    curve.columns[2].values.push_back(point.limit);
  }
  return curve;
}

cluster::Checkpointing checkpointing_of(const ScenarioCase& scenario) {
  std::vector<cluster::NetworkView> views;
  for (const cluster::NetworkResult& network : scenario.result.networks) views.push_back(network.view);
  return cluster::checkpointing_of(scenario.installation.job, views);
}

// Share of work over the mean time between interruptions, with checkpoints and restarts as they are: one
// column where they are those of all scenarios, else one for each.
link::Curve goodput_curve(const ClusterAnswer& answer) {
  link::Curve curve{"goodput",
                    "Share of time in which the job works, over the time between interruptions",
                    {{"time between interruptions", "s", {}}},
                    true,
                    false};
  std::vector<cluster::Checkpointing> times;
  for (const ScenarioCase& scenario : answer.cases) times.push_back(checkpointing_of(scenario));
  if (std::ranges::all_of(times, [&](const auto& t) { return t == times.front(); })) {
    times.resize(1);
    curve.columns.push_back({"share of time", "1", {}});
  } else {
    for (const ScenarioCase& scenario : answer.cases) curve.columns.push_back({scenario.frame.name, "1", {}});
  }
  for (double decade = 2.5; decade <= 7.0; decade += 0.05) {
    const double mean_time = std::pow(10.0, decade);
    curve.columns[0].values.push_back(mean_time);
    for (std::size_t i = 0; i < times.size(); ++i) {
      const double interval = cluster::best_interval(times[i].checkpoint, mean_time);
      curve.columns[i + 1].values.push_back(cluster::shares_of_time(times[i], mean_time, interval).work);
    }
  }
  return curve;
}

}  // namespace

std::vector<link::Curve> cluster_curves(const ClusterAnswer& answer) {
  std::vector<link::Curve> curves;
  for (const cluster::Technology& technology : answer.technologies)
    curves.push_back(ladder_curve(technology));
  for (const cluster::Crossover& crossing : answer.crossovers) curves.push_back(crossover_curve(crossing));
  curves.push_back(goodput_curve(answer));
  return curves;
}

std::vector<std::string> write_cluster(const ClusterAnswer& answer, const std::filesystem::path& folder) {
  std::vector<SeriesFile> files = series_files({}, cluster_curves(answer));
  for (std::size_t s = 0; s < answer.cases.size(); ++s) {
    const ScenarioCase& scenario = answer.cases[s];
    const std::string place = folder_of(answer, s);
    files.push_back({place + "bom.csv", bom_csv(scenario.result.bill, answer.prices)});
    files.push_back({place + "power.csv", power_csv(power_rows(scenario.result.hall))});
    files.push_back(
        {place + "links.csv", links_csv(link_rows(scenario.frame, scenario.result, answer.technologies))});
  }
  for (std::size_t s = 0; s < answer.topology_files.size(); ++s)
    for (const SeriesFile& file : answer.topology_files[s])
      files.push_back({folder_of(answer, s) + file.name, file.text});
  return write_report(folder, "cluster.json", cluster_json(answer), files);
}

}  // namespace waverack::io
