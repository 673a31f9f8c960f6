// Tables that spreadsheets save as text.

#include "waverack/base/csv_cells.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace waverack {
namespace {

using ::testing::ElementsAre;

TEST(CsvCells, ReadsQuotesSeparatorsAndLineEnds) {
  EXPECT_THAT(csv_cells("a,\"b,\"\"c\"\"\"\r\nd,,e\n"),
              ElementsAre(ElementsAre("a", "b,\"c\""), ElementsAre("d", "", "e")));
  EXPECT_THAT(csv_cells("\xef\xbb\xbfx;1,5;\ny;2"),
              ElementsAre(ElementsAre("x", "1,5", ""), ElementsAre("y", "2")));
}

}  // namespace
}  // namespace waverack
