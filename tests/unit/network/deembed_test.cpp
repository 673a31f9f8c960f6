#include "waverack/network/deembed.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "unit/base/message_of.hpp"
#include "unit/network/lines.hpp"
#include "unit/network/shared_data.hpp"
#include "waverack/network/mixed_mode.hpp"
#include "waverack/network/port_order.hpp"

namespace waverack::network {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

void expect_close(const Network& a, const Network& b, double tolerance) {
  ASSERT_EQ(a.s.size(), b.s.size());
  double worst = 0.0;
  for (std::size_t i = 0; i < a.s.size(); ++i) worst = std::max(worst, std::abs(a.s[i] - b.s[i]));
  EXPECT_LT(worst, tolerance);
}

// The same coupled lines from both ends, so that left and right cannot be mixed up.
Network fixture(int pairs) {
  return pairs == 1 ? lines({{1, 2}}, 0.0)
                    : select_ports(lines({{1, 2}, {3, 4}}, 0.05), std::vector{1, 3, 2, 4});
}
Network device(int pairs) {
  Network network = pairs == 1 ? lines({{1, 2}}, 0.0, -0.7) : lines({{1, 3}, {2, 4}}, 0.2, -0.7);
  for (std::size_t k = 0; k < network.points(); ++k) network.at(k, 1, 1) = {0.3, -0.2};
  network.name = "device";
  return network;
}

// Removing what was cascaded is the identity, to 1e-9 (issue 3, point 4).
TEST(Deembed, IsTheInverseOfACascade) {
  for (const int pairs : {1, 2}) {
    const Network f = fixture(pairs), d = device(pairs);
    expect_close(remove_left(cascade(f, d), f), d, 1e-12);
    expect_close(remove_right(cascade(d, f), f), d, 1e-12);
    expect_close(remove_right(remove_left(cascade(cascade(f, d), f), f), f), d, 1e-12);
    // The other end is another matter.
    EXPECT_GT(std::abs(remove_right(cascade(f, d), f).s[0] - d.s[0]), 1e-3);
  }
}

// Of whole channels the removal is ill-conditioned: the common mode of the first has nulls at 45 GHz.
// Rounding to 1e-16 may grow by the condition number, and no more; the differential path has no nulls.
TEST(Deembed, MeasuredChannels) {
  NEEDS_SHARED_DATA();
  const Network lim =
      read("channels/lim_3ck_c2m_ch1/112G_cascaded_CDR6_Module_Thru_1_etch1100_TX7_L10_Full_Footprint.s4p");
  const Network samtec = read("channels/samtec_c2m_il14/C2M__Z100_IL14_WC_BOR_H_L_H_THRU.s4p");
  ASSERT_TRUE(same_frequencies(lim.frequencies, samtec.frequencies));  // one in Hz, one in GHz
  const auto expect_identity = [](const Network& left, const Network& right, double largest_tolerance) {
    const double left_tolerance = 1e-16 * condition_number(left).value,
                 right_tolerance = 1e-16 * condition_number(right).value;
    EXPECT_LT(std::max(left_tolerance, right_tolerance), largest_tolerance);
    expect_close(remove_left(cascade(left, right), left), right, std::max(left_tolerance, 1e-13));
    expect_close(remove_right(cascade(left, right), right), left, std::max(right_tolerance, 1e-13));
  };
  expect_identity(select_ports(lim, infer_sides(lim).order()),
                  select_ports(samtec, infer_sides(samtec).order()), 1e-7);
  const PairPorts ports{1, 3, 2, 4};
  expect_identity(differential(lim, ports), differential(samtec, ports), 1e-9);
}

// A matched attenuator of S21 = a has the transfer matrix diag(a, 1/a), whose condition number is 1/a².
TEST(Deembed, ConditionNumber) {
  const Network weak = matched({1e9, 2e9, 3e9}, [](double f) { return f == 2e9 ? 0.005 : 0.5; });
  EXPECT_NEAR(condition_number(weak).value, 1.0 / (0.005 * 0.005), 1e-6);
  EXPECT_EQ(condition_number(weak).frequency, 2e9);
  const Network removed = remove_left(cascade(weak, weak), weak);
  EXPECT_EQ(removed.name, "line.s2p → line.s2p without line.s2p");
  EXPECT_THAT(removed.remarks,
              testing::ElementsAre("the removal of 'line.s2p' is ill-conditioned: errors grow up to "
                                   "4e+04 times, at 2 GHz"));
  const Network strong = line({1e9}, 0.5, 1e-9);
  EXPECT_NEAR(condition_number(strong).value, 4.0, 1e-12);
  EXPECT_THAT(remove_right(cascade(strong, strong), strong).remarks, IsEmpty());
}

TEST(Deembed, WhatTransmitsNothing) {
  const Network none = line({1e9, 2e9}, 0.0, 0.0), some = line({1e9, 2e9}, 1.0, 0.0);
  EXPECT_TRUE(std::isinf(condition_number(none).value));
  EXPECT_EQ(message_of([&] { remove_left(some, none); }),
            "line.s2p: the fixture cannot be removed: at 1 GHz it transmits nothing (allowed: a transmission "
            "at all "
            "frequencies)");
  EXPECT_THAT(message_of([&] { remove_left(some, line({1e9}, 1.0, 0.0)); }),
              HasSubstr("differ in their frequencies"));
}

}  // namespace
}  // namespace waverack::network
