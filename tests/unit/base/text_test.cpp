#include "waverack/base/text.hpp"

#include <gtest/gtest.h>

namespace waverack {
namespace {

TEST(NearestName, FindsATypingError) {
  const std::vector<std::string> names{"symbol_rate", "modulation", "fec", "chain"};
  EXPECT_EQ(nearest_name("symbolrate", names), "symbol_rate");
  EXPECT_EQ(nearest_name("modulaton", names), "modulation");
  EXPECT_EQ(nearest_name("Fec", names), "fec");
  EXPECT_EQ(nearest_name("chian", names), "chain");
}

TEST(NearestName, AWrongCaseIsNearerThanAWrongLetter) {
  EXPECT_EQ(nearest_name("Gbd", {"Gb", "Gm", "GBd"}), "GBd");
  EXPECT_EQ(nearest_name("pam4", {"NRZ", "PAM6", "PAM4"}), "PAM4");
}

TEST(NearestName, SaysNothingWhenNothingIsNear) {
  EXPECT_EQ(nearest_name("temperature", {"symbol_rate", "fec"}), "");
  EXPECT_EQ(nearest_name("x", {"m", "s"}), "");
  EXPECT_EQ(nearest_name("", {"m"}), "");
  EXPECT_EQ(nearest_name("fec", {}), "");
}

TEST(JoinPath, PutsADotBetween) {
  EXPECT_EQ(join_path("lane.chain", "tia"), "lane.chain.tia");
  EXPECT_EQ(join_path("", "lane"), "lane");
}

}  // namespace
}  // namespace waverack
