// The built-in price list.

#include "waverack/io/price_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "../base/message_of.hpp"
#include "waverack/io/embedded.hpp"

namespace waverack::io {
namespace {

// What has no row at all was forgotten; what has an empty one is known to be missing.
TEST(PriceFile, HasARowForEveryDesignSwitchAndNode) {
  const cluster::PriceList list = built_in_prices();
  for (const EmbeddedFile& file : embedded_profiles()) {
    const std::size_t slash = file.name.find('/');
    const std::string_view kind = file.name.substr(0, slash);
    if (kind != "switch" && kind != "circuit_switch" && kind != "node") continue;
    const std::string name(file.name.substr(slash + 1, file.name.rfind('.') - slash - 1));
    EXPECT_NE(list.find(name), nullptr) << name;
  }
  for (const EmbeddedFile& file : embedded_designs()) {
    const std::string name(file.name.substr(0, file.name.rfind('.')));
    EXPECT_NE(list.find(name), nullptr) << name;
  }
}

TEST(PriceFile, SaysWhereEveryPriceIsFrom) {
  for (const cluster::Price& price : built_in_prices().rows) {
    EXPECT_FALSE(price.source.empty()) << price.item;
    // What neither a fact nor a page of a public site states is marked as assumed; every price has its date.
    const bool cited = price.source.find("facts: cluster") != std::string::npos ||
                       price.source.find(".ai") != std::string::npos ||
                       price.source.find(".blog") != std::string::npos;
    EXPECT_TRUE(cited || price.kind == Kind::assumed) << price.item;
    if (price.usd.high > 0.0) {
      EXPECT_FALSE(price.date.empty()) << price.item;
    }
  }
}

TEST(PriceFile, TellsWhichFileCannotBeRead) {
  EXPECT_THAT(message_of([] { load_prices("not/there.csv"); }), ::testing::HasSubstr("not/there.csv"));
}

}  // namespace
}  // namespace waverack::io
