#include "waverack/network/channel_response.hpp"

#include <gtest/gtest.h>

#include "unit/base/message_of.hpp"
#include "unit/network/impulse.hpp"
#include "unit/network/two_port.hpp"

namespace waverack::network {
namespace {

using Complex = std::complex<double>;
using std::numbers::pi;

Complex with_delay(const Channel& channel, double f) {
  return channel.response(f) * std::polar(1.0, -2.0 * pi * f * channel.latency);
}

// An ideal line is its delay and nothing else, at every frequency.
TEST(ChannelResponse, IdealLine) {
  for (const double delay : {0.0, 33e-12, 4.7e-9}) {
    const Channel channel = channel_response(line(grid(0.0, 50e9, 10e6), 1.0, delay));
    EXPECT_NEAR(channel.latency, delay, 0.1e-12);
    for (const double f : {0.0, 1e6, 5.005e9, 26.5625e9, 50e9, 80e9})
      EXPECT_LT(std::abs(with_delay(channel, f) - std::polar(1.0, -2.0 * pi * f * delay)), 1e-6)
          << delay << " " << f;
    EXPECT_TRUE(channel.remarks.empty());
  }
}

TEST(ChannelResponse, AttenuatorIsFlatBelowAndAboveItsData) {
  const Channel channel = channel_response(line(grid(1e9, 50e9, 1e9), 0.5, 0.0));
  for (const double f : {0.0, 0.1e9, 0.999e9, 1e9, 20.5e9, 50e9, 50.1e9, 400e9}) {
    EXPECT_LT(std::abs(with_delay(channel, f) - 0.5), 1e-9) << f;
    EXPECT_EQ(channel.response(-f), std::conj(channel.response(f))) << f;
  }
  EXPECT_NEAR(channel.latency, 0.0, 0.1e-12);
  EXPECT_EQ(channel.first_frequency, 1e9);
  EXPECT_EQ(channel.last_frequency, 50e9);
}

// A channel that turns the polarity stays real and negative at 0 Hz, also where the data start later.
TEST(ChannelResponse, PolarityIsKept) {
  for (const double first : {0.0, 0.2e9}) {
    const Channel channel = channel_response(line(grid(first, 50e9, 100e6), -0.5, 1e-9));
    EXPECT_NEAR(channel.response(0.0).real(), -0.5, 1e-9) << first;
    EXPECT_EQ(channel.response(0.0).imag(), 0.0) << first;
  }
}

// A line with an echo: cubic interpolation between samples 10 MHz apart. The echo turns by x = 0.126 rad from
// sample to sample; the error of the Hermite curve with parabola slopes is x⁴·(1/48 + 1/384), here 6e-6 of
// the echo's 0.1.
TEST(ChannelResponse, BetweenTheSamplesOfAnEcho) {
  const auto law = [](double f) {
    return std::polar(0.9, -2.0 * pi * f * 1e-9) + std::polar(0.1, -2.0 * pi * f * 3e-9);
  };
  const Channel channel = channel_response(matched(grid(0.0, 50e9, 10e6), law));
  EXPECT_NEAR(channel.latency, 1e-9, 0.1e-12);
  for (double f = 5e6; f < 50e9; f += 130e6) EXPECT_LT(std::abs(with_delay(channel, f) - law(f)), 1e-6) << f;
}

// The skin effect, exp(−a(1 + j)√f), with 20 dB at 50 GHz, 1 ns late.
constexpr double skin = 2.302585 / 223606.8;  // a, so that a·√50e9 = 2.302585 Np
Complex skin_line(double f) {
  return std::exp(Complex(-skin, -skin) * std::sqrt(f)) * std::polar(1.0, -2.0 * pi * f * 1e-9);
}

// Data from 10 MHz on: the extrapolation to 0 Hz is the same law, so H(0) = 1.
TEST(ChannelResponse, SkinEffectBelowTheData) {
  const Channel channel = channel_response(matched(grid(10e6, 50e9, 10e6), skin_line));
  EXPECT_NEAR(channel.response(0.0).real(), 1.0, 1e-6);
  EXPECT_EQ(channel.response(0.0).imag(), 0.0);
  for (const double f : {1e3, 1e5, 1e6, 9.9e6})
    EXPECT_LT(std::abs(with_delay(channel, f) - skin_line(f)), 1e-4) << f;
  ASSERT_EQ(channel.remarks.size(), 1u);
  EXPECT_EQ(channel.remarks[0],
            "the data start at 10 MHz: they are continued to 0 Hz by the skin-effect law, with 0.00 dB of "
            "loss at 0 Hz");
}

// Above the data the magnitude is the same law again.
TEST(ChannelResponse, LossLawAboveTheData) {
  const Channel channel = channel_response(matched(grid(0.0, 50e9, 10e6), skin_line));
  for (const double f : {50.01e9, 60e9, 106.25e9, 425e9})
    EXPECT_NEAR(std::abs(channel.response(f)) / std::abs(skin_line(f)), 1.0, 1e-4) << f;
}

// The response of the skin effect to an impulse is known: with exp(−k·√s), k = a/√π, it is
// h(t) = k/(2√π)·t^(−3/2)·exp(−k²/(4t)), and its integral erfc(k/(2√t)). Data to 50 GHz blur it over about 10
// ps.
TEST(ChannelResponse, SkinEffectInTime) {
  const Channel channel = channel_response(matched(grid(0.0, 50e9, 10e6), skin_line));
  const double k = skin / std::sqrt(pi);
  EXPECT_GT(channel.latency, 0.999e-9);
  EXPECT_LT(channel.latency, 1.010e-9);
  const Impulse impulse(channel.response, 850e9);
  // The tail beyond the 77 ns of the transform comes back evenly spread.
  const double wrapped = impulse.integral(-20e-12);
  EXPECT_LT(wrapped, 0.01);
  for (const double t : {50e-12, 100e-12, 1e-9})
    EXPECT_NEAR(impulse.integral(t + 1e-9 - channel.latency) - wrapped, std::erfc(k / (2.0 * std::sqrt(t))),
                0.005)
        << t;
  EXPECT_LT(impulse.energy_before(-10e-12), 1e-3);
}

// H is continuous where the laws meet.
TEST(ChannelResponse, NoStepsWhereTheLawsMeet) {
  const Channel channel = channel_response(matched(grid(1e9, 50e9, 100e6), skin_line));
  for (const double f : {1e9, 1.1e9, 50e9})
    EXPECT_LT(std::abs(channel.response(f * (1.0 + 1e-9)) - channel.response(f * (1.0 - 1e-9))), 1e-6) << f;
}

TEST(ChannelResponse, DcOffTheRealAxisIsRemarked) {
  const Channel channel = channel_response(matched(grid(0.0, 50e9, 100e6), [](double f) {
    return f == 0.0 ? std::polar(0.9, -5.0 * pi / 180.0) : Complex(0.9);
  }));
  EXPECT_EQ(channel.response(0.0), Complex(0.9));
  EXPECT_EQ(channel.remarks, std::vector<std::string>{
                                 "the value at 0 Hz is 5.0 degrees off the real axis: its magnitude counts"});
}

TEST(ChannelResponse, CoarseStepIsRemarked) {
  const Channel channel = channel_response(line(grid(0.0, 50e9, 1e9), 1.0, 0.4e-9));
  EXPECT_NEAR(channel.latency, 0.4e-9, 0.1e-12);
  EXPECT_EQ(
      channel.remarks,
      std::vector<std::string>{"the frequency step of 1 GHz is too coarse to be sure of a delay of 400 ps"});
}

// Phase noise that differs from sample to sample spreads its energy, here (0.2 rad)²/12 = 0.33 %, evenly over
// all times, so half of it comes before the pulse.
TEST(ChannelResponse, DataThatAreNotCausalAreRemarked) {
  const Channel channel = channel_response(matched(grid(0.0, 50e9, 10e6), [](double f) {
    // The fractional parts of √2·n² fill 0 … 1 evenly.
    const double n = 1.0 + std::round(f / 10e6), x = std::sqrt(2.0) * n * n;
    return f == 0.0 ? Complex(1.0) : std::polar(1.0, 0.2 * (x - std::floor(x)));
  }));
  ASSERT_EQ(channel.remarks.size(), 1u);
  EXPECT_NE(
      channel.remarks[0].find(" % of the pulse's energy comes before its front: the data are not causal"),
      std::string::npos);
  EXPECT_NEAR(std::stod(channel.remarks[0]), 0.167, 0.04);  // one draw, printed with two digits
}

TEST(ChannelResponse, WhatIsNoChannel) {
  Network three = line({1e9, 2e9}, 1.0, 0.0);
  three.ports = 3;
  EXPECT_EQ(message_of([&] { channel_response(three); }),
            "line.s2p: a network of 3 ports is no channel (allowed: a two-port)");
  EXPECT_EQ(message_of([] { channel_response(line({1e9}, 1.0, 0.0)); }),
            "line.s2p: there are data at one frequency only (allowed: at least two frequencies)");
  EXPECT_EQ(message_of([] {
              channel_response(line({1e9, 2e9}, 0.0, 0.0));
            }),
            "line.s2p: nothing is transmitted from the input to the output (allowed: a transmission above "
            "-300 dB)");
}

}  // namespace
}  // namespace waverack::network
