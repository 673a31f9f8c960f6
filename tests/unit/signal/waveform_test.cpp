#include "waverack/signal/waveform.hpp"

#include <gtest/gtest.h>

namespace waverack::signal {
namespace {

TEST(Waveform, RatesAndDuration) {
  const Waveform waveform{std::vector<float>(64), 8e9, 16};
  EXPECT_DOUBLE_EQ(symbol_rate(waveform), 0.5e9);
  EXPECT_DOUBLE_EQ(duration(waveform), 8e-9);
  EXPECT_EQ(symbol_count(waveform), 4);
}

TEST(Waveform, PowerOfAField) {
  const FieldWaveform field{{{0.03f, 0.04f}, {-1.0f, 0.0f}}, 2.0, 1};
  const Waveform power = power_of(field);
  EXPECT_FLOAT_EQ(power.samples[0], 0.0025f);  // 0.03² + 0.04²
  EXPECT_FLOAT_EQ(power.samples[1], 1.0f);
  EXPECT_EQ(power.sample_rate, 2.0);
}

}  // namespace
}  // namespace waverack::signal
