#include "waverack/base/document.hpp"

#include <gtest/gtest.h>

#include "unit/base/message_of.hpp"
#include "unit/base/table_of.hpp"

namespace waverack {
namespace {

// [lane] symbol_rate = "53.125 GBd", with a chain of two parts, the second one named.
Node document() {
  Array chain{table_of({{"part", "host_transmitter"}, {"taps", Array{0.0, -0.08, 0.84, -0.08}}}),
              table_of({{"part", "test_point"}, {"name", "TP1a"}})};
  return table_of(
      {{"title", "example"}, {"lane", table_of({{"symbol_rate", "53.125 GBd"}, {"chain", chain}})}});
}

std::string at(const Node& root, std::string_view path) {
  const Node* node = find_path(root, path);
  return node ? text_of(*node) : "(nothing)";
}

TEST(Document, FindsByKeyNamePartAndIndex) {
  const Node root = document();
  EXPECT_EQ(at(root, "title"), "example");
  EXPECT_EQ(at(root, "lane.symbol_rate"), "53.125 GBd");
  EXPECT_EQ(at(root, "lane.chain.TP1a.part"), "test_point");
  EXPECT_EQ(at(root, "lane.chain.host_transmitter.taps"), "[0, -0.08, 0.84, -0.08]");
  EXPECT_EQ(at(root, "lane.chain.host_transmitter.taps[2]"), "0.84");
  EXPECT_EQ(at(root, "lane.chain[1].name"), "TP1a");
  EXPECT_EQ(at(root, ""), "{…}");
}

TEST(Document, FindsNothingWhereNothingIs) {
  const Node root = document();
  for (const char* path : {"lane.fec", "lane.chain.test_point", "lane.chain.host_transmitter.taps[4]",
                           "title.x", "title[0]", "lane.chain.host_transmitter.taps.x"})
    EXPECT_EQ(at(root, path), "(nothing)") << path;
}

TEST(Document, RefusesAPathItCannotRead) {
  const Node root = document();
  const auto message = [&](const char* path) { return message_of([&] { find_path(root, path); }); };
  EXPECT_EQ(message("lane.taps[x]"), "cannot read the index in 'taps[x]'; write taps[2]");
  EXPECT_EQ(message("lane.taps[-1]"), "cannot read the index in 'taps[-1]'; write taps[2]");
  EXPECT_EQ(message("lane.taps[1"), "cannot read the index in 'taps[1'; write taps[2]");
  EXPECT_EQ(message("lane.taps[1][2]"), "cannot read the index in 'taps[1][2]'; write taps[2]");
  EXPECT_EQ(message("lane..fec"), "the path 'lane..fec' has an empty name");
  EXPECT_EQ(message("lane."), "the path 'lane.' has an empty name");
  EXPECT_EQ(message("[2]"), "the path '[2]' has an empty name");
}

TEST(Document, SetsValuesOfEveryKind) {
  Node root = document();
  set_path(root, "lane.symbol_rate", "106.25 GBd");
  set_path(root, "lane.chain.host_transmitter.taps[2]", "0.9");
  set_path(root, "lane.chain.TP1a.name", "TP1");
  set_path(root, "lane.precoding", "true");
  set_path(root, "module.lanes", "32");
  set_path(root, "module.rates", "[1, 2.5, 3 m]");
  EXPECT_EQ(at(root, "lane.symbol_rate"), "106.25 GBd");
  EXPECT_EQ(at(root, "lane.chain.host_transmitter.taps"), "[0, -0.08, 0.9, -0.08]");
  EXPECT_EQ(at(root, "lane.chain.TP1.part"), "test_point");
  EXPECT_TRUE(std::get<bool>(find_path(root, "lane.precoding")->value));
  EXPECT_EQ(std::get<std::int64_t>(find_path(root, "module.lanes")->value), 32);
  EXPECT_EQ(at(root, "module.rates"), "[1, 2.5, 3 m]");

  const Node& rate = *find_path(root, "lane.symbol_rate");
  EXPECT_EQ(rate.layer, Layer::set);
  EXPECT_EQ(rate.mark.file, "--set lane.symbol_rate=106.25 GBd");
  EXPECT_EQ(find_path(root, "module.rates[1]")->layer, Layer::set);
}

TEST(Document, RefusesToSetWhatCannotBe) {
  Node root = document();
  const auto message = [&](const char* path) { return message_of([&] { set_path(root, path, "1"); }); };
  EXPECT_EQ(message("lane.chain.TP1.name"),
            "--set: lane.chain.TP1.name: there is no 'TP1' (allowed: host_transmitter, TP1a). Did you mean "
            "'TP1a'?");
  EXPECT_EQ(message("lane.chain.host_transmitter.taps[4]"),
            "--set: lane.chain.host_transmitter.taps[4]: there is no element 4 (allowed: 0 to 3)");
  EXPECT_EQ(message("lane.symbol_rate.x"), "--set: lane.symbol_rate.x: 'x' is not something that can be set");
  EXPECT_EQ(message("lane.limits[0]"), "--set: lane.limits[0]: 'limits' is not something that can be set");
  EXPECT_EQ(message(""), "the path '' has an empty name");
}

TEST(Document, ACardLiesBelowADesign) {
  Table over = table_of({{"part", "tia"},
                         {"gain", "60 dBohm"},
                         {"heat", table_of({{"power", "1 W"}})},
                         {"noise", table_of({{"value", "10 pA/sqrt(Hz)"}, {"kind", "assumed"}})},
                         {"taps", Array{1}}});
  const Table under = table_of({{"gain", "70 dBohm"},
                                {"bandwidth", "40 GHz"},
                                {"heat", table_of({{"power", "2 W"}, {"area", "1 mm^2"}})},
                                {"noise", table_of({{"value", "16 pA/sqrt(Hz)"}, {"source", "card"}})},
                                {"taps", Array{1, 2, 3}}});
  merge_below(over, under);
  const Node merged(over);
  EXPECT_EQ(at(merged, "gain"), "60 dBohm");
  EXPECT_EQ(at(merged, "bandwidth"), "40 GHz");
  EXPECT_EQ(at(merged, "heat.power"), "1 W");
  EXPECT_EQ(at(merged, "heat.area"), "1 mm^2");
  EXPECT_EQ(at(merged, "taps"), "[1]");
  // A value keeps its own parent: the card's source does not vouch for the design's number.
  EXPECT_EQ(at(merged, "noise.value"), "10 pA/sqrt(Hz)");
  EXPECT_EQ(at(merged, "noise.source"), "(nothing)");
}

TEST(Document, KeepsTheOrderOfKeys) {
  Table keys;
  keys.set("b", 1);
  keys.set("a", 2);
  keys.set("b", 3);
  ASSERT_EQ(keys.items.size(), 2U);
  EXPECT_EQ(keys.items[0].first, "b");
  EXPECT_EQ(text_of(keys.items[0].second), "3");
}

TEST(Document, SaysWhatAValueIs) {
  EXPECT_EQ(kind_of(Node()), "nothing");
  EXPECT_EQ(kind_of(true), "a switch");
  EXPECT_EQ(kind_of(1), "a whole number");
  EXPECT_EQ(kind_of(1.5), "a number");
  EXPECT_EQ(kind_of("x"), "a text");
  EXPECT_EQ(kind_of(Array{}), "a list");
  EXPECT_EQ(kind_of(Table{}), "a table");
}

}  // namespace
}  // namespace waverack
