#include "waverack/fec/codeword_stream.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/fec/codewords.hpp"
#include "waverack/base/error.hpp"

namespace waverack::fec {
namespace {

std::vector<std::uint8_t> random_bytes(std::size_t count, Random& random) {
  std::vector<std::uint8_t> bytes(count);
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
  return bytes;
}

// Symbol s of a stream is its bits 10·s … 10·s + 9, the lowest first.
std::vector<Symbol> symbols_of(const std::vector<std::uint8_t>& bytes, std::size_t count) {
  std::vector<Symbol> symbols(count);
  for (std::size_t i = 0; i < 10 * count && i < 8 * bytes.size(); ++i)
    symbols[i / 10] |= static_cast<Symbol>((bytes[i / 8] >> (i % 8) & 1) << (i % 10));
  return symbols;
}

// A message of the polynomial 1: one bit, and the parity is the generator without its first coefficient, 575
// first (facts: standards 8.1).
TEST(CodewordStream, OrderOfBits) {
  std::vector<std::uint8_t> message(642);
  message[641] = 0x04;  // bit 5130, the lowest of the last symbol of 514
  const std::vector<std::uint8_t> stream = encode_stream(kp4, message);
  ASSERT_EQ(stream.size(), 680u);
  const std::vector<Symbol> codeword = symbols_of(stream, 544);
  EXPECT_EQ(codeword[513], 1);
  EXPECT_EQ(codeword[514], 575);
  EXPECT_EQ(codeword[543], 523);
}

// Against the reading version; the messages begin within bytes.
TEST(CodewordStream, CodewordsOfTheMessage) {
  Random random(1);
  for (const BlockCode& code : {kp4, kr4}) {
    const auto n = static_cast<std::size_t>(code.n), k = static_cast<std::size_t>(code.k);
    const std::vector<std::uint8_t> message = random_bytes(3000, random);
    const std::vector<Symbol> symbols = symbols_of(message, 5 * k);
    const std::vector<std::uint8_t> stream = encode_stream(code, message);
    ASSERT_EQ(stream.size(), 5 * n * 10 / 8);
    const std::vector<Symbol> sent = symbols_of(stream, 5 * n);
    for (std::size_t i = 0; i < 5; ++i) {
      std::vector<Symbol> codeword(symbols.begin() + i * k, symbols.begin() + (i + 1) * k);
      codeword.resize(n);
      encode_reed_solomon(code, codeword);
      EXPECT_EQ(codeword, std::vector<Symbol>(sent.begin() + i * n, sent.begin() + (i + 1) * n)) << code.name;
    }
  }
}

TEST(CodewordStream, ComesBack) {
  Random random(2);
  const BlockCode odd{"RS(101,71)", 101, 71, 10, 15};
  for (const BlockCode& code : {kp4, odd}) {
    const std::vector<std::uint8_t> message = random_bytes(5000, random);
    std::vector<std::uint8_t> stream = encode_stream(code, message);
    stream[40] ^= 0xff;  // one or two symbols of the first codeword
    const DecodedStream decoded = decode_stream(code, stream);
    ASSERT_GE(decoded.message.size(), message.size());
    EXPECT_TRUE(std::equal(message.begin(), message.end(), decoded.message.begin())) << code.name;
    for (std::size_t i = message.size(); i < decoded.message.size(); ++i) EXPECT_EQ(decoded.message[i], 0);
    EXPECT_THAT(decoded.statuses[0].corrected, testing::AnyOf(1, 2));
    for (std::size_t i = 1; i < decoded.statuses.size(); ++i) EXPECT_TRUE(decoded.statuses[i].clean());
  }
}

TEST(CodewordStream, RefusesParts) {
  EXPECT_TRUE(encode_stream(kp4, {}).empty());
  EXPECT_TRUE(decode_stream(kp4, {}).message.empty());
  EXPECT_THROW(decode_stream(kp4, std::vector<std::uint8_t>(681)), Error);
  EXPECT_THROW(decode_stream(kp4, std::vector<std::uint8_t>(1)), Error);
}

}  // namespace
}  // namespace waverack::fec
