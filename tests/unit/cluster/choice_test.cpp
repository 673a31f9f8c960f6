#include "waverack/cluster/choice.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "clusters.hpp"
#include "unit/base/message_of.hpp"
#include "waverack/cluster/interruptions.hpp"
#include "waverack/cluster/prices.hpp"

namespace waverack::cluster {
namespace {

using example::clos;
using example::copper;
using example::input;
using example::optics;
using testing::HasSubstr;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::string reason(const Selection& selection, std::size_t technology) {
  for (const Refusal& refusal : selection.refused)
    if (refusal.technology == technology) return refusal.reason;
  return "not refused";
}

// Sum over the bill of power times quantity.
double watts_of(const std::vector<BillLine>& lines) {
  double total = 0.0;
  for (const BillLine& line : lines) total += static_cast<double>(line.quantity) * line.power.value;
  return total;
}

TEST(Choice, TakesTheFewestWattsThatReach) {
  example::Clos network = clos(1024, 64, 2, 64);
  network.topology.links[0].lengths = {{0.25, 0.5, 2.0}, {0.75, 5.0, 50.0}};
  const std::vector<Technology> technologies{optics("dsp", 16.5), optics("lpo", 8.0),
                                             copper("dac", 0.0, 2.0)};
  const ChoiceResult result = choose({}, input(network, technologies));
  ASSERT_EQ(result.selections.size(), 3u);
  EXPECT_EQ(result.selections[0].a, 2u);  // 2 m: passive copper
  EXPECT_EQ(result.selections[0].links, 256);
  EXPECT_EQ(result.selections[1].a, 1u);  // 50 m: the linear module
  EXPECT_EQ(result.selections[1].links, 768);
  EXPECT_EQ(reason(result.selections[1], 2), "it reaches 2 m with 3 dB of margin, not 50 m");
  EXPECT_DOUBLE_EQ(result.total.watts, 8.0 * 2 * (768 + 1024));
  EXPECT_NEAR(watts_of(result.lines), result.total.watts, 1e-9);
}

TEST(Choice, BinsAddUpToTheLinksOfTheirClass) {
  example::Clos network = clos(1000, 64, 1, 64);
  network.topology.links[0].lengths = {{1.0 / 3, 0.5, 2.0}, {1.0 / 3, 2.0, 3.0}, {1.0 / 3, 3.0, 10.0}};
  const std::vector<Technology> technologies{optics("dsp", 16.5)};
  const ChoiceResult result = choose({}, input(network, technologies));
  std::int64_t links = 0;
  for (const Selection& s : result.selections) links += s.links;
  EXPECT_EQ(links, 1000);
}

TEST(Choice, CagesMustServeThePortsInUse) {
  // 64 cages, 128 ports of 800 Gb/s: modules of 800 Gb/s serve half of them, of 1.6 Tb/s all.
  const example::Clos network = clos(8192, 128, 2, 64);
  const std::vector<Technology> technologies{optics("single", 10.0),
                                             optics("twin", 30.0, Form::pluggable, 1.6e12)};
  const ChoiceResult result = choose({}, input(network, technologies));
  EXPECT_EQ(result.selections[1].a, 1u);
  EXPECT_EQ(reason(result.selections[1], 0), "64 cages serve 64 of 128 ports of 800 Gb/s");
  // A network card takes the one that is whole there, although the other could be cut down to its lanes.
  EXPECT_EQ(result.selections[0].a, 0u);
  EXPECT_EQ(result.selections[0].b, 1u);
}

TEST(Choice, CagesBearOnlySoManyWatts) {
  example::Clos network = clos(1024, 64, 2, 64);
  const std::vector<Technology> technologies{optics("hot", 35.0)};
  const ChoiceResult result = choose({}, input(network, technologies));
  EXPECT_FALSE(result.selections[0].served());
  EXPECT_EQ(reason(result.selections[0], 0), "its 35 W are more than the 30 W of a cage");
  Choice cool;
  cool.nic_cage_power = 15.0;
  EXPECT_EQ(reason(choose(cool, input(network, technologies)).selections[0], 0),
            "at nic: its 35 W are more than the 15 W of a cage; at leaf: its 35 W are more than the 30 W of "
            "a cage");
  EXPECT_EQ(message_of([&] { require_served(result, input(network, technologies), "networks.scale-out"); }),
            "networks.scale-out: no candidate serves the links nic-leaf of 800 Gb/s up to 100 m (hot: " +
                reason(result.selections[0], 0) + ") (allowed: a design that does, or shorter links)");
}

TEST(Choice, NetworkCardsKeepPluggables) {
  const example::Clos network = clos(1024, 64, 2, 64);
  const std::vector<Technology> technologies{optics("dsp", 16.5),
                                             optics("cpo", 14.0, Form::co_packaged, 3.2e12)};
  const ChoiceResult result = choose({}, input(network, technologies));
  EXPECT_EQ(result.selections[0].a, 0u);
  EXPECT_EQ(result.selections[0].b, 1u);
  EXPECT_EQ(result.selections[1].a, 1u);
  // 1024 modules at network cards; 3 · 1024 ends of 800 Gb/s, four to an engine.
  EXPECT_DOUBLE_EQ(result.total.watts, 1024 * 16.5 + 3 * 256 * 14.0);
  Choice engines;
  engines.engines_at_nics = true;
  EXPECT_EQ(choose(engines, input(network, technologies)).selections[0].a, 1u);
}

TEST(Choice, EnginesAloneServeNoNetworkCard) {
  const example::Clos network = clos(1024, 64, 2, 64);
  const std::vector<Technology> technologies{optics("cpo", 14.0, Form::co_packaged, 3.2e12)};
  const ChoiceResult result = choose({}, input(network, technologies));
  EXPECT_FALSE(result.selections[0].served());
  EXPECT_TRUE(result.selections[1].served());
  EXPECT_EQ(reason(result.selections[0], 0),
            "network cards take no co-packaged engine, and no design there speaks to it");
  ASSERT_EQ(result.warnings.size(), 1u);
  EXPECT_EQ(result.warnings[0].message, "no technology serves the links nic-leaf up to 100 m");
}

TEST(Choice, EndsMustSpeakAlike) {
  const example::Clos network = clos(1024, 64, 2, 64);
  std::vector<Technology> technologies{optics("dsp", 16.5), optics("cpo", 14.0, Form::co_packaged, 3.2e12)};
  technologies[1].symbol_rate = 106.25e9;  // 200 Gb/s a lane against 100
  technologies[1].line_rate = 212.5e9;
  const ChoiceResult result = choose({}, input(network, technologies));
  EXPECT_EQ(result.selections[0].b, 0u);
  EXPECT_THAT(reason(result.selections[0], 1), HasSubstr("no design there speaks to it"));
  technologies[1] = optics("cpo", 14.0, Form::co_packaged, 3.2e12);
  technologies[1].wavelength = 1330e-9;
  EXPECT_EQ(choose({}, input(network, technologies)).selections[0].b, 0u);
}

TEST(Choice, SwitchesWithoutCagesTakeOnlyEngines) {
  const example::Clos network = clos(1024, 64, 2, 0);
  const std::vector<Technology> technologies{optics("dsp", 1.0),
                                             optics("cpo", 14.0, Form::co_packaged, 3.2e12)};
  const ChoiceResult result = choose({}, input(network, technologies));
  EXPECT_EQ(result.selections[1].a, 1u);
  EXPECT_EQ(reason(result.selections[1], 0), "the switch has no cages");
}

TEST(Choice, CartridgesOfADomainNeedNoCages) {
  example::Clos network = clos(72, 72, 1, 0);
  network.network.topology = TopologyKind::scale_up;
  network.topology.links[0].lengths = {{1.0, 0.5, 1.5}};
  const std::vector<Technology> technologies{copper("dac", 0.0, 2.0)};
  const ChoiceResult result = choose({}, input(network, technologies));
  ASSERT_TRUE(result.selections[0].served());
  ASSERT_EQ(result.lines.size(), 1u);
  EXPECT_EQ(result.lines[0].kind, ItemKind::cable);
  EXPECT_EQ(result.lines[0].quantity, 72);
  EXPECT_EQ(result.lines[0].ends, 144);
}

// NVL72 (facts: cluster 4.1): 1296 links of 400 Gb/s are 5184 cables of a pair of conductors each. By hand,
// of a design of 800 Gb/s with 4 W, 5 failures in 10^10 s and 80 dollars for both ends together: a link is
// half of it, a cable an eighth.
TEST(Choice, ALinkOfACartridgeIsSeveralCables) {
  example::Clos network = clos(1296, 72, 1, 0, 400e9);
  network.network.topology = TopologyKind::scale_up;
  network.topology.links[0].lengths = {{1.0, 0.5, 1.5}};
  network.topology.links[0].cables_per_link = 4;
  std::vector<Technology> technologies{copper("dac", 2.0, 2.0)};
  technologies[0].failures = exactly(2.5e-10);
  ChoiceInput given = input(network, technologies);
  const std::vector<TechnologyPrice> prices{{exactly(80.0), exactly(nan)}};
  given.prices = prices;
  const ChoiceResult result = choose({}, given);
  ASSERT_EQ(result.lines.size(), 1u);
  const BillLine& cables = result.lines[0];
  EXPECT_EQ(cables.quantity, 5184);
  EXPECT_EQ(cables.ends, 2 * 1296);
  EXPECT_DOUBLE_EQ(cables.share, 0.125);
  EXPECT_DOUBLE_EQ(cables.fill, 1.0);
  EXPECT_DOUBLE_EQ(cables.power.value, 0.5);
  EXPECT_DOUBLE_EQ(cables.price.value, 10.0);
  EXPECT_DOUBLE_EQ(result.total.cost, 51840.0);
  EXPECT_NEAR(result.total.failures, 1296 * 2.5e-10, 1e-15);
  EXPECT_NEAR(watts_of(result.lines), 1296 * 2.0, 1e-9);

  // Solved rates are those of the design, published ones of each cable.
  std::vector<BillLine> bill = result.lines;
  assign_failures(bill, technologies, FailureRates{}, 4);
  EXPECT_NEAR(5184 * bill[0].failures.value, 1296 * 2.5e-10, 1e-15);
  EXPECT_NEAR(5184 * bill[0].flaps.value / fit, 1296 * 2083.0, 1e-3);
  FailureRates published;
  published.solved = false;
  assign_failures(bill, technologies, published, 4);
  EXPECT_NEAR(bill[0].failures.value / fit, 36.0, 1e-9);
}

// A link of light over two cables: 2000 of them in the bill, each at the price of its length.
TEST(Choice, FibresAreCountedByCables) {
  example::Clos network = clos(1000, 64, 1, 64);
  network.topology.links[0].cables_per_link = 2;
  const std::vector<Technology> technologies{optics("dsp", 16.5)};
  std::vector<BillLine> lines = choose({}, input(network, technologies)).lines;
  ASSERT_EQ(lines.back().kind, ItemKind::fibre);
  EXPECT_EQ(lines.back().quantity, 2000);
  EXPECT_EQ(lines.front().quantity, 1000);  // modules
  PriceList prices;
  Price fibre;
  fibre.item = "fibre";
  fibre.usd = exactly(4.0);
  fibre.unit = PriceUnit::metre;
  prices.rows.push_back(fibre);
  apply_prices(lines, prices);
  EXPECT_DOUBLE_EQ(static_cast<double>(lines.back().quantity) * lines.back().price.value, 2000 * 4.0 * 100.0);
}

TEST(Choice, LatencyHasItsBound) {
  const example::Clos network = clos(1024, 64, 1, 64);
  std::vector<Technology> technologies{optics("dsp", 10.0), optics("lpo", 12.0)};
  technologies[1].latency = 5e-9;
  Choice choice;
  choice.latency_bound = 600e-9;
  const ChoiceResult result = choose(choice, input(network, technologies));
  // 100 ns, 60 ns of FEC and 490 ns of fibre.
  EXPECT_EQ(reason(result.selections[0], 0), "650 ns over 100 m are more than 600 ns");
  EXPECT_EQ(result.selections[0].a, 1u);
  EXPECT_NEAR(result.selections[0].latency, 555e-9, 1e-15);
}

TEST(Choice, LinksThroughCircuitSwitchesHaveTheirOwnLadder) {
  example::Clos network = clos(1024, 64, 1, 64);
  network.topology.links[0].circuit_switches = 1;
  const std::vector<Technology> technologies{optics("dsp", 10.0), copper("aec", 5.0, 200.0)};
  std::vector<Technology> through{technologies[0], Technology{}};
  for (ReachPoint& point : through[0].ladder) point.margin_db -= 3.0;
  ChoiceInput given = input(network, technologies);
  given.through_circuits = through;
  const ChoiceResult result = choose({}, given);
  const double at_100 = 5.0 - 2.0 * 98.0 / 498.0;
  EXPECT_NEAR(result.selections[0].margin_db, at_100 - 1.0 - 3.0, 1e-12);
  EXPECT_EQ(reason(result.selections[0], 1), "copper does not pass an optical circuit switch");
  for (ReachPoint& point : through[0].ladder) point.margin_db -= 1.0;
  EXPECT_EQ(reason(choose({}, given).selections[0], 0),
            "its margin does not bear the loss and the reflections of circuit switches over 100 m");
  given.through_circuits = {};
  EXPECT_FALSE(choose({}, given).selections[0].served());
}

TEST(Choice, HostsCountOnlyWithWhatTypicalPowersLack) {
  const example::Clos network = clos(1024, 64, 1, 64);
  std::vector<Technology> technologies{optics("lpo", 8.0)};
  const double reference = technologies[0].host_power;  // VSR, 3.25 pJ/bit of the line
  EXPECT_NEAR(choose({}, input(network, technologies)).extra_host_switch, 0.0, 1e-9);
  technologies[0].host_power = reference + 2.0;
  ChoiceResult result = choose({}, input(network, technologies));
  EXPECT_NEAR(result.extra_host_switch, 1024 * 2.0, 1e-9);
  EXPECT_NEAR(result.extra_host_nic, 1024 * 2.0, 1e-9);
  EXPECT_NEAR(result.total.watts, 1024 * 2 * 10.0, 1e-9);
  EXPECT_NEAR(watts_of(result.lines) + result.extra_host_nic + result.extra_host_switch, result.total.watts,
              1e-9);
  // The model: 28 dB equalised, 5.5 against 3.25 pJ for each of 850 Gbit of the line.
  Choice model;
  model.host_watts = HostSource::model;
  technologies[0].equalised_loss_db = 28.0;
  result = choose(model, input(network, technologies));
  EXPECT_NEAR(result.selections[0].extra_host_a.value, 2.25e-12 * 850e9, 1e-9);
  technologies[0].equalised_loss_db = 4.0;  // XSR
  EXPECT_NEAR(choose(model, input(network, technologies)).selections[0].extra_host_a.value, -2.15e-12 * 850e9,
              1e-9);
}

TEST(Choice, ExternalLasersAreWholeModulesOfTheirOwn) {
  const example::Clos network = clos(1000, 50, 1, 50);
  std::vector<Technology> technologies{optics("dsp", 16.5), optics("cpo", 10.0, Form::co_packaged, 3.2e12)};
  technologies[1].laser_power = exactly(6.0);
  technologies[1].laser_modules = 0.5;  // one feeds two engines
  technologies[1].laser_failures = exactly(8e-10);
  const ChoiceResult result = choose({}, input(network, technologies));
  ASSERT_EQ(result.lines.size(), 4u);
  EXPECT_EQ(result.lines[1].item, "cpo");
  EXPECT_EQ(result.lines[1].quantity, 250);
  EXPECT_EQ(result.lines[2].kind, ItemKind::external_laser);
  EXPECT_EQ(result.lines[2].quantity, 125);
  EXPECT_DOUBLE_EQ(result.lines[2].power.value, 12.0);
  EXPECT_DOUBLE_EQ(result.lines[2].failures.value, 16e-10);
  EXPECT_EQ(result.lines[3].kind, ItemKind::fibre);
  EXPECT_EQ(result.lines[3].quantity, 1000);
  EXPECT_DOUBLE_EQ(result.total.watts, 1000 * 16.5 + 250 * 10.0 + 125 * 12.0);
}

// Half of a laser module for each engine of 3.2T: 251 engines take 125.5, that is 126.
TEST(Choice, PartsOfLaserModulesAreRoundedUp) {
  const example::Clos network = clos(1001, 50, 1, 50);
  std::vector<Technology> technologies{optics("dsp", 16.5), optics("cpo", 10.0, Form::co_packaged, 3.2e12)};
  technologies[1].laser_power = exactly(6.0);
  technologies[1].laser_modules = 0.5;
  const ChoiceResult result = choose({}, input(network, technologies));
  EXPECT_EQ(result.lines[1].quantity, 251);
  EXPECT_EQ(result.lines[2].quantity, 126);
}

// Half of a twin-port module of 33 W at a network card, and one for two ports of a switch, draw what single
// modules of 16.5 W do. Of the twin half stands idle at the card, so the single one takes it although it is
// named second.
TEST(Choice, EqualOnesGoToTheOneThatIsUsedMore) {
  const example::Clos network = clos(1024, 64, 1, 64);
  const std::vector<Technology> technologies{optics("twin", 33.0, Form::pluggable, 1.6e12),
                                             optics("single", 16.5)};
  const ChoiceResult result = choose({}, input(network, technologies));
  EXPECT_DOUBLE_EQ(result.total.watts, 2 * 1024 * 16.5);
  EXPECT_EQ(result.selections[0].a, 1u);
}

// A link of two designs has the margin of the one that has less.
TEST(Choice, TheLesserMarginCounts) {
  const example::Clos network = clos(1024, 64, 2, 64);
  std::vector<Technology> technologies{optics("dsp", 16.5), optics("cpo", 14.0, Form::co_packaged, 3.2e12)};
  for (ReachPoint& point : technologies[1].ladder) point.margin_db -= 0.5;
  const Selection mixed = choose({}, input(network, technologies)).selections[0];
  ASSERT_EQ(mixed.a, 0u);
  ASSERT_EQ(mixed.b, 1u);
  const double at_100 = 5.0 - 2.0 * 98.0 / 498.0;
  EXPECT_NEAR(mixed.margin_db, at_100 - 0.5 - 1.0, 1e-12);
}

// Weights count over the worst sums (theory: technology-choice): 10 W and 1e-10 against 5 W and 2e-10 are 1 +
// 0.5 against 0.5 + 1 with equal weights, and what weighs a little more decides, whichever candidate comes
// first.
TEST(Choice, WeightsCountOverTheWorstSums) {
  const example::Clos network = clos(1024, 64, 1, 64);
  Choice mixed;
  mixed.best_by = Aim::weighted;
  for (const bool frugal_first : {true, false}) {
    std::vector<Technology> technologies{optics("lasting", 10.0), optics("frugal", 5.0)};
    technologies[1].failures = exactly(2e-10);
    ChoiceInput given = input(network, technologies);
    if (frugal_first) given.candidates = {1, 0};
    mixed.weights = {1.1, 0.0, 1.0};
    EXPECT_EQ(choose(mixed, given).selections[0].a, 1u);
    mixed.weights = {1.0, 0.0, 1.1};
    EXPECT_EQ(choose(mixed, given).selections[0].a, 0u);
  }
}

TEST(Choice, PricesThatAreMissingCannotWin) {
  const example::Clos network = clos(1024, 64, 1, 64);
  const std::vector<Technology> technologies{optics("dsp", 16.5), optics("lpo", 8.0)};
  ChoiceInput given = input(network, technologies);
  Choice cheap;
  cheap.best_by = Aim::cost;
  EXPECT_EQ(reason(choose(cheap, given).selections[0], 0), "its price is not known");
  const std::vector<TechnologyPrice> prices{{exactly(1000.0), exactly(nan)}, {exactly(nan), exactly(nan)}};
  given.prices = prices;
  const ChoiceResult result = choose(cheap, given);
  EXPECT_EQ(result.selections[0].a, 0u);
  EXPECT_DOUBLE_EQ(result.total.cost, 2048 * 1000.0);
}

TEST(Choice, EqualOnesGoToTheEarlierCandidate) {
  const example::Clos network = clos(1024, 64, 2, 64);
  const std::vector<Technology> technologies{optics("one", 8.0), optics("two", 8.0)};
  ChoiceInput given = input(network, technologies);
  EXPECT_EQ(choose({}, given).selections[1].a, 0u);
  given.candidates = {1, 0};
  EXPECT_EQ(choose({}, given).selections[1].a, 1u);
}

// Three technologies, each best in one thing.
struct Three {
  example::Clos network = clos(1024, 64, 3, 64);
  std::vector<Technology> technologies{optics("frugal", 5.0), optics("cheap", 15.0), optics("lasting", 12.0)};
  std::vector<TechnologyPrice> prices{
      {exactly(1500.0), exactly(nan)}, {exactly(500.0), exactly(nan)}, {exactly(1000.0), exactly(nan)}};
  Three() { technologies[2].failures = exactly(2e-11); }
  ChoiceInput given() const {
    ChoiceInput made = input(network, technologies);
    made.prices = prices;
    return made;
  }
};

TEST(Choice, EachAimHasItsOwnBest) {
  const Three three;
  Choice choice;
  for (const auto& [aim, best] : {std::pair{Aim::watts, 0u}, {Aim::cost, 1u}, {Aim::failures, 2u}}) {
    choice.best_by = aim;
    for (const Selection& s : choose(choice, three.given()).selections) EXPECT_EQ(s.a, best);
    Choice mixed;
    mixed.best_by = Aim::weighted;
    mixed.weights = {aim == Aim::watts ? 1.0 : 0.0, aim == Aim::cost ? 1.0 : 0.0,
                     aim == Aim::failures ? 1.0 : 0.0};
    EXPECT_EQ(choose(mixed, three.given()).selections[0].a, best);
  }
  Choice nothing;
  nothing.best_by = Aim::weighted;
  nothing.weights = {0.0, 0.0, 0.0};
  EXPECT_THAT(message_of([&] { choose(nothing, three.given()); }), HasSubstr("all weights are zero"));
}

TEST(Choice, AWeightedMixIsOnTheParetoFront) {
  const Three three;
  const Front front = pareto_front({}, three.given());
  EXPECT_FALSE(front.thinned);
  Choice mixed;
  mixed.best_by = Aim::weighted;
  for (const Weights& weights : {Weights{1, 1, 1}, Weights{1, 2, 0.5}, Weights{0.2, 0.3, 3}}) {
    mixed.weights = weights;
    const Objectives total = choose(mixed, three.given()).total;
    bool found = false;
    for (const Front::Point& point : front.points) {
      EXPECT_FALSE(dominates(total, point.total));
      EXPECT_FALSE(dominates(point.total, total));
      found = found || (std::abs(point.total.watts / total.watts - 1.0) < 1e-9 &&
                        std::abs(point.total.cost / total.cost - 1.0) < 1e-9 &&
                        std::abs(point.total.failures / total.failures - 1.0) < 1e-9);
    }
    EXPECT_TRUE(found);
  }
}

TEST(Choice, PointsOfTheFrontAreAssignmentsThatGiveTheirTotals) {
  const Three three;
  const Front front = pareto_front({}, three.given());
  ASSERT_GT(front.points.size(), 3u);
  for (const Front::Point& point : front.points) {
    const ChoiceResult again = assign({}, three.given(), point.selections);
    EXPECT_DOUBLE_EQ(again.total.watts, point.total.watts);
    EXPECT_DOUBLE_EQ(again.total.cost, point.total.cost);
    EXPECT_NEAR(watts_of(again.lines) + again.extra_host_nic + again.extra_host_switch, point.total.watts,
                1e-6);
  }
}

TEST(Choice, TheBillTellsHowFullModulesAre) {
  const example::Clos network = clos(1023, 64, 1, 64);
  const std::vector<Technology> technologies{optics("twin", 30.0, Form::pluggable, 1.6e12)};
  const ChoiceResult result = choose({}, input(network, technologies));
  ASSERT_EQ(result.lines.size(), 3u);
  EXPECT_EQ(result.lines[0].quantity, 1023);  // a network card has one port: half the lanes are built
  EXPECT_DOUBLE_EQ(result.lines[0].power.value, 15.0);
  EXPECT_DOUBLE_EQ(result.lines[0].fill, 1.0);
  EXPECT_EQ(result.lines[1].quantity, 512);
  EXPECT_DOUBLE_EQ(result.lines[1].fill, 1023.0 / 1024.0);
}

}  // namespace
}  // namespace waverack::cluster
