// Columns on a terminal. Expected values are counted by hand; the first words on wrapping and tables stand in
// text_test.cpp.

#include "waverack/io/terminal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace waverack::io {
namespace {

Style wide(int width, bool colour = false) {
  Style style;
  style.width = width;
  style.colour = colour;
  return style;
}

std::vector<std::string> lines(std::string_view text) {
  std::vector<std::string> list;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    list.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return list;
}

TEST(DisplayWidth, CountsCharactersAndNoEscapes) {
  EXPECT_EQ(display_width(""), 0);
  EXPECT_EQ(display_width("watt"), 4);
  EXPECT_EQ(display_width("µ – ≥ 𝜆"), 7);  // of two, three, three and four bytes
  EXPECT_EQ(display_width("\x1b[1mbold\x1b[0m"), 4);
  EXPECT_EQ(display_width("\x1b[31m"), 0);
  EXPECT_EQ(display_width("\x1b[3"), 0);  // cut off
}

TEST(Toned, WritesEscapesOnlyWhereTheStyleHasColour) {
  EXPECT_EQ(toned(wide(80), Tone::bad, "fail"), "fail");
  EXPECT_EQ(toned(wide(80, true), Tone::plain, "text"), "text");
  EXPECT_EQ(toned(wide(80, true), Tone::good, ""), "");
  // ECMA-48: 31 red, 32 green, 1 bold, 2 faint, 0 back to normal.
  EXPECT_EQ(toned(wide(80, true), Tone::bad, "fail"), "\x1b[31mfail\x1b[0m");
  EXPECT_EQ(toned(wide(80, true), Tone::good, "pass"), "\x1b[32mpass\x1b[0m");
  EXPECT_EQ(toned(wide(80, true), Tone::strong, "x"), "\x1b[1mx\x1b[0m");
  EXPECT_EQ(toned(wide(80, true), Tone::quiet, "x"), "\x1b[2mx\x1b[0m");
}

TEST(Pad, FillsColumnsOnEitherSide) {
  EXPECT_EQ(pad("ab", 4), "ab  ");
  EXPECT_EQ(pad("ab", 4, true), "  ab");
  EXPECT_EQ(pad("µ≥", 4), "µ≥  ");
  EXPECT_EQ(pad("\x1b[1mab\x1b[0m", 4, true), "  \x1b[1mab\x1b[0m");
  EXPECT_EQ(pad("abcd", 4), "abcd");
  EXPECT_EQ(pad("abcde", 4), "abcde");
  EXPECT_EQ(pad("", 2), "  ");
}

TEST(Wrapping, FillsLinesToTheWidthAndNeverBreaksAWord) {
  const std::string text =
      "one lane of the engine needs four µW of light – at least that is what ≥ 3 books say";
  for (int width = 1; width <= 90; ++width) {
    const std::vector<std::string> wrapped = lines(wrap(text, width));
    std::string joined;
    for (std::size_t i = 0; i < wrapped.size(); ++i) {
      const bool one_word = wrapped[i].find(' ') == std::string::npos;
      EXPECT_TRUE(one_word || display_width(wrapped[i]) <= width) << wrapped[i];
      // The first word of a line did not fit on the one before.
      const std::string first = wrapped[i].substr(0, wrapped[i].find(' '));
      EXPECT_TRUE(i == 0 || display_width(wrapped[i - 1]) + 1 + display_width(first) > width) << wrapped[i];
      joined += (i > 0 ? " " : "") + wrapped[i];
    }
    EXPECT_EQ(joined, text);
  }
  EXPECT_EQ(wrap("", 10), "");
  EXPECT_EQ(wrap("   ", 10), "");
}

TEST(Shortening, KeepsTextThatFits) {
  EXPECT_EQ(shortened("µ≥–", 3), "µ≥–");
  EXPECT_EQ(shortened("µ≥–x", 3), "µ≥…");
  EXPECT_EQ(shortened("one two", 5), "one…");  // no space before the dots
  EXPECT_EQ(shortened("one", 1), "…");
  EXPECT_EQ(shortened("one", 0), "");
}

TEST(Table, HasAHeadAndColumnsAsWideAsTheirWidestCell) {
  TextTable table("lrl");
  EXPECT_TRUE(table.empty());
  table.head({"part", "W", "source"});
  table.row({"µ-ring", "0.25", "sheet"});
  table.row({"tia", "12", ""});
  EXPECT_FALSE(table.empty());
  EXPECT_EQ(table.text(wide(80), 2),
            "  part       W  source\n"
            "  µ-ring  0.25  sheet\n"
            "  tia       12\n");
}

TEST(Table, WithoutHeadHasRowsOnly) {
  TextTable table("rl");
  table.row({"1", "a"});
  EXPECT_EQ(table.text(wide(80)), "1  a\n");
}

// Colours cost no columns: with them the text is the same once they are taken out.
TEST(Table, AlignsCellsWithColour) {
  const auto text = [](bool colour) {
    TextTable table("lll");
    const Style style = wide(60, colour);
    table.row({"ber", toned(style, Tone::good, "pass"), "below the limit"});
    table.row({"margin", toned(style, Tone::bad, "fail"), "of the lane"});
    return table.text(style);
  };
  std::string plain = text(true);
  for (const char* code : {"\x1b[31m", "\x1b[32m", "\x1b[0m"})
    for (std::size_t at = plain.find(code); at != std::string::npos; at = plain.find(code))
      plain.erase(at, std::string_view(code).size());
  EXPECT_EQ(plain, text(false));
}

TEST(Table, IsNeverWiderThanTheStyle) {
  TextTable table("lrl");
  table.head({"path", "value", "where it comes from"});
  table.row({"lane.chain.tia.power", "47 mW", "a sheet with a long name and a longer subtitle, page 7"});
  table.row({"x", "1", "short"});
  // The first columns take 31 with the indent, and the last keeps ten at the least.
  for (int width = 41; width <= 100; ++width)
    for (const bool wraps : {false, true})
      for (const std::string& line : lines(table.text(wide(width), 2, wraps)))
        EXPECT_LE(display_width(line), width) << line;
  // Wrapping loses no word.
  std::string words = table.text(wide(50), 2, true);
  for (const char* word : {"subtitle,", "page", "7"}) EXPECT_THAT(words, testing::HasSubstr(word));
  EXPECT_THAT(table.text(wide(50), 2), testing::HasSubstr("…"));
}

}  // namespace
}  // namespace waverack::io
