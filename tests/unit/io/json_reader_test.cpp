// Expected values: RFC 8259, and lines and columns counted by hand.

#include "waverack/io/json_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/base/message_of.hpp"

namespace waverack::io {
namespace {

std::string message(const std::string& text) {
  return message_of([&] { parse_json(text, "a.json"); });
}

TEST(JsonReader, ReadsEveryKindOfValue) {
  const Node root = parse_json(
      R"({"text": "\u00b5m\n\"", "whole": -3, "large": 9223372036854775807, "larger": 18446744073709551615,
          "fraction": 6.25e-2, "yes": true, "nothing": null, "list": [1, [2.5], {}], "table": {"a": {"b": 2}}})",
      "a.json");
  const auto value = [&](std::string_view path) { return find_path(root, path)->value; };
  EXPECT_EQ(std::get<std::string>(value("text")), "µm\n\"");
  EXPECT_EQ(std::get<std::int64_t>(value("whole")), -3);
  EXPECT_EQ(std::get<std::int64_t>(value("large")), 9223372036854775807);
  EXPECT_EQ(std::get<double>(value("larger")), 18446744073709551615.0);  // beyond the whole numbers of a Node
  EXPECT_EQ(std::get<double>(value("fraction")), 0.0625);
  EXPECT_TRUE(std::get<bool>(value("yes")));
  EXPECT_TRUE(find_path(root, "nothing")->is_null());
  EXPECT_EQ(find_path(root, "list")->array()->size(), 3U);
  EXPECT_EQ(std::get<double>((*find_path(root, "list[1]")->array())[0].value), 2.5);
  EXPECT_EQ(std::get<std::int64_t>(value("table.a.b")), 2);
}

TEST(JsonReader, KeepsTheOrderAndMarksTheFile) {
  const Node root = parse_json(R"({"b": 1, "a": {"d": 2, "c": [3]}})", "dir/a.json", Layer::card);
  EXPECT_EQ(root.table()->items[0].first, "b");
  EXPECT_EQ(root.table()->items[1].first, "a");
  EXPECT_EQ(find_path(root, "a")->table()->items[0].first, "d");
  for (const char* path : {"", "b", "a", "a.c", "a.c[0]"}) {
    EXPECT_EQ(find_path(root, path)->mark.file, "dir/a.json") << path;
    EXPECT_EQ(find_path(root, path)->mark.line, 1) << path;
    EXPECT_EQ(find_path(root, path)->layer, Layer::card) << path;
  }
}

// A number is known to have ended at the character behind it, which may be the end of the line.
TEST(JsonReader, MarksTheLines) {
  const Node root = parse_json(
      "{\n  \"a\": 1\n,\n  \"b\": [\n    2,\n    \"x\\n\",\n    {\n\n    }\n  ],\n"
      "  \"c\": true\n}\n",
      "a.json");
  const std::pair<const char*, int> lines[] = {{"", 1},     {"a", 2},    {"b", 4}, {"b[0]", 5},
                                               {"b[1]", 6}, {"b[2]", 7}, {"c", 11}};
  for (const auto& [path, line] : lines) EXPECT_EQ(find_path(root, path)->mark.line, line) << path;
}

TEST(JsonReader, ReadsAValueThatIsNoTable) {
  EXPECT_EQ(text_of(parse_json("[1, 2]", "a.json")), "[1, 2]");
  EXPECT_EQ(text_of(parse_json(" 3 ", "a.json")), "3");
}

TEST(JsonReaderRefuses, TextThatIsNotJson) {
  for (const char* text : {"", "{", "[1,]", "{\"a\" 1}", "{'a': 1}", "nul", "1 2", "{\"a\": 01}",
                           "{\"a\": NaN}", "\"\xff\"", "{} // comment", "[1e999]"})
    EXPECT_THAT(message(text), testing::MatchesRegex("a\\.json:1: not valid JSON: .+")) << text;
}

TEST(JsonReaderRefuses, AtTheLineAndColumn) {
  try {
    parse_json("{\n  \"a\": 1,\n  \"b\": ?\n}\n", "a.json");
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.info().mark.line, 3);
    EXPECT_EQ(error.info().mark.column, 8);
  }
}

TEST(JsonReaderRefuses, AKeyThatAppearsTwice) {
  EXPECT_EQ(message(R"({"a": 1, "b": {"a": 2}})"), "no error");
  EXPECT_EQ(message(R"({"b": {"a": 1, "c": 2, "a": 3}})"), "a.json:1: a: the key appears twice");
}

TEST(JsonReaderRefuses, MoreThanAHundredLevels) {
  const auto lists = [](std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); };
  const auto tables = [](int levels) {
    std::string text;
    for (int i = 0; i < levels; ++i) text += "{\"a\": ";
    return text + "1" + std::string(static_cast<std::size_t>(levels), '}');
  };
  EXPECT_EQ(message(lists(100)), "no error");
  EXPECT_EQ(message(tables(100)), "no error");
  constexpr const char* too_deep = "a.json:1: values are nested too deep (allowed: at most 100 levels)";
  EXPECT_EQ(message(lists(101)), too_deep);
  EXPECT_EQ(message(tables(101)), too_deep);
  EXPECT_EQ(message(std::string(1000000, '[')), too_deep);
}

}  // namespace
}  // namespace waverack::io
