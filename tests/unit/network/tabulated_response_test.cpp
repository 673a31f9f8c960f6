#include "waverack/network/tabulated_response.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "unit/base/message_of.hpp"
#include "unit/network/two_port.hpp"

namespace waverack::network {
namespace {

using Complex = std::complex<double>;
using std::numbers::pi;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

FrequencyTable table_of(const signal::Response& h, std::vector<double> frequencies, bool with_phase) {
  FrequencyTable table;
  table.name = "h.csv";
  for (const double f : frequencies) {
    table.magnitude.push_back(std::abs(h(f)));
    if (with_phase) table.phase.push_back(std::arg(h(f)));
  }
  table.frequencies = std::move(frequencies);
  return table;
}

// 40 GHz with 37 ps of delay, every 250 MHz to 110 GHz: the phase of the file wraps four times.
TEST(TabulatedResponse, MeasuredPhaseWithDelay) {
  const signal::Response h = signal::butterworth(2, 40e9);
  const auto delayed = [&](double f) { return h(f) * std::polar(1.0, -2.0 * pi * f * 37e-12); };
  const Channel channel = tabulated_response(table_of(delayed, grid(0.0, 110e9, 250e6), true));
  EXPECT_THAT(channel.remarks, IsEmpty());
  for (double f = 0.1e9; f < 110e9; f += 0.37e9) {
    const Complex whole = channel.response(f) * std::polar(1.0, -2.0 * pi * f * channel.latency);
    ASSERT_LT(std::abs(whole - delayed(f)), 2e-5) << f;
    ASSERT_EQ(channel.response(-f), std::conj(channel.response(f)));
  }
  // The front of the pulse comes before the group delay of the filter, √2/(2π·40 GHz) = 5.6 ps.
  EXPECT_GT(channel.latency, 35e-12);
  EXPECT_LT(channel.latency, 43e-12);
  EXPECT_EQ(channel.response(0.0), Complex(1.0));
}

// Without phase: a pole and a Butterworth filter have minimum phase, so the complex response comes back. The
// error is that of the power law that continues the data: 2 % in phase at a fifth of their end.
TEST(TabulatedResponse, MinimumPhaseOfMagnitude) {
  for (const signal::Response& h : {signal::first_order_pole(20e9), signal::butterworth(4, 20e9)}) {
    const Channel channel = tabulated_response(table_of(h, grid(0.0, 200e9, 250e6), false));
    EXPECT_EQ(channel.latency, 0.0);
    EXPECT_THAT(channel.remarks,
                ElementsAre("the file states no phase: the minimum phase of its magnitude is taken"));
    for (double f = 0.1e9; f < 60e9; f += 0.43e9) ASSERT_LT(std::abs(channel.response(f) - h(f)), 3e-3) << f;
  }
}

TEST(TabulatedResponse, BelowTheDataItIsFlat) {
  const Channel channel =
      tabulated_response(table_of(signal::first_order_pole(40e9), grid(2e9, 110e9, 1e9), true));
  const double first = std::abs(signal::first_order_pole(40e9)(2e9));
  for (const double f : {0.0, 1e6, 1e9, 2e9}) EXPECT_NEAR(std::abs(channel.response(f)), first, 1e-12);
  EXPECT_EQ(channel.response(0.0).imag(), 0.0);
  EXPECT_THAT(channel.remarks, IsEmpty());
}

// A falling octave is continued as a power of f; a rising one stays where it ends.
TEST(TabulatedResponse, AboveTheDataThePowerLawGoesOn) {
  for (const bool with_phase : {false, true}) {
    const auto falling = [](double f) { return Complex(std::pow(std::max(f, 20e9) / 20e9, -3.0)); };
    const Channel channel = tabulated_response(table_of(falling, grid(1e9, 50e9, 1e9), with_phase));
    EXPECT_NEAR(std::abs(channel.response(100e9)), std::pow(5.0, -3.0), 1e-6);
    EXPECT_NEAR(std::abs(channel.response(1e12)), std::pow(50.0, -3.0), 1e-8);
    const auto rising = [](double f) { return Complex(1.0 + f / 50e9); };
    EXPECT_NEAR(
        std::abs(tabulated_response(table_of(rising, grid(1e9, 50e9, 1e9), with_phase)).response(1e12)), 2.0,
        1e-12);
  }
}

TEST(TabulatedResponse, AnInvertingPartStaysInverting) {
  const auto inverting = [](double f) { return -signal::first_order_pole(40e9)(f); };
  const Channel channel = tabulated_response(table_of(inverting, grid(0.0, 110e9, 0.5e9), true));
  EXPECT_NEAR(channel.response(0.0).real(), -1.0, 1e-12);
  EXPECT_NEAR(std::abs(channel.response(40e9) + signal::first_order_pole(40e9)(40e9) *
                                                    std::polar(1.0, 2.0 * pi * 40e9 * channel.latency)),
              0.0, 1e-4);
}

TEST(TabulatedResponse, Doubts) {
  const auto turned = [](double f) { return Complex(0.0, 1.0) * signal::first_order_pole(40e9)(f); };
  EXPECT_THAT(tabulated_response(table_of(turned, grid(10e9, 110e9, 1e9), true)).remarks,
              testing::Contains(HasSubstr("off the real axis: the sign of the response at 0 Hz is a guess")));
  const auto late = [](double f) { return std::polar(1.0, -2.0 * pi * f * 0.4e-9); };
  EXPECT_THAT(tabulated_response(table_of(late, grid(0.0, 110e9, 1e9), true)).remarks,
              testing::Contains("the frequency step of 1 GHz is too coarse to be sure of a delay of 400 ps"));
}

TEST(TabulatedResponse, Refusals) {
  FrequencyTable table{"h.csv", {1e9}, {1.0}, {}, {}};
  EXPECT_EQ(message_of([&] { tabulated_response(table); }),
            "h.csv: there are data at one frequency only (allowed: two or more)");
  table = {"h.csv", {0.0, 1e9}, {0.0, 1.0}, {}, {}};
  EXPECT_EQ(message_of([&] { tabulated_response(table); }),
            "h.csv: nothing is transmitted at 0 Hz, the first point (allowed: a magnitude above 0)");
}

// A fibre-like phase about 230 THz: 3 ps of group delay, and β of curvature that stays.
TEST(PassbandResponse, DelayGoesAndDispersionStays) {
  const double carrier = 230.1e12, delay = 3e-12, curvature = 2e-25;  // [s], [s²]
  const auto field = [&](double f) {
    const double x = f - 230e12;
    return std::polar(0.5, -2.0 * pi * x * delay - curvature * x * x);
  };
  const Channel channel = passband_response(table_of(field, grid(229e12, 231e12, 5e9), true), carrier);
  EXPECT_NEAR(channel.latency, delay + curvature * (carrier - 230e12) / pi, 1e-15);
  for (double f = -100e9; f <= 100e9; f += 7e9)
    ASSERT_LT(std::abs(channel.response(f) - std::polar(0.5, -curvature * f * f)), 1e-4) << f;
  EXPECT_THAT(channel.remarks, IsEmpty());
}

TEST(PassbandResponse, OutsideOfTheDataTheNearestPointCounts) {
  FrequencyTable table{"gc.dat", {229e12, 230e12}, {0.5, 0.6}, {}, {}};
  const Channel channel = passband_response(table, 232e12);
  EXPECT_EQ(channel.response(1e9), Complex(0.6));
  EXPECT_THAT(
      channel.remarks,
      ElementsAre("the carrier at 232 THz is outside of the data, 229 THz to 230 THz: the nearest point is "
                  "taken",
                  "the file states no phase: no dispersion is assumed"));
}

}  // namespace
}  // namespace waverack::network
