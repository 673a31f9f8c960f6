#include "waverack/thermal/hotspot.hpp"

#include <gtest/gtest.h>

#include "unit/base/message_of.hpp"

namespace waverack::thermal {
namespace {

constexpr std::string_view plan_text = R"(# two drivers beside a control block
# all dimensions are in meters

drivers	0.010	0.003	0.000	0.000
control	0.004	0.002	0.000	0.003	1.75e6	0.01   # with heat capacity and resistivity
TIAs	0.006	0.002	0.004	0.003
drivers	control	2.5
)";

TEST(HotSpot, ReadsAFloorplan) {
  const Floorplan plan = parse_floorplan(plan_text, "eic.flp");
  ASSERT_EQ(plan.units.size(), 3u);
  EXPECT_EQ(plan.units[1].name, "control");
  EXPECT_EQ(plan.units[1].line, 5);
  EXPECT_EQ(plan.units[2].x, 0.004);
  EXPECT_EQ(plan.units[2].y, 0.003);
  EXPECT_EQ(plan.units[2].width, 0.006);
  EXPECT_EQ(plan.units[2].height, 0.002);
  EXPECT_NEAR(plan.width, 0.010, 1e-15);
  EXPECT_NEAR(plan.height, 0.005, 1e-15);
}

TEST(HotSpot, SaysWhatIsWrongInAFloorplan) {
  const auto message = [](const std::string& text) {
    return message_of([&] { parse_floorplan(text, "a.flp"); });
  };
  EXPECT_EQ(message("# nothing\n"),
            "a.flp: no unit (allowed: name, width, height, left x, bottom y in metres)");
  EXPECT_EQ(message("core 1e-3 1e-3 0\n"),
            "a.flp:1: 4 words in a line (allowed: name, width, height, left x, bottom y in metres)");
  EXPECT_EQ(message("core 1e-3 0 0 0"),
            "a.flp:1: 'core' has no area (allowed: a width and a height above 0)");
  EXPECT_EQ(message("core 1e-3 1e-3 -1e-6 0"),
            "a.flp:1: 'core' begins left of or below 0 (allowed: corners at 0 or above)");
  EXPECT_EQ(message("core 1e-3 1mm 0 0"), "a.flp:1: '1mm' is not a number");
  EXPECT_EQ(
      message("core 16 16 0 0"),
      "a.flp:1: 'core' is larger than ten metres (allowed: name, width, height, left x, bottom y in metres)");
  EXPECT_EQ(message("core 1e-3 1e-3 0 0\n\ncore 1e-3 1e-3 1e-3 0"),
            "a.flp:3: 'core' stands in line 1 already");
  EXPECT_EQ(message("a 2e-3 2e-3 0 0\nb 2e-3 2e-3 1e-3 1e-3"), "a.flp:2: 'b' and 'a' overlap");
  EXPECT_EQ(message("b 2e-3 2e-3 1e-3 1e-3\na 2e-3 2e-3 0 0"), "a.flp:2: 'a' and 'b' overlap");
}

// Six digits of a metre do not always meet.
TEST(HotSpot, LetsRoundedUnitsTouch) {
  EXPECT_EQ(parse_floorplan("a 0.001033 1e-3 0 0\nb 0.001033 1e-3 0.0010329999 0", "a.flp").units.size(), 2u);
}

TEST(HotSpot, ReadsAPowerTrace) {
  const PowerTrace trace = parse_power_trace("drivers\tTIAs\n# W\n7.0\t5\n\n3.5 0\n", "a.ptrace");
  EXPECT_EQ(trace.units, (std::vector<std::string>{"drivers", "TIAs"}));
  ASSERT_EQ(trace.steps(), 2u);
  EXPECT_EQ(trace.at(1, 0), 3.5);
  EXPECT_EQ(mean_power(trace), (std::vector<double>{5.25, 2.5}));
  EXPECT_EQ(match_units(trace, {"control", "TIAs", "drivers"}), (std::vector<std::size_t>{2, 1}));
}

TEST(HotSpot, SaysWhatIsWrongInAPowerTrace) {
  const auto message = [](const std::string& text) {
    return message_of([&] { parse_power_trace(text, "a.ptrace"); });
  };
  EXPECT_EQ(message(""), "a.ptrace: an empty power trace (allowed: a line of names, then lines of watts)");
  EXPECT_EQ(message("a b\n"), "a.ptrace: no step of time (allowed: lines of watts behind the line of names)");
  EXPECT_EQ(message("a b a\n1 2 3"), "a.ptrace:1: 'a' comes twice");
  EXPECT_EQ(message("a b\n1 2\n1\n"), "a.ptrace:3: 1 numbers for 2 units");
  EXPECT_EQ(message("a b\n1 nan"), "a.ptrace:2: 'nan' is not a finite number");
  const PowerTrace trace = parse_power_trace("driver\n1", "a.ptrace");
  EXPECT_EQ(message_of([&] {
              match_units(trace, {"drivers", "TIAs"});
            }),
            "a.ptrace: the trace has watts for 'driver', which is no block. Did you mean 'drivers'?");
}

}  // namespace
}  // namespace waverack::thermal
