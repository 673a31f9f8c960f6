#include "waverack/base/error.hpp"

#include <gtest/gtest.h>

namespace waverack {
namespace {

TEST(Error, SaysWhereWhatAndWhatInstead) {
  const Error error(ErrorInfo{{"a.toml", 7, 3}, "lane.fec", "'KP5' is not a choice", "KP4, none", "KP4"});
  EXPECT_STREQ(error.what(),
               "a.toml:7: lane.fec: 'KP5' is not a choice (allowed: KP4, none). Did you mean 'KP4'?");
  EXPECT_EQ(error.info().mark.line, 7);
  EXPECT_EQ(error.info().nearest, "KP4");
}

TEST(Error, LeavesOutWhatIsNotKnown) {
  EXPECT_STREQ(Error("no such design").what(), "no such design");
  EXPECT_STREQ(Error(ErrorInfo{{"a.toml", 0, 0}, "", "is empty", "", ""}).what(), "a.toml: is empty");
  EXPECT_STREQ(Error(ErrorInfo{{}, "lane", "missing key", "table", ""}).what(),
               "lane: missing key (allowed: table)");
}

}  // namespace
}  // namespace waverack
