// Text for people: wrapping, tables, numbers, errors, a new design.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "../base/message_of.hpp"
#include "waverack/io/error_text.hpp"
#include "waverack/io/load.hpp"
#include "waverack/io/new_design.hpp"
#include "waverack/io/number_text.hpp"
#include "waverack/io/terminal.hpp"

namespace waverack::io {
namespace {

TEST(Wrap, EveryLineFitsAndIndentsAreNotCounted) {
  EXPECT_EQ(wrap("one two three four", 9), "one two\nthree\nfour");
  EXPECT_EQ(wrap("one two three four", 10, 4), "one two\n    three four");
  EXPECT_EQ(wrap("a  b", 10), "a b");
  EXPECT_EQ(wrap("→→→ →→→", 7), "→→→ →→→");  // columns, not bytes
}

TEST(Shortened, EndsInAnEllipsis) {
  EXPECT_EQ(shortened("waverack", 8), "waverack");
  EXPECT_EQ(shortened("waverack", 5), "wave…");
}

TEST(TextTable, AlignsAndWrapsTheLastColumn) {
  TextTable table("lrl");
  table.row({"a", "1", "short"});
  table.row({"long", "100", "words that do not fit"});
  Style style;
  style.width = 24;
  EXPECT_EQ(table.text(style, 0, true),
            "a       1  short\n"
            "long  100  words that do\n"
            "           not fit\n");
  EXPECT_EQ(table.text(style),
            "a       1  short\n"
            "long  100  words that d…\n");
}

TEST(Numbers, AsPeopleReadThem) {
  EXPECT_EQ(number_text(4.12e-9), "4.1e-9");
  EXPECT_EQ(number_text(2.4e-4), "2.4e-4");
  EXPECT_EQ(decibel_text(-0.001), "0.00 dB");
  EXPECT_EQ(decibel_text(-2.634), "-2.63 dB");
  EXPECT_EQ(percent_text(0.0013), "0.13 %");
  EXPECT_EQ(percent_text(0.114), "11 %");
  EXPECT_EQ(quantity_text(2.31e6, "W"), "2.31 MW");
  EXPECT_EQ(count_text(104448), "104 448");
  EXPECT_EQ(number_text(std::nan("")), "–");
}

TEST(ErrorText, OneLineForThePlaceAndOneForEachHint) {
  const ErrorInfo info{{"a.toml", 3, 1}, "lane.fec", "'KP5' is not a choice", "none, KR4, KP4", "KP4"};
  EXPECT_EQ(error_text(info, {}),
            "error a.toml:3: lane.fec: 'KP5' is not a choice\n"
            "  allowed: none, KR4, KP4\n"
            "  did you mean 'KP4'?\n");
  EXPECT_EQ(error_text({{}, {}, "no design", {}, {}}, {}), "error waverack: no design\n");
}

TEST(ErrorJson, HasAllKeysAndNullForTheUnknown) {
  EXPECT_EQ(
      error_json({{"a.toml", 3, 1}, "lane.fec", "wrong", {}, "KP4"}),
      "{\n  \"file\": \"a.toml\",\n  \"line\": 3,\n  \"path\": \"lane.fec\",\n  \"message\": \"wrong\",\n"
      "  \"allowed\": null,\n  \"nearest\": \"KP4\"\n}\n");
}

TEST(NewDesign, DiffersFromItsOriginInTheTitleAlone) {
  const std::string text = new_design("cpo-3.2t", "a \"new\" one");
  EXPECT_EQ(load_design_text(text, "new.toml").loaded.design.title, "a \"new\" one");
  const std::string again = new_design("cpo-3.2t", load_design("cpo-3.2t").loaded.design.title);
  EXPECT_EQ(load_design_text(again, "again.toml").loaded.design.title,
            load_design("cpo-3.2t").loaded.design.title);
  EXPECT_NE(text.find("[lane]"), std::string::npos);
}

TEST(NewDesign, NamesTheNearest) {
  EXPECT_THAT(message_of([] { new_design("cpo-3.2", "a"); }),
              ::testing::HasSubstr("Did you mean 'cpo-3.2t'?"));
}

}  // namespace
}  // namespace waverack::io
