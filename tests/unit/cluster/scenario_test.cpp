// A scenario put together from its parts. Expected values: the published bill of 18,432 GB300 in two layers
// (facts: cluster 4.2, V2) and sums over the bill, which every total must be.

#include "waverack/cluster/scenario.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "waverack/cluster/scenario_bands.hpp"

namespace waverack::cluster {
namespace {

using testing::HasSubstr;

Technology technology(std::string name, double rate, double watts, double reach) {
  Technology made;
  made.name = std::move(name);
  made.mac_rate = rate;
  made.lanes = static_cast<int>(rate / 200e9);
  made.symbol_rate = 106.25e9;
  made.line_rate = 212.5e9;
  made.wavelength = 1311e-9;
  made.ladder = {{1.0, 8.0, 1e-9, 1e-15}, {reach, 1.0, 1e-5, 1e-12}};
  made.reach = reach;
  made.latency = 100e-9;
  made.fec_latency = 60e-9;
  made.delay_per_metre = 4.9e-9;
  made.module_power = {watts, 0.9 * watts, 1.1 * watts};
  made.host_power = 5.0;
  made.failures = {1000 * fit, 500 * fit, 2000 * fit};
  return made;
}

Installation installation() {
  Installation made;
  made.title = "Two layers";
  made.gpus = 18432;
  ComputeNode node;
  node.gpus = 72;
  node.power_per_gpu = {1889.0, 1833.0, 1944.0};
  node.liquid_share = 0.85;
  made.node = {"rack", std::make_shared<const ComputeNode>(node)};
  Switch box;
  box.capacity = 115.2e12;
  box.cages = 72;
  box.typical_power = exactly(2900.0);
  box.maximum_power = exactly(7000.0);
  box.latency = exactly(600e-9);
  box.cage_power = 40.0;
  Network network;
  network.name = "back-end";
  network.switches = {"box", std::make_shared<const Switch>(box)};
  network.tiers = 2;
  network.planes = 2;
  made.networks = {network};
  made.candidates = {"dsp"};
  return made;
}

struct SmallScenario {
  Installation cluster = installation();
  ScenarioFrame frame;
  std::vector<Technology> technologies{technology("dsp", 1.6e12, 13.0, 1000.0)};
  PriceList prices{{{"dsp", {1900.0, 1000.0, 2000.0}, PriceUnit::piece, "a list", "2026", Kind::claim, {}}}};

  SmallScenario() {
    frame.name = "DSP";
    frame.topologies = {build_topology(cluster.networks[0], cluster.gpus, "networks.back-end")};
    frame.candidates = {{0}};
    frame.year = hall_year(cluster.hall, "hall");
  }
  ScenarioResult solve() const { return solve_scenario(cluster, frame, technologies, prices); }
};

double output(const SmallScenario& made, const ScenarioResult& result, std::string_view key) {
  const auto names = output_names();
  const std::vector<double> values = outputs_of(made.cluster, result);
  EXPECT_EQ(values.size(), names.size());
  for (std::size_t o = 0; o < names.size(); ++o)
    if (names[o].key == key) return values[o];
  ADD_FAILURE() << "no output " << key;
  return 0.0;
}

double all_watts(const ScenarioResult& result) {
  double watts = 0.0;
  for (const BillLine& line : result.bill) watts += static_cast<double>(line.quantity) * line.power.value;
  return watts;
}

TEST(Scenario, PublishedBillOfTwoLayers) {
  const SmallScenario made;
  const ScenarioResult result = made.solve();
  // V2: modules of 1.6T at the switches for 18,432 GPUs, one half of such a module at every network card.
  std::int64_t at_switches = 0, at_cards = 0;
  for (const BillLine& line : result.bill)
    if (line.kind == ItemKind::module) (line.tier < 0 ? at_cards : at_switches) += line.quantity;
  EXPECT_EQ(at_switches, 27648);
  EXPECT_EQ(at_cards, 18432);  // for both planes of 400 Gb/s
  EXPECT_DOUBLE_EQ(output(made, result, "gpus"), 18432.0);
  EXPECT_DOUBLE_EQ(output(made, result, "switches"), 3.0 * 18432 * 2 / 288);
}

TEST(Scenario, TotalsAreSumsOfTheBill) {
  const SmallScenario made;
  const ScenarioResult result = made.solve();
  double network = 0.0, optics = 0.0;
  for (const BillLine& line : result.bill) {
    const double watts = static_cast<double>(line.quantity) * line.power.value;
    if (line.kind != ItemKind::node) network += watts;
    if (line.kind == ItemKind::module) optics += watts;
  }
  // What boxes draw at their inlets is what their electronics draw and what their supplies lose; optics and
  // fans take theirs behind the supplies.
  EXPECT_GT(all_watts(result), result.hall.electronics_w);
  EXPECT_LT(all_watts(result), result.hall.it_w);
  EXPECT_NEAR(output(made, result, "network_w"), network, 1e-9 * network);
  EXPECT_NEAR(output(made, result, "optics_w"), optics, 1e-9 * optics);
  double items = 0.0;
  for (const HallItem& item : result.hall.items) items += item.power_w;
  EXPECT_NEAR(items, result.hall.facility_w, 1e-9 * items);
}

// SerDes of the design's hosts are 5 W at one end of 1.6T; retimed pluggables' are in the boxes' typical
// power. What differs counts once, and for all ends.
TEST(Scenario, HostPowerCountsOnce) {
  SmallScenario more;
  const ScenarioResult one = more.solve();
  more.technologies[0].host_power += 1.0;
  const ScenarioResult other = more.solve();
  // Four ends of 400G in 1.6T: a quarter of a watt more at each of 2 ends of 73,728 links.
  EXPECT_NEAR(all_watts(other) - all_watts(one), 2.0 * 73728 * 0.25, 1e-3);
}

// One GPU more takes a further rack, of which its watts alone count.
TEST(Scenario, APartEmptyNodeDrawsForItsGpus) {
  SmallScenario made;
  made.cluster.gpus = 18433;
  made.frame.topologies = {build_topology(made.cluster.networks[0], 18433, "networks.back-end")};
  const ScenarioResult result = made.solve();
  EXPECT_EQ(result.bill[0].quantity, 257);
  EXPECT_NEAR(257.0 * result.bill[0].power.value, 18433 * 1889.0, 1e-6);
}

// A network's share of the electricity is that of its watts, cooling and losses with it (theory:
// cost-and-bands, section 2): at a dollar for a kWh and without maintenance, for one year without discount.
TEST(Scenario, ANetworkPaysItsShareOfTheEnergy) {
  SmallScenario made;
  made.cluster.economics.electricity_price = exactly(1.0 / 3.6e6);
  made.cluster.economics.maintenance = exactly(0.0);
  made.cluster.economics.discount = 0.0;
  made.cluster.economics.years = 1.0;
  const ScenarioResult result = made.solve();
  const double share = output(made, result, "network_w") / all_watts(result);
  const NetworkCost& network = result.cost.networks.at(0);
  const double kilowatt_hours = result.hall.facility_w * 8.76 * share;
  EXPECT_NEAR(network.total - network.capital - network.spares_capital, kilowatt_hours,
              1e-9 * kilowatt_hours);
}

TEST(Scenario, WhatNothingServesIsRefused) {
  SmallScenario made;
  made.technologies[0] = technology("dsp", 1.6e12, 13.0, 50.0);
  try {
    static_cast<void>(made.solve());
    ADD_FAILURE() << "100 m were served by 50 m";
  } catch (const Error& error) {
    EXPECT_EQ(error.info().path, "networks.back-end");
    EXPECT_THAT(error.info().message, HasSubstr("dsp: it reaches 50 m"));
  }
}

TEST(Scenario, AMissingPriceIsNoZero) {
  const SmallScenario made;
  const ScenarioResult result = made.solve();
  EXPECT_EQ(result.cost.without, 4);  // rack, network card, box, fibre
  double modules = 0.0, spares = 0.0;
  for (const BillLine& line : result.bill)
    if (line.kind == ItemKind::module) {
      modules += static_cast<double>(line.quantity) * line.price.value;
      spares += static_cast<double>(line.spares) * line.price.value;
    }
  EXPECT_NEAR(result.cost.capital, modules, 1e-9 * modules);
  EXPECT_NEAR(result.cost.spares_capital, spares, 1e-9 * modules);
  EXPECT_GT(spares, 0.0);
}

TEST(ScenarioBands, SameDrawsForAllScenarios) {
  SmallScenario made;
  ScenarioCase one{made.cluster, made.frame, made.solve()};
  ScenarioCase other = one;
  other.frame.name = "the same";
  BandOptions options;
  options.samples = 128;
  options.threads = 2;
  const ScenarioBands answer = scenario_bands({one, other}, made.technologies, made.prices, options);
  const auto names = output_names();
  for (std::size_t o = 0; o < names.size(); ++o) {
    const Band &a = answer.bands[0][o], &b = answer.bands[1][o];
    EXPECT_DOUBLE_EQ(a.low, b.low) << names[o].key;
    EXPECT_DOUBLE_EQ(a.high, b.high) << names[o].key;
    if (std::isnan(a.value) || a.value == 0.0) continue;
    EXPECT_NEAR(answer.savings[1][o].low, 0.0, 1e-12) << names[o].key;
    EXPECT_NEAR(answer.savings[1][o].high, 0.0, 1e-12) << names[o].key;
  }
  // Optics: 64,512 modules of 13 W ± 10 %, some of them halves; the triangle's 5 % lie at 1 − 0.1·(1 − √0.1).
  const auto optics = static_cast<std::size_t>(
      std::find_if(names.begin(), names.end(), [](const OutputName& n) { return n.key == "optics_w"; }) -
      names.begin());
  const Band& band = answer.bands[0][optics];
  EXPECT_NEAR(band.low / band.value, 1.0 - 0.1 * (1.0 - std::sqrt(0.1)), 0.005);
  EXPECT_EQ(answer.inputs[band.tornado.front().input].path, "technologies.dsp.module_power");
  EXPECT_NEAR(band.tornado.front().at_high / band.value, 1.1, 1e-9);
}

// The same cluster with modules of nine tenths of the watts: it saves a tenth of the optics in every sample.
TEST(ScenarioBands, SavingsAreOverTheFirstScenario) {
  SmallScenario made;
  made.technologies.push_back(made.technologies[0]);
  made.technologies[1].name = "frugal";
  made.technologies[1].module_power = exactly(0.9 * 13.0);
  made.technologies[0].module_power = exactly(13.0);
  ScenarioCase one{made.cluster, made.frame, made.solve()};
  made.frame.candidates = {{1}};
  ScenarioCase other{made.cluster, made.frame, made.solve()};
  BandOptions options;
  options.samples = 16;
  const ScenarioBands answer = scenario_bands({one, other}, made.technologies, made.prices, options);
  const auto names = output_names();
  for (std::size_t o = 0; o < names.size(); ++o)
    if (names[o].key == "optics_w") {
      EXPECT_NEAR(answer.savings[1][o].value, 0.1, 1e-12);
    }
}

TEST(ScenarioBands, IndependentOfThreads) {
  const SmallScenario made;
  const ScenarioCase one{made.cluster, made.frame, made.solve()};
  BandOptions options;
  options.samples = 64;
  options.threads = 1;
  const ScenarioBands alone = scenario_bands({one}, made.technologies, made.prices, options);
  options.threads = 2;
  const ScenarioBands two = scenario_bands({one}, made.technologies, made.prices, options);
  for (std::size_t o = 0; o < output_names().size(); ++o)
    if (!std::isnan(alone.bands[0][o].low)) {
      EXPECT_EQ(alone.bands[0][o].low, two.bands[0][o].low);
    }
}

// Every boundary has a band of its own from the same draws: half of the watts of a module whose watts are not
// known saves half of it in every draw, and at the meter a share that other inputs move.
TEST(ScenarioBands, EveryBoundaryHasItsBand) {
  SmallScenario made;
  made.technologies.push_back(made.technologies[0]);
  made.technologies[1].name = "half";
  made.technologies[0].module_power = exactly(13.0);
  made.technologies[1].module_power = {6.5, 5.0, 8.0};
  const ScenarioCase one{made.cluster, made.frame, made.solve()};
  made.frame.candidates = {{1}};
  const ScenarioCase other{made.cluster, made.frame, made.solve()};
  BandOptions options;
  options.samples = 256;
  const ScenarioBands answer = scenario_bands({one, other}, made.technologies, made.prices, options);
  ASSERT_EQ(answer.boundaries.size(), 2u);
  ASSERT_EQ(answer.boundaries[1].size(), boundaries().size());
  const std::vector<Saving> plain =
      savings_of(other.result, one.result, made.cluster, made.frame.year, made.technologies);
  for (std::size_t b = 0; b < boundaries().size(); ++b) {
    const Band& band = answer.boundaries[1][b];
    EXPECT_NEAR(band.value, plain[b].saving, 1e-12) << boundaries()[b];
    EXPECT_LT(band.low, band.value) << boundaries()[b];
    EXPECT_GT(band.high, band.value) << boundaries()[b];
    EXPECT_NEAR(answer.boundaries[0][b].low, 0.0, 1e-12);
  }
  // The triangle of 5, 6.5 and 8 W: its 5 % are 1.5 · (1 − √0.1) below its middle.
  const double half = 1.5 * (1.0 - std::sqrt(0.1));
  EXPECT_NEAR(answer.boundaries[1][0].low, 1.0 - (6.5 + half) / 13.0, 0.01);
  EXPECT_NEAR(answer.boundaries[1][0].high, 1.0 - (6.5 - half) / 13.0, 0.01);
}

// 18,432 modules at the cards and 27,648 at the switches (V2).
TEST(Scenario, ModulesAtSwitchesAreTold) {
  const SmallScenario made;
  const ScenarioResult result = made.solve();
  EXPECT_EQ(output(made, result, "modules"), 18432.0 + 27648.0);
  EXPECT_EQ(output(made, result, "modules_at_switches"), 27648.0);
}

}  // namespace
}  // namespace waverack::cluster
