// Expected values: TOML 1.0 (toml.io), and the marks of a text whose lines and columns are counted by hand.

#include "waverack/io/toml_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "unit/base/message_of.hpp"

namespace waverack::io {
namespace {

template <class T>
T value_at(const Node& root, std::string_view path) {
  const Node* node = find_path(root, path);
  return std::get<T>(node->value);
}

std::string place(const Node* node) {
  return node->mark.file + ":" + std::to_string(node->mark.line) + ":" + std::to_string(node->mark.column);
}

// The place and the message of the error that reading throws.
Mark mark_of_error(std::string_view text) {
  try {
    parse_toml(text, "a.toml");
  } catch (const Error& error) {
    return error.info().mark;
  }
  return {};
}

TEST(TomlReader, ReadsEveryKindOfValue) {
  const Node root = parse_toml(
      "text = \"500 \\u00b5m\"\n"
      "literal = 'C:\\n'\n"
      "whole = -1_000\n"
      "hexadecimal = 0x1f\n"
      "fraction = 6.25e-2\n"
      "big = inf\n"
      "none = nan\n"
      "yes = true\n"
      "list = [1, 2.5, \"x\"]\n"
      "table = { a = 1, b = { c = 2 } }\n",
      "a.toml");
  EXPECT_EQ(value_at<std::string>(root, "text"), "500 µm");
  EXPECT_EQ(value_at<std::string>(root, "literal"), "C:\\n");
  EXPECT_EQ(value_at<std::int64_t>(root, "whole"), -1000);
  EXPECT_EQ(value_at<std::int64_t>(root, "hexadecimal"), 31);
  EXPECT_EQ(value_at<double>(root, "fraction"), 0.0625);
  EXPECT_TRUE(std::isinf(value_at<double>(root, "big")));
  EXPECT_TRUE(std::isnan(value_at<double>(root, "none")));
  EXPECT_TRUE(value_at<bool>(root, "yes"));
  EXPECT_EQ(text_of(*find_path(root, "list")), "[1, 2.5, x]");
  EXPECT_EQ(value_at<std::int64_t>(root, "table.b.c"), 2);
}

// The library below sorts keys by name; the document has them as they were written.
TEST(TomlReader, KeepsTheOrderOfTheFile) {
  const Node root =
      parse_toml("b = 1\na = 2\n[z]\ny = 1\nx = 2\n[c]\n[[lane.chain]]\n[[lane.chain]]\n", "a.toml");
  const auto keys = [](const Node& node) {
    std::vector<std::string> names;
    for (const auto& [key, value] : node.table()->items) names.push_back(key);
    return names;
  };
  EXPECT_THAT(keys(root), testing::ElementsAre("b", "a", "z", "c", "lane"));
  EXPECT_THAT(keys(*find_path(root, "z")), testing::ElementsAre("y", "x"));
  EXPECT_EQ(find_path(root, "lane.chain")->array()->size(), 2U);
}

TEST(TomlReader, MarksValuesWithTheirKeys) {
  const Node root = parse_toml(
      "# a comment\n"
      "title = \"t\"\n"
      "\n"
      "[lane]\n"
      "  fec = \"KP4\"\n"
      "[[lane.chain]]\n"
      "taps = [0.1,\n"
      "        0.9]\n",
      "dir/a.toml", Layer::card);
  EXPECT_EQ(place(find_path(root, "title")), "dir/a.toml:2:1");
  EXPECT_EQ(place(find_path(root, "lane.fec")), "dir/a.toml:5:3");
  EXPECT_EQ(place(find_path(root, "lane.chain[0].taps")), "dir/a.toml:7:1");
  EXPECT_EQ(place(find_path(root, "lane.chain[0].taps[1]")), "dir/a.toml:8:9");
  for (const char* path : {"", "lane", "lane.fec", "lane.chain[0].taps[1]"})
    EXPECT_EQ(find_path(root, path)->layer, Layer::card) << path;
}

TEST(TomlReader, SkipsAByteOrderMarkAndReadsEmptyText) {
  EXPECT_EQ(value_at<std::int64_t>(parse_toml("\xef\xbb\xbfx = 1\n", "a.toml"), "x"), 1);
  EXPECT_TRUE(parse_toml("", "a.toml").table()->items.empty());
  EXPECT_EQ(value_at<std::int64_t>(parse_toml("x = 1\r\ny = 2", "a.toml"), "y"), 2);
}

TEST(TomlReaderRefuses, TextThatIsNotToml) {
  for (const char* text : {"x = \n", "x = 1\nx = 2\n", "[a\n", "x = \"open\n", "x = 1 y = 2\n", "x = 0x\n",
                           "x = [1, 2\n", "\xff = 1\n", "x = 99999999999999999999\n"}) {
    EXPECT_THAT(message_of([&] { parse_toml(text, "a.toml"); }),
                testing::MatchesRegex("a\\.toml:[0-9]+: not valid TOML: .+"))
        << text;
  }
}

TEST(TomlReaderRefuses, AtTheLineAndColumn) {
  const Mark twice = mark_of_error("a = 1\nb = 2\n  a = 3\n");
  EXPECT_EQ(twice.file, "a.toml");
  EXPECT_EQ(twice.line, 3);
  EXPECT_GT(twice.column, 2);
  EXPECT_EQ(mark_of_error("a = 1\n\nb = ?\n").line, 3);
  EXPECT_EQ(mark_of_error("a = 1\n\nb = ?\n").column, 5);
}

TEST(TomlReaderRefuses, DatesAndTimes) {
  for (const char* text : {"x = 1\ny = 2024-05-01\n", "x = 1\ny = 07:32:00\n",
                           "x = 1\ny = 2024-05-01T07:32:00Z\n", "x = 1\ny = [2024-05-01]\n"})
    EXPECT_EQ(
        message_of([&] { parse_toml(text, "a.toml"); }),
        "a.toml:2: dates and times are not used here (allowed: a number, a text in quotes, true, false)");
}

// As deep as the limit says and one deeper, and deep enough to break a recursion without it.
TEST(TomlReaderRefuses, DeepNesting) {
  const auto dotted = [](int levels) {
    std::string text = "a";
    for (int i = 1; i < levels; ++i) text += ".a";
    return text + " = 1\n";
  };
  const auto message = [](const std::string& text) {
    return message_of([&] { parse_toml(text, "a.toml"); });
  };
  EXPECT_EQ(message(dotted(100)), "no error");
  EXPECT_EQ(message(dotted(101)), "a.toml:1: keys are nested too deep (allowed: at most 100 levels)");
  EXPECT_EQ(message("x = 1\n" + dotted(100000)),
            "a.toml:2: keys are nested too deep (allowed: at most 100 levels)");
  EXPECT_EQ(message("x = " + std::string(90, '[') + std::string(90, ']') + "\n"), "no error");
  for (const std::size_t levels : {110, 100000})
    EXPECT_THAT(message("x = " + std::string(levels, '[') + std::string(levels, ']') + "\n"),
                testing::StartsWith("a.toml:1: "))
        << levels;
}

}  // namespace
}  // namespace waverack::io
