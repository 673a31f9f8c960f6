// What the shipped clusters save with modules of the published watts: whether their networks and boxes give
// the published savings (facts: cluster 5.3, 5.4, and the row of C2 in 3.2). With the watts of the solved
// designs they are held in tests/app/claims.sh. Where a saving is missed, the band keeps the miss.

#include <gtest/gtest.h>

#include <map>

#include "clusters.hpp"
#include "waverack/cluster/scenario_bands.hpp"
#include "waverack/io/cluster_load.hpp"

namespace waverack::cluster {
namespace {

// Facts: cluster 5.1: 1.6T with a DSP 30 W, 800G 16.5 W, 1.6T LPO 10 W, 9 W of CPO for 1.6T with its lasers.
// Hosts draw for all of them what typical powers hold: the publications count no SerDes.
std::vector<Technology> published_modules() {
  const auto made = [](const char* name, double watts, Form form, double rate, double symbol_rate) {
    Technology technology = example::optics(name, watts, form, rate);
    technology.symbol_rate = symbol_rate;
    technology.line_rate = 2.0 * symbol_rate;
    technology.lanes = static_cast<int>(rate / (symbol_rate > 100e9 ? 200e9 : 100e9));
    return technology;
  };
  return {made("dr8-1.6t-dsp", 30.0, Form::pluggable, 1.6e12, 106.25e9),
          made("dsp-800g-dr8", 16.5, Form::pluggable, 800e9, 53.125e9),
          made("lpo-1.6t-osfp", 10.0, Form::pluggable, 1.6e12, 106.25e9),
          made("cpo-3.2t", 18.0, Form::co_packaged, 3.2e12, 53.125e9)};
}

// Savings of a scenario by boundary.
std::map<std::string, double> saved(const std::string& name, const std::string& scenario) {
  const io::LoadedCluster loaded = io::load_cluster(name);
  const std::vector<Technology> technologies = published_modules();
  std::vector<ScenarioCase> cases;
  for (const io::LoadedScenario& each : loaded.scenarios) {
    ScenarioCase& made = cases.emplace_back();
    made.installation = each.installation;
    made.frame.name = each.name;
    made.frame.year = hall_year(made.installation.hall, "hall");
    for (const Network& network : made.installation.networks) {
      made.frame.topologies.push_back(build_topology(network, made.installation.gpus, "networks"));
      std::vector<std::size_t>& candidates = made.frame.candidates.emplace_back();
      for (const std::string& design : made.installation.candidates)
        for (std::size_t t = 0; t < technologies.size(); ++t)
          if (technologies[t].name == design) candidates.push_back(t);
    }
    made.result = solve_scenario(made.installation, made.frame, technologies, {});
  }
  std::map<std::string, double> savings;
  for (const ScenarioCase& each : cases)
    if (each.frame.name == scenario)
      for (const Saving& item : savings_of(each.result, cases.front().result, cases.front().installation,
                                           cases.front().frame.year, technologies))
        savings[item.boundary] = item.saving;
  return savings;
}

// Three tiers of boxes of 2240 W: for each GPU 15 and 75 W of modules and 87.5 W of boxes become 16.5, 22.5
// and 87.5 W.
TEST(ClusterSavings, CopackagedOpticsOnThreeTiers) {
  std::map<std::string, double> of = saved("cluster-100k", "CPO");
  EXPECT_NEAR(of["network"], 1.0 - 126.5 / 177.5, 0.001);
  // SemiAnalysis: −23 %, of a network whose back-end is 86 %: met within two points. The file has no
  // front-end.
  EXPECT_NEAR(0.86 * of["network"], 0.23, 0.02);
  // The row of C2: −2 to −4 % of the cluster; and by the optics alone.
  for (const char* boundary : {"cluster", "cluster_cooled_alike"}) {
    EXPECT_GT(of[boundary], 0.02) << boundary;
    EXPECT_LT(of[boundary], 0.04) << boundary;
  }
  // A switch: −84 % of its transceivers and +23 % of its box are −30 % at the box of the same analyst;
  // Lambda's −16 to −23 % compare another, heavier box with co-packaged optics.
  EXPECT_NEAR(of["switch"], 1.0 - (2240.0 + 32 * 18) / (2240.0 + 64 * 30), 0.001);
  EXPECT_NEAR(of["switch"], 0.30, 0.04);
}

// Q3400 and Q3450: 2.9 kW and 72 × 30 W become 3.95 kW, −22 % (facts: cluster 5.3).
TEST(ClusterSavings, CopackagedOpticsInThePublishedBox) {
  std::map<std::string, double> of = saved("gb300-18k", "CPO");
  EXPECT_NEAR(of["switch"], 1.0 - 3950.0 / 5060.0, 0.001);
  EXPECT_GT(of["switch"], 0.16);
  EXPECT_LT(of["switch"], 0.23);
  // Two tiers, 384 boxes each 402 W heavier: 120.4 W for each GPU become 98.8 W. Published are three tiers of
  // boxes that stay as they are: −23 % of the network and −2 % of the cluster, missed here.
  EXPECT_NEAR(of["network"], 1.0 - 98.8 / 120.4, 0.002);
  EXPECT_NEAR(of["cluster_cooled_alike"], 0.011, 0.002);
}

// −36 % of the optics and −16 % of the network are published for linear modules; the watts that the facts
// have of them say −67 % and −34 %: missed, and no watts of a solved design would mend that.
TEST(ClusterSavings, LinearModules) {
  std::map<std::string, double> of = saved("cluster-100k", "LPO");
  EXPECT_NEAR(of["module"], 1.0 - 30.0 / 90.0, 0.001);
  EXPECT_NEAR(of["network"], 60.0 / 177.5, 0.001);
}

}  // namespace
}  // namespace waverack::cluster
