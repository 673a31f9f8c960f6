#include "waverack/link/reach.hpp"

#include <gtest/gtest.h>

#include "lanes.hpp"

namespace waverack::link {
namespace {

// The complete lane has 0.2 m of twinax and 500 m of fibre; its package line does not count.
TEST(Reach, CountsFibreAndTwinax) {
  EXPECT_DOUBLE_EQ(reach(lanes::complete_lane()), 500.2);
  EXPECT_EQ(reach(lanes::electrical_lane(53.125e9, Modulation::pam4, {}, {})), 0.0);
}

}  // namespace
}  // namespace waverack::link
