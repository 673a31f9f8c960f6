// Price lists: what is read, what is refused, what a bill takes from them.

#include "waverack/cluster/prices.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "../base/message_of.hpp"
#include "waverack/cluster/bands.hpp"

namespace waverack::cluster {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

PriceList parse_price_text(std::string_view text) { return parse_prices(text, "own.csv"); }
std::string refusal(std::string_view text) {
  return message_of([&] { parse_price_text(text); });
}

TEST(Prices, ReadsColumnsInAnyOrder) {
  const PriceList list = parse_price_text(
      "\xef\xbb\xbfkind,item,unit,price_usd,high,low,source,date\r\n"
      "# a remark\r\n"
      "claim,cpo-3.2t,piece,1000,1500,900,\"a book, page 3\",2026-01\r\n"
      "\r\n"
      ",fibre,m,2.5,,,,\r\n");
  ASSERT_EQ(list.rows.size(), 2u);
  const Price& engine = list.rows[0];
  EXPECT_EQ(engine.item, "cpo-3.2t");
  EXPECT_EQ(engine.usd.value, 1000.0);
  EXPECT_EQ(engine.usd.low, 900.0);
  EXPECT_EQ(engine.usd.high, 1500.0);
  EXPECT_EQ(engine.source, "a book, page 3");
  EXPECT_EQ(engine.date, "2026-01");
  EXPECT_EQ(engine.kind, Kind::claim);
  EXPECT_EQ(engine.mark.line, 3);
  const Price& fibre = list.rows[1];
  EXPECT_EQ(fibre.unit, PriceUnit::metre);
  EXPECT_EQ(fibre.usd.low, 2.5);
  EXPECT_EQ(fibre.usd.high, 2.5);
  EXPECT_EQ(fibre.kind, Kind::assumed);
}

TEST(Prices, AnEmptyPriceIsNotKnownAndNotZero) {
  const PriceList list = parse_price_text("item;price_usd\na;\nb;0\n");
  EXPECT_TRUE(std::isnan(list.find("a")->usd.value));
  EXPECT_EQ(list.find("b")->usd.value, 0.0);
  EXPECT_EQ(list.find("c"), nullptr);
}

TEST(Prices, RefusesHeadsThatItDoesNotUnderstand) {
  EXPECT_THAT(refusal(""), HasSubstr("own.csv:1: the file is empty"));
  EXPECT_THAT(refusal("item,price\n"),
              AllOf(HasSubstr("own.csv:1: 'price' is no column"), HasSubstr("price_usd")));
  EXPECT_THAT(refusal("itm,price_usd\n"), HasSubstr("Did you mean 'item'?"));
  EXPECT_THAT(refusal("item,low,high\n"), HasSubstr("the column 'price_usd' is missing"));
  EXPECT_THAT(refusal("item,price_usd,item\n"), HasSubstr("the column 'item' comes twice"));
}

struct BadRow {
  std::string row, message;
};
class RefusedPrices : public testing::TestWithParam<BadRow> {};

TEST_P(RefusedPrices, NameTheLine) {
  const auto& [row, message] = GetParam();
  EXPECT_THAT(refusal("item,price_usd,low,high,unit,source,date,kind\na,1,,,,,,\n" + row + "\n"),
              AllOf(HasSubstr("own.csv:3: "), HasSubstr(message)));
}

INSTANTIATE_TEST_SUITE_P(
    Rows, RefusedPrices,
    testing::Values(
        BadRow{"b,1,,,,,", "a row of 7 cells"},
        BadRow{"b,1,,,piece,one, two,,", "a row of 9 cells (allowed: 8 as in the first line"},
        BadRow{" ,1,,,,,,", "names no item"}, BadRow{"a,2,,,,,,", "'a' already has a price in line 2"},
        BadRow{"b,-1,,,,,,", "price_usd -1 is out of range (allowed: 0 to 1e12)"},
        BadRow{"b,1,-2,,,,,", "low -2 is out of range"}, BadRow{"b,1e13,,,,,,", "out of range"},
        BadRow{"b,$950,,,,,,", "price_usd '$950' is not a number"},
        BadRow{"b,\"1,000\",,,,,,", "is not a number"}, BadRow{"b,nan,,,,,,", "is not a number"},
        BadRow{"b,inf,,,,,,", "is not a number"}, BadRow{"b,1e999,,,,,,", "is not a number"},
        BadRow{"b,5,6,7,,,,", "low is above the price (allowed: at most 5)"},
        BadRow{"b,5,4,4.5,,,,", "high is below the price (allowed: at least 5)"},
        BadRow{"b,,4,5,,,,", "bounds without a price"},
        BadRow{"b,1,,,pice,,,", "'pice' is no unit of a price (allowed: piece, m). Did you mean 'piece'?"},
        BadRow{"b,1,,,,,Jan 2026,", "'Jan 2026' is no date"}, BadRow{"b,1,,,,,2026-13,", "is no date"},
        BadRow{"b,1,,,,,2026-01-32,", "is no date"}, BadRow{"b,1,,,,,20260101,", "is no date"},
        BadRow{"b,1,,,,,,clam", "'clam' is not a kind of source"},
        BadRow{"b,1,,,,\"open,,\nc,2,,,,,,", "is a quote not closed?"}));

TEST(Prices, OwnRowsReplaceThoseOfTheSameItem) {
  const PriceList merged = with_prices(parse_price_text("item,price_usd,source\na,1,x\nb,2,x\n"),
                                       parse_price_text("item,price_usd\nb,\nc,3\n"));
  ASSERT_EQ(merged.rows.size(), 3u);
  EXPECT_EQ(merged.find("a")->usd.value, 1.0);
  EXPECT_TRUE(std::isnan(merged.find("b")->usd.value));
  EXPECT_EQ(merged.find("b")->source, "");
  EXPECT_EQ(merged.find("c")->usd.value, 3.0);
}

TEST(Prices, OfABillCountPiecesOrMetres) {
  std::vector<BillLine> bill(4);
  bill[3].item = "module";
  bill[3].share = 0.5;
  bill[0].item = "module";
  bill[1].item = "fibre";
  bill[1].length = 50.0;
  bill[2].item = "oddity";
  bill[2].price = exactly(12.0);
  apply_prices(
      bill,
      parse_price_text("item,price_usd,low,high,unit,source\nmodule,900,800,950,,a shop\nfibre,2,1,3,m,\n"));
  EXPECT_EQ(bill[0].price.low, 800.0);
  EXPECT_EQ(bill[0].price_source, "a shop");
  EXPECT_EQ(bill[1].price.value, 100.0);
  EXPECT_EQ(bill[1].price.high, 150.0);
  EXPECT_TRUE(std::isnan(bill[2].price.value));
  EXPECT_EQ(bill[3].price.value, 450.0);
}

// One draw for all lines of an item; what has no range or no price is not drawn.
TEST(Prices, AreInputsOfBands) {
  const PriceList all = parse_price_text("item,price_usd,low,high\na,5,4,6\nb,1,,\nc,,,\nd,7,6,9\ne,3,2,4\n");
  PriceList list = prices_of(all, std::vector<std::string>{"d", "c", "a", "b", "not there"});
  ASSERT_EQ(list.rows.size(), 4u);
  std::vector<UncertainInput> inputs;
  add_inputs(inputs, list, "prices");
  ASSERT_EQ(inputs.size(), 2u);
  EXPECT_EQ(inputs[0].path, "prices.d");
  EXPECT_EQ(inputs[0].unit, "USD");
  EXPECT_EQ(inputs[0].range.high, 9.0);
  EXPECT_TRUE(set_inputs(list, std::vector<double>{8.0, 4.5}).empty());
  std::vector<BillLine> bill(3);
  bill[0].item = bill[1].item = "a";
  bill[2].item = "b";
  apply_prices(bill, list);
  EXPECT_EQ(bill[0].price.value, 4.5);
  EXPECT_EQ(bill[1].price.value, 4.5);
  EXPECT_EQ(bill[2].price.value, 1.0);
}

TEST(Prices, RowsForNothingAreTold) {
  const std::vector<std::string> items{"cpo-3.2t", "q3400"};
  const auto warnings = unused_prices(parse_price_text("item,price_usd\nq3400,1\ncpo-3.2,2\n"), items);
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_THAT(warnings[0].message,
              AllOf(HasSubstr("line 3 of own.csv"), HasSubstr("did you mean 'cpo-3.2t'?")));
}

}  // namespace
}  // namespace waverack::cluster
