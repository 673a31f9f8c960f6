#include "waverack/coherent/scrambler.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <vector>

namespace waverack::coherent {
namespace {

std::vector<std::uint8_t> sequence(std::size_t count) {
  std::vector<std::uint8_t> bits(count);
  FrameScrambler scrambler;
  scrambler.apply(bits);
  return bits;
}

// A register of 16 stages set to FFFF whose x^16 stage is the output and whose stages 1, 3, 12 and 16 are fed
// back (ITU-T G.709, figure 11-3), bit by bit.
TEST(FrameScrambler, IsTheShiftRegister) {
  const std::vector<std::uint8_t> bits = sequence(140000);
  unsigned stages = 0xFFFF;  // bit k − 1: stage k
  for (const std::uint8_t bit : bits) {
    ASSERT_EQ(bit, stages >> 15 & 1);
    const unsigned fed = (stages ^ stages >> 2 ^ stages >> 11 ^ stages >> 15) & 1;
    stages = (stages << 1 | fed) & 0xFFFF;
  }
  // The polynomial is primitive.
  for (std::size_t n = 0; n + 65535 < bits.size(); ++n) ASSERT_EQ(bits[n], bits[n + 65535]);
  int ones = 0;
  for (std::size_t n = 0; n < 65535; ++n) ones += bits[n];
  EXPECT_EQ(ones, 32768);
}

TEST(FrameScrambler, TwiceIsNothingHoweverItIsSplit) {
  std::vector<std::uint8_t> data(30000);
  for (std::size_t i = 0; i < data.size(); ++i) data[i] = static_cast<std::uint8_t>(i * i / 7 & 1);
  const std::vector<std::uint8_t> original = data;
  FrameScrambler scrambler;
  scrambler.apply(data);
  EXPECT_NE(data, original);
  scrambler.reset();
  std::span<std::uint8_t> rest(data);
  for (std::size_t size = 1; !rest.empty(); size = 3 * size % 5003) {
    const std::size_t count = std::min(size, rest.size());
    scrambler.apply(rest.first(count));
    rest = rest.subspan(count);
  }
  EXPECT_EQ(data, original);
}

}  // namespace
}  // namespace waverack::coherent
