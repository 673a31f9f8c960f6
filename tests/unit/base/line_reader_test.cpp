#include "waverack/base/line_reader.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <random>

#include "unit/base/message_of.hpp"

namespace waverack {
namespace {

double number(const std::string& word) { return LineReader("", "a.s1p", "!").number(word); }

// The C library rounds correctly, and so must every way through the reader: few digits, many digits,
// exponents near and far.
TEST(LineReader, NumbersAreRoundedAsTheCLibraryDoes) {
  std::mt19937_64 random(1);
  const auto upto = [&](int n) { return static_cast<int>(random() % static_cast<std::uint64_t>(n + 1)); };
  for (int i = 0; i < 100000; ++i) {
    std::string word = upto(1) == 1 ? "-" : "";
    for (int k = upto(12); k >= 0; --k) word += static_cast<char>('0' + upto(9));
    if (upto(3) > 0) word += '.';
    if (word.back() == '.')
      for (int k = upto(12); k > 0; --k) word += static_cast<char>('0' + upto(9));
    if (upto(1) == 1) word += fmt::format("{}{:0{}}", upto(1) == 1 ? "e-" : "E+", upto(40), 1 + upto(3));
    ASSERT_EQ(number(word), std::strtod(word.c_str(), nullptr)) << word;
  }
}

TEST(LineReader, NumbersAtTheLimitsOfTheShortWay) {
  for (const char* word :
       {"9007199254740992", "9007199254740993", "9007199254740991e22", "9007199254740991e-22", "1e23",
        "1e-23", "0.000000000000000001", "123456789012345678", "1234567890123456789", "-0", "-0.0", "5.",
        ".5", "1.e3", "1e0000000000000000000000000000000001"})
    EXPECT_EQ(number(word), std::strtod(word, nullptr)) << word;
  EXPECT_TRUE(std::signbit(number("-0")));
  for (const char* word : {"-", ".", "-.", "1e", "1e+", "1e-", "--1", "1-", "1e5.", "", "e5"})
    EXPECT_EQ(message_of([&] { number(word); }), fmt::format("a.s1p: '{}' is not a number", word));
}

TEST(LineReader, LinesAndComments) {
  LineReader lines("a!b\r#\r\rc d\r\n\n e ", "name", "!#");
  ASSERT_TRUE(lines.next_line());
  EXPECT_EQ(lines.line(), "a");
  ASSERT_TRUE(lines.next_line());
  EXPECT_EQ(lines.line(), "c d");
  EXPECT_EQ(lines.line_number(), 4);
  ASSERT_TRUE(lines.next_line());
  EXPECT_EQ(lines.line(), "e");
  EXPECT_EQ(lines.line_number(), 6);
  EXPECT_FALSE(lines.next_line());
}

}  // namespace
}  // namespace waverack
