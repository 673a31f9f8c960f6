#include "waverack/network/port_order.hpp"

#include <gmock/gmock.h>

#include "unit/base/message_of.hpp"
#include "unit/network/lines.hpp"
#include "waverack/network/mixed_mode.hpp"

namespace waverack::network {
namespace {

using testing::ElementsAre;

TEST(PortOrder, SelectsAndTurnsBack) {
  const Network network = lines({{1, 4}, {2, 6}, {3, 5}}, 0.01);
  const std::vector<int> order{3, 1, 6, 2, 5, 4};
  const Network other = select_ports(network, order);
  for (int i = 0; i < 6; ++i)
    for (int j = 0; j < 6; ++j)
      EXPECT_EQ(other.at(1, i + 1, j + 1),
                network.at(1, order[static_cast<std::size_t>(i)], order[static_cast<std::size_t>(j)]));
  EXPECT_EQ(select_ports(other, inverse_order(order)).s, network.s);
  EXPECT_EQ(select_ports(network, std::vector{5}).ports, 1);
  EXPECT_EQ(message_of([&] {
              select_ports(network, std::vector{1, 7});
            }),
            "lines.s6p: there is no port 7 (allowed: 1 to 6)");
  EXPECT_EQ(message_of([&] {
              select_ports(network, std::vector{1, 1});
            }),
            "lines.s6p: port 1 is named twice (allowed: every port once)");
}

TEST(PortOrder, SidesOfLines) {
  const Sides sides = infer_sides(lines({{1, 4}, {2, 6}, {3, 5}}, 0.01));
  EXPECT_THAT(sides.left, ElementsAre(1, 2, 3));
  EXPECT_THAT(sides.right, ElementsAre(4, 6, 5));
  EXPECT_THAT(sides.order(), ElementsAre(1, 2, 3, 4, 6, 5));
  EXPECT_THAT(infer_sides(lines({{1, 2}, {3, 4}}, 0.1)).order(), ElementsAre(1, 3, 2, 4));
}

// More ports than one pair has: which of the lines make a pair is not in the data, but the lines are.
TEST(PortOrder, TheLinesOfManyPortsAreNamed) {
  EXPECT_THAT(
      message_of([] {
        infer_ports(lines({{1, 5}, {2, 6}, {3, 7}, {4, 8}}, 0.01));
      }),
      testing::HasSubstr("the ports of a 8-port cannot be paired without being told: there are lines from "
                         "1 to 5, 2 to 6, 3 to 7, 4 to 8"));
}

TEST(PortOrder, SidesThatDoNotShow) {
  // −2.1 dB to the partner and −10 dB to every other port: 8 dB of lead.
  EXPECT_THAT(message_of([] {
                infer_sides(lines({{1, 2}, {3, 4}}, 0.316));
              }),
              testing::HasSubstr(
                  "the data do not tell which ports belong together: at low frequency port 1 transmits"));
  Network three = lines({{1, 2}, {3, 4}}, 0.01);
  three = select_ports(three, std::vector{1, 2, 3});
  EXPECT_NE(message_of([&] { infer_sides(three); }), "no error");
}

}  // namespace
}  // namespace waverack::network
