// Sums of a bill, by hand.

#include "waverack/cluster/cost.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace waverack::cluster {
namespace {

constexpr double kilowatt_hour = 3.6e6;
const double not_known = std::numeric_limits<double>::quiet_NaN();

BillLine line(ItemKind kind, std::string item, std::string network, std::int64_t quantity, double price,
              std::int64_t spares = 0) {
  BillLine line;
  line.kind = kind;
  line.item = std::move(item);
  line.network = std::move(network);
  line.quantity = quantity;
  line.price = exactly(price);
  line.spares = spares;
  return line;
}

// 10 nodes of $1000, 4 switches of $200, 40 + 10 modules of $5 with 2 + 1 spares.
std::vector<BillLine> small_bill() {
  return {line(ItemKind::node, "node", "", 10, 1000.0), line(ItemKind::switch_box, "box", "out", 4, 200.0),
          line(ItemKind::module, "optics", "out", 40, 5.0, 2),
          line(ItemKind::module, "optics", "out", 10, 5.0, 1)};
}

Economics plain() {
  Economics economics;
  economics.electricity_price = exactly(0.1 / kilowatt_hour);
  economics.years = 4.0;
  economics.maintenance = exactly(0.0);
  return economics;
}

TEST(Cost, AddsUpCapitalByItemAndNetwork) {
  const CostResult result =
      cost(small_bill(), plain(), {.gpus = 80.0, .networks = {{"out", 64e12, 32e12, 0.0}}});
  ASSERT_EQ(result.items.size(), 3u);
  EXPECT_EQ(result.items[2].quantity, 50);
  EXPECT_EQ(result.items[2].spares, 3);
  EXPECT_DOUBLE_EQ(result.items[2].capital, 250.0);
  EXPECT_DOUBLE_EQ(result.capital, 10000.0 + 800.0 + 250.0);
  EXPECT_DOUBLE_EQ(result.spares_capital, 15.0);
  EXPECT_EQ(result.without, 0);
  const NetworkCost& network = result.networks.at(0);
  EXPECT_DOUBLE_EQ(network.capital, 1050.0);
  EXPECT_DOUBLE_EQ(network.share, 1050.0 / 11050.0);
  EXPECT_DOUBLE_EQ(network.total, 1065.0);
  EXPECT_DOUBLE_EQ(network.per_injection, 1065.0 / 64e12);
  EXPECT_DOUBLE_EQ(network.per_bisection, 1065.0 / 32e12);
}

TEST(Cost, EnergyAndMaintenanceGoOverTheYears) {
  Economics economics = plain();
  economics.maintenance = exactly(0.02);
  const CostUse use{.energy = 50000.0 * kilowatt_hour,
                    .gpus = 80.0,
                    .goodput = 0.9,
                    .networks = {{"out", 1.0, 0.0, 1000.0 * kilowatt_hour}}};
  const CostResult result = cost(small_bill(), economics, use);
  EXPECT_DOUBLE_EQ(result.electricity, 5000.0);
  EXPECT_DOUBLE_EQ(result.maintenance, 221.0);
  EXPECT_DOUBLE_EQ(result.total, 11065.0 + 4.0 * 5221.0);
  EXPECT_DOUBLE_EQ(result.per_useful_gpu_hour, result.total / (80.0 * 0.9 * 4.0 * 8760.0));
  EXPECT_DOUBLE_EQ(result.networks[0].total, 1065.0 + 4.0 * (100.0 + 21.0));
  EXPECT_TRUE(std::isnan(result.networks[0].per_bisection));
}

// Payments of 1 at the end of three years at 10 %: 1/1.1 + 1/1.21 + 1/1.331.
TEST(Cost, DiscountsPayments) {
  Economics economics = plain();
  economics.years = 3.0;
  economics.discount = 0.1;
  EXPECT_NEAR(payment_years(economics), 1.0 / 1.1 + 1.0 / 1.21 + 1.0 / 1.331, 1e-12);
  economics.discount = 1e-9;
  EXPECT_NEAR(payment_years(economics), 3.0, 1e-7);
  // Hours are discounted as the payments are: with no capital the cost of an hour does not depend on them.
  const std::vector<BillLine> free{line(ItemKind::node, "node", "", 1, 0.0)};
  const CostUse use{.energy = 8760.0 * kilowatt_hour, .gpus = 1.0};
  economics.discount = 0.2;
  EXPECT_NEAR(cost(free, economics, use).per_useful_gpu_hour, 0.1, 1e-12);
}

TEST(Cost, MarginIsAShareOfThePrice) {
  Economics economics = plain();
  economics.margin = exactly(0.6);
  EXPECT_DOUBLE_EQ(cost(small_bill(), economics, {}).capital, 11050.0 / 0.4);
}

TEST(Cost, MissingPricesAreLeftOutAndCounted) {
  std::vector<BillLine> bill = small_bill();
  bill[1].price = exactly(not_known);
  bill.push_back(line(ItemKind::fibre, "fibre", "up", 7, not_known));
  bill.push_back(line(ItemKind::fibre, "not there", "up", 0, not_known));
  const CostResult result =
      cost(bill, plain(), {.networks = {{"out", 1.0, 1.0, 0.0}, {"up", 1.0, 1.0, 0.0}}});
  EXPECT_DOUBLE_EQ(result.capital, 10250.0);
  EXPECT_EQ(result.without, 2);
  EXPECT_DOUBLE_EQ(result.networks[0].capital, 250.0);
  EXPECT_EQ(result.networks[0].without, 1);
  EXPECT_TRUE(std::isnan(result.items[1].capital));
  EXPECT_TRUE(std::isnan(result.networks[1].capital));  // nothing of it has a price: not zero
  EXPECT_TRUE(std::isnan(result.networks[1].total));
}

}  // namespace
}  // namespace waverack::cluster
