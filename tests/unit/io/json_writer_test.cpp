// What is written is read back by a JSON parser that is not ours, and is the same; the layout is exact text.

#include "waverack/io/json_writer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>

#include "waverack/io/json_reader.hpp"

namespace waverack::io {
namespace {

using Json = nlohmann::json;

template <class T>
std::string written(const T& value) {
  JsonWriter writer;
  writer.value(value);
  return writer.take();
}

TEST(JsonWriter, LaysOutOneMemberALine) {
  JsonWriter writer;
  writer.begin_object();
  writer.member("name", "cpo");
  writer.member("lanes", 32);
  writer.member("ok", true);
  writer.key("none");
  writer.null();
  writer.key("list");
  writer.begin_array();
  writer.value(1);
  writer.begin_object();
  writer.end_object();
  writer.begin_array();
  writer.end_array();
  writer.end_array();
  writer.member("taps", std::vector<double>{0.5, -1.0});
  writer.end_object();
  EXPECT_EQ(writer.take(),
            "{\n"
            "  \"name\": \"cpo\",\n"
            "  \"lanes\": 32,\n"
            "  \"ok\": true,\n"
            "  \"none\": null,\n"
            "  \"list\": [\n"
            "    1,\n"
            "    {},\n"
            "    []\n"
            "  ],\n"
            "  \"taps\": [0.5, -1]\n"
            "}\n");
}

TEST(JsonWriter, IsEmptyAfterwards) {
  JsonWriter writer;
  writer.begin_object();
  writer.key("open");
  writer.take();
  writer.value(1);
  EXPECT_EQ(writer.take(), "1\n");
}

// Any double comes back bit for bit; the shortest text that does is the one that is written.
TEST(JsonWriter, NumbersReadBackTheSame) {
  std::mt19937_64 engine(1);
  for (int i = 0; i < 20000; ++i) {
    double number = 0.0;
    const std::uint64_t bits = engine();
    static_assert(sizeof number == sizeof bits);
    std::memcpy(&number, &bits, sizeof bits);
    if (!std::isfinite(number)) continue;
    ASSERT_EQ(Json::parse(written(number)).get<double>(), number);
  }
  EXPECT_EQ(written(0.1), "0.1\n");
  EXPECT_EQ(written(1.0 / 3.0), "0.3333333333333333\n");
  EXPECT_EQ(written(106.25), "106.25\n");
  EXPECT_EQ(written(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808\n");
}

TEST(JsonWriter, NumbersThatAreNotFiniteAreNull) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(written(infinity), "null\n");
  EXPECT_EQ(written(-infinity), "null\n");
  EXPECT_EQ(written(std::nan("")), "null\n");
  EXPECT_EQ(written(std::vector<double>{1.0, infinity, std::nan("")}), "[1, null, null]\n");
}

TEST(JsonWriter, ListsHaveTenDigits) {
  const double third = 1.0 / 3.0;
  EXPECT_EQ(written(std::vector<double>{third, -1e-20 * third, 0.0}),
            "[0.3333333333, -3.333333333e-21, 0]\n");
  EXPECT_EQ(written(std::vector<double>{}), "[]\n");
}

TEST(JsonWriter, RatiosHaveFiveDecimals) {
  JsonWriter writer;
  const std::vector<float> ratios{0.0f, 1.0f, 0.5f, 0.123456f, 1e-5f, 4e-6f, 0.9999999f, 0.10203f};
  writer.ratios(ratios);
  const std::string text = writer.take();
  EXPECT_EQ(text, "[0,1,0.5,0.12346,0.00001,0,1,0.10203]\n");
  const Json back = Json::parse(text);
  for (std::size_t i = 0; i < ratios.size(); ++i) EXPECT_NEAR(back[i].get<double>(), ratios[i], 0.5001e-5);
}

// Every byte below 0x80 and some characters of two, three and four bytes.
TEST(JsonWriter, TextReadsBackTheSame) {
  std::string text;
  for (char c = 1; c < 127; ++c) text += c;
  text += '\x7f';
  text += '\0';
  text += "µ – ≥ 𝜆";
  EXPECT_EQ(Json::parse(written(text)).get<std::string>(), text);
  JsonWriter writer;
  writer.begin_object();
  writer.member(text, 1);
  writer.end_object();
  EXPECT_EQ(Json::parse(writer.take()).begin().key(), text);
  EXPECT_EQ(written("a\"b\\c\n\t\x01/"), "\"a\\\"b\\\\c\\n\\t\\u0001/\"\n");
}

TEST(JsonWriter, ANodeReadsBackTheSame) {
  constexpr const char* text =
      "{\n"
      "  \"title\": \"t\",\n"
      "  \"none\": null,\n"
      "  \"taps\": [0.5, 1, \"x\", true],\n"
      "  \"empty\": [],\n"
      "  \"chain\": [\n"
      "    {\n"
      "      \"part\": \"fibre\",\n"
      "      \"length\": 500.25\n"
      "    },\n"
      "    {}\n"
      "  ]\n"
      "}\n";
  EXPECT_EQ(written(parse_json(text, "a.json")), text);
}

}  // namespace
}  // namespace waverack::io
