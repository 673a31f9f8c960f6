// bom.csv, power.csv and links.csv: every total computed again from their texts.

#include "waverack/io/cluster_tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>

#include "../base/message_of.hpp"
#include "csv_table.hpp"
#include "waverack/cluster/cost.hpp"
#include "waverack/io/price_file.hpp"

namespace waverack::io {
namespace {

using cluster::BillLine;
using cluster::ItemKind;
using ::testing::HasSubstr;

constexpr double fit = 1e-9 / 3600.0;

BillLine line(ItemKind kind, std::string item, std::string network, int tier, std::int64_t quantity,
              Ranged power, double fits) {
  BillLine line;
  line.kind = kind;
  line.item = std::move(item);
  line.network = std::move(network);
  line.place = "leaf, \"upper\"";
  line.tier = tier;
  line.quantity = quantity;
  line.power = power;
  line.failures = exactly(fits * fit);
  line.flaps = {3.0 * fits * fit, fits * fit, 7.0 * fits * fit};
  return line;
}

// Numbers without short decimals, so that digits lost on the way would show.
std::vector<BillLine> some_bill() {
  std::vector<BillLine> bill{
      line(ItemKind::node, "gb300-nvl72", "", -1, 256, {72.0 * 1889.0, 132e3, 140e3}, 1e5 / 3.0),
      line(ItemKind::switch_box, "q3400", "back-end", 0, 256, {2900.0 / 7.0, 400.0, 500.0}, 700.0),
      line(ItemKind::switch_box, "q3400", "back-end", 1, 128, {2900.0 / 7.0, 400.0, 500.0}, 700.0),
      line(ItemKind::module, "dr8-1.6t-dsp", "back-end", 0, 27648, {13.1 / 3.0, 4.0, 5.0}, 1818.0 / 7.0),
      line(ItemKind::module, "dsp-800g-dr8", "back-end", 0, 18432, {16.5, 14.0, 17.0}, 1818.0),
      line(ItemKind::external_laser, "cpo-3.2t laser", "back-end", 0, 77, {13.0, 9.0, 15.0}, 11.0),
      line(ItemKind::fibre, "fibre", "back-end", 0, 18432, exactly(0.0), 0.0),
      line(ItemKind::circuit_switch, "mirrors", "front-end", 2, 3, {100.0 / 3.0, 20.0, 50.0}, 500.0),
  };
  bill[3].spares = 31;
  bill[3].link_tier = 1;
  bill[3].share = 1.0 / 3.0;
  bill[4].spares = 17;
  bill[6].length = 100.0 / 3.0;
  bill[3].rate = 800e9 / 3.0;
  cluster::apply_prices(bill, built_in_prices());
  return bill;
}

const std::vector<PowerRow> some_power{{"nodes", "", true, 1e7 / 3.0},
                                       {"optics", "back-end", true, 1e6 / 7.0},
                                       {"chillers", "", false, 1e6 / 11.0}};
const std::vector<LinkRow> some_links{
    {"back-end", "nic-leaf", 0, 800e9, 18432, 5.0, 50.0 / 3.0, "dsp-800g-dr8", "dr8-1.6t-dsp", 3.1, 1e-9,
     1e-15, 1e-7 / 3.0},
    {"back-end", "leaf-spine", 1, 800e9, 18432, 30.0, 100.0 / 7.0 + 90.0, "", "",
     -std::numeric_limits<double>::infinity(), std::nan(""), std::nan(""), std::nan("")}};

void expect_near(double ours, double theirs) { EXPECT_NEAR(ours, theirs, 1e-9 * std::abs(theirs)); }

TEST(ClusterTables, EveryTotalCanBeComputedAgainFromTheTexts) {
  const std::vector<BillLine> bill = some_bill();
  const TableTotals totals = totals_of(bill, some_power, some_links);
  std::map<std::string, double> count;
  double capital = 0.0, spares_capital = 0.0, watts = 0.0, failures = 0.0, flaps = 0.0, spares = 0.0;
  std::map<std::string, bool> without;
  for (const auto& row : csv_table(bom_csv(bill, built_in_prices()))) {
    const double quantity = number(row, "quantity");
    count[row.at("kind")] += quantity;
    spares += number(row, "spares");
    if (row.at("price [USD]").empty())
      without[row.at("network") + "/" + row.at("item")] = true;
    else
      capital += quantity * number(row, "price [USD]");
    spares_capital += number(row, "spares") * number(row, "price [USD]");
    watts += quantity * number(row, "power [W]");
    failures += quantity * number(row, "failures [FIT]") * fit;
    flaps += quantity * number(row, "flaps [FIT]") * fit;
  }
  EXPECT_EQ(count["node"], static_cast<double>(totals.nodes));
  EXPECT_EQ(count["network_card"], static_cast<double>(totals.network_cards));
  EXPECT_EQ(count["switch"], static_cast<double>(totals.switches));
  EXPECT_EQ(count["module"], static_cast<double>(totals.modules));
  EXPECT_EQ(count["external_laser"], static_cast<double>(totals.lasers));
  EXPECT_EQ(count["cable"], static_cast<double>(totals.cables));
  EXPECT_EQ(count["fibre"], static_cast<double>(totals.fibres));
  EXPECT_EQ(count["circuit_switch"], static_cast<double>(totals.circuit_switches));
  EXPECT_EQ(totals.switches, 384);
  EXPECT_EQ(spares, static_cast<double>(totals.spares));
  EXPECT_EQ(without.size(), static_cast<std::size_t>(totals.without));
  EXPECT_EQ(totals.without, 1);  // the circuit switch
  expect_near(totals.capital, capital);
  expect_near(totals.spares_capital, spares_capital);
  expect_near(totals.items_w, watts);
  expect_near(totals.failures, failures);
  expect_near(totals.flaps, flaps);

  double facility = 0.0, it = 0.0;
  for (const auto& row : csv_table(power_csv(some_power))) {
    facility += number(row, "power [W]");
    if (row.at("counts_as_it") == "yes") it += number(row, "power [W]");
  }
  expect_near(totals.facility_w, facility);
  expect_near(totals.it_w, it);
  expect_near(totals.energy_kwh, facility * 8760.0 / 1000.0);

  double links = 0.0, length = 0.0;
  for (const auto& row : csv_table(links_csv(some_links))) {
    links += number(row, "links");
    length += number(row, "links") * (number(row, "shortest [m]") + number(row, "longest [m]")) / 2.0;
  }
  EXPECT_EQ(links, static_cast<double>(totals.links));
  expect_near(totals.link_length, length);
}

// What is read is what was written, so that cost() and others can start from the texts.
TEST(ClusterTables, ReadWhatTheyWrite) {
  const std::vector<BillLine> bill = some_bill();
  const std::vector<BillLine> again = parse_bom_csv(bom_csv(bill, built_in_prices()), "bom.csv");
  ASSERT_EQ(again.size(), bill.size());
  for (std::size_t i = 0; i < bill.size(); ++i) {
    EXPECT_EQ(again[i].kind, bill[i].kind);
    EXPECT_EQ(again[i].item, bill[i].item);
    EXPECT_EQ(again[i].network, bill[i].network);
    EXPECT_EQ(again[i].place, bill[i].place);
    EXPECT_EQ(again[i].tier, bill[i].tier);
    EXPECT_EQ(again[i].link_tier, bill[i].link_tier);
    EXPECT_EQ(again[i].share, bill[i].share);
    EXPECT_EQ(again[i].spares, bill[i].spares);
    EXPECT_EQ(again[i].price_source, bill[i].price_source);
    EXPECT_EQ(again[i].power.high, bill[i].power.high);
    EXPECT_EQ(std::isnan(again[i].price.value), std::isnan(bill[i].price.value));
    EXPECT_DOUBLE_EQ(again[i].flaps.high, bill[i].flaps.high);
    EXPECT_DOUBLE_EQ(again[i].rate, bill[i].rate);
  }
  const cluster::CostUse use{.energy = 1e15, .gpus = 18432.0, .networks = {{"back-end", 1e16, 5e15, 1e14}}};
  const cluster::CostResult ours = cluster::cost(bill, {}, use), theirs = cluster::cost(again, {}, use);
  expect_near(theirs.total, ours.total);
  expect_near(theirs.per_useful_gpu_hour, ours.per_useful_gpu_hour);
  expect_near(theirs.networks[0].per_bisection, ours.networks[0].per_bisection);

  const std::vector<LinkRow> links = parse_links_csv(links_csv(some_links), "links.csv");
  ASSERT_EQ(links.size(), 2u);
  EXPECT_EQ(links[0].far_technology, "dr8-1.6t-dsp");
  EXPECT_EQ(links[0].longest, some_links[0].longest);
  EXPECT_TRUE(std::isnan(links[1].margin_db));  // no link of this length: no number
  const std::vector<PowerRow> power = parse_power_csv(power_csv(some_power), "power.csv");
  ASSERT_EQ(power.size(), 3u);
  EXPECT_TRUE(power[1].it);
  EXPECT_FALSE(power[2].it);
  EXPECT_EQ(power[1].power, 1e6 / 7.0);
}

TEST(ClusterTables, SayWhereAPriceIsFrom) {
  const auto rows = csv_table(bom_csv(some_bill(), built_in_prices()));
  EXPECT_EQ(rows[3].at("price_date"), "2026-01");
  EXPECT_THAT(rows[3].at("price_source"), HasSubstr("facts: cluster"));
  EXPECT_EQ(rows[7].at("price [USD]"), "");
  EXPECT_EQ(rows[7].at("price_source"), "");
}

TEST(ClusterTables, RefuseWhatIsNotTheirs) {
  const std::string power = power_csv(some_power);
  EXPECT_THAT(message_of([&] { parse_power_csv("", "p.csv"); }),
              HasSubstr("p.csv:1: the column 'cause' is missing"));
  EXPECT_THAT(message_of([&] { parse_links_csv(power, "p.csv"); }),
              HasSubstr("p.csv:1: the column 'network' was expected, found 'cause'"));
  EXPECT_THAT(message_of([&] { parse_power_csv(power + "a,b,maybe,1\n", "p.csv"); }),
              HasSubstr("p.csv:5: counts_as_it: 'maybe' is neither yes nor no"));
  EXPECT_THAT(message_of([&] { parse_power_csv(power + "a,b,yes,1 W\n", "p.csv"); }),
              HasSubstr("power [W]: '1 W' is not a number"));
  EXPECT_THAT(message_of([&] { parse_power_csv(power + "a,b,yes\n", "p.csv"); }),
              HasSubstr("p.csv:5: a row of 3 cells"));
}

}  // namespace
}  // namespace waverack::io
