// Every total of a solved scenario, computed again from the texts of its tables, the economics of its file
// and its goodput.

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <set>

#include "clusters.hpp"
#include "csv_table.hpp"
#include "waverack/cluster/scenario.hpp"
#include "waverack/io/cluster_tables.hpp"
#include "waverack/io/price_file.hpp"

namespace waverack::io {
namespace {

using namespace waverack::cluster;

struct Solved {
  Installation installation;
  ScenarioFrame frame;
  std::vector<Technology> technologies;
  PriceList prices;
  ScenarioResult result;
};

Network network_named(std::string name, int cages) {
  Switch box;
  box.capacity = 115.2e12;
  box.cages = cages;
  box.typical_power = {2900.0, 2700.0, 3100.0};
  box.latency = exactly(600e-9);
  Network network;
  network.name = std::move(name);
  network.switches = {"q3400", std::make_shared<const Switch>(box)};
  network.lengths = {{0, {{0.5, 1.0, 2.0}, {0.5, 5.0, 50.0 / 3.0}}}, {1, {{1.0, 30.0, 100.0}}}};
  return network;
}

// Two networks for 18,432 GPUs: copper where it reaches, modules of two ports elsewhere, of which a card uses
// half.
Solved solve_example() {
  Solved made;
  Installation& installation = made.installation;
  installation.gpus = 18432;
  ComputeNode node;
  node.gpus = 72;
  node.power_per_gpu = {1889.0, 1833.0, 1944.0};
  node.liquid_share = 0.85;
  installation.node = {"gb300-nvl72", std::make_shared<const ComputeNode>(node)};
  installation.networks = {network_named("back-end", 144), network_named("front-end", 144)};
  installation.networks[1].port_rate = 400e9;
  installation.economics.discount = 0.07;
  installation.economics.margin = exactly(0.1);
  made.technologies = {example::optics("dr8-1.6t-dsp", 80.0 / 3.0, Form::pluggable, 1.6e12),
                       example::copper("dac-800g", 0.1, 3.0)};
  made.prices = built_in_prices();
  for (const Network& network : installation.networks) {
    made.frame.topologies.push_back(build_topology(network, installation.gpus, "networks." + network.name));
    made.frame.candidates.push_back({0, 1});
  }
  made.frame.year = hall_year(installation.hall, "hall");
  made.result = solve_scenario(installation, made.frame, made.technologies, made.prices);
  return made;
}

void expect_same(double ours, double theirs) {
  EXPECT_NEAR(ours, theirs, 1e-9 * std::abs(theirs)) << ours << " and " << theirs;
}

// What cost.hpp states, with loops in place of the closed form.
struct Recomputed {
  double capital = 0.0, spares = 0.0, watts = 0.0;
  std::set<std::string> without;
};

Recomputed sum_of(const std::vector<CsvRow>& bom, const std::string& network, bool all) {
  Recomputed sum;
  for (const CsvRow& row : bom) {
    if (!all && row.at("network") != network) continue;
    sum.watts += number(row, "quantity") * number(row, "power [W]");
    if (row.at("price [USD]").empty()) sum.without.insert(row.at("network") + "/" + row.at("item"));
    sum.capital += number(row, "quantity") * number(row, "price [USD]");
    sum.spares += number(row, "spares") * number(row, "price [USD]");
  }
  return sum;
}

TEST(ClusterTotals, FollowFromTheTables) {
  const Solved solved = solve_example();
  const ScenarioResult& result = solved.result;
  const Economics& economics = solved.installation.economics;
  const auto bom = csv_table(bom_csv(result.bill, solved.prices));
  const auto power = csv_table(power_csv(power_rows(result.hall)));
  const auto links = csv_table(links_csv(link_rows(solved.frame, result, solved.technologies)));

  double facility = 0.0, it = 0.0;
  for (const CsvRow& row : power) {
    facility += number(row, "power [W]");
    if (row.at("counts_as_it") == "yes") it += number(row, "power [W]");
  }
  expect_same(result.hall.facility_w, facility);
  expect_same(result.hall.it_w, it);
  expect_same(result.hall.pue, facility / it);
  expect_same(result.hall.energy_kwh, facility * 8.760);

  const double factor = 1.0 / (1.0 - 0.1), price = economics.electricity_price.value * 3.6e6;
  double years = 0.0;
  for (int y = 1; y <= 5; ++y) years += std::pow(1.07, -y);
  const Recomputed all = sum_of(bom, "", true);
  expect_same(result.hall.bill_w, all.watts);
  expect_same(result.cost.capital, factor * all.capital);
  expect_same(result.cost.spares_capital, factor * all.spares);
  EXPECT_GT(all.spares, 0.0);
  EXPECT_EQ(static_cast<std::size_t>(result.cost.without), all.without.size());
  EXPECT_EQ(all.without.count("back-end/dac-800g"), 1u);
  const auto over_years = [&](const Recomputed& sum, double kwh) {
    return factor * (sum.capital + sum.spares) +
           years * (kwh * price + factor * sum.capital * economics.maintenance.value);
  };
  const double total = over_years(all, facility * 8.760);
  expect_same(result.cost.total, total);
  expect_same(result.cost.per_useful_gpu_hour,
              total / (18432.0 * result.operation.goodput.goodput * years * 8760.0));

  ASSERT_EQ(result.cost.networks.size(), 2u);
  for (std::size_t n = 0; n < 2; ++n) {
    const NetworkCost& network = result.cost.networks[n];
    const Recomputed sum = sum_of(bom, network.name, false);
    expect_same(network.capital, factor * sum.capital);
    expect_same(network.share, sum.capital / all.capital);
    expect_same(network.total, over_years(sum, facility * 8.760 * sum.watts / all.watts));
    double injection = 0.0, count = 0.0;
    for (const CsvRow& row : links) {
      if (row.at("network") != network.name) continue;
      count += number(row, "links");
      if (row.at("tier") == "0") injection += number(row, "links") * number(row, "rate [Gb/s]") * 1e9;
    }
    EXPECT_EQ(count, static_cast<double>(solved.frame.topologies[n].link_count()));
    expect_same(network.per_injection, network.total / injection);
  }
}

// A card of one port pays half of a module of two, in the choice and in the bill.
TEST(ClusterTotals, HalfAModuleCostsHalf) {
  const Solved solved = solve_example();
  const auto bom = csv_table(bom_csv(solved.result.bill, solved.prices));
  int halves = 0;
  for (const CsvRow& row : bom)
    if (row.at("item") == "dr8-1.6t-dsp" && row.at("place") == "nic" && row.at("network") == "back-end") {
      ++halves;
      EXPECT_EQ(number(row, "share"), 0.5);
      EXPECT_EQ(number(row, "price [USD]"), 500.0);
    }
  EXPECT_EQ(halves, 1);
}

}  // namespace
}  // namespace waverack::io
