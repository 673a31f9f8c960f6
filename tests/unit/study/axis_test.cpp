// Values of one path: expected numbers by hand.

#include "waverack/study/axis.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/base/message_of.hpp"

namespace waverack::study {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Axis, DividesARangeEvenly) {
  const Axis axis = parse_axis("lane.chain.fibre.length=0.5 km:2 km:4");
  EXPECT_EQ(axis.path, "lane.chain.fibre.length");
  EXPECT_EQ(axis.unit, "km");
  EXPECT_FALSE(axis.logarithmic);
  EXPECT_THAT(axis.numbers, ElementsAre(0.5, 1.0, 1.5, 2.0));
  EXPECT_THAT(axis.values, ElementsAre("0.5 km", "1 km", "1.5 km", "2 km"));
}

// 0.1 + 0.2 is 0.30000000000000004 in binary; nobody wrote that.
TEST(Axis, HidesTheRoundingOfSums) {
  EXPECT_THAT(parse_axis("p=0:1:11").values,
              ElementsAre("0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1"));
}

TEST(Axis, KeepsTheEndsAsTheyAreWritten) {
  const Axis axis = parse_axis("p=0.1234567890123456:-7:3");
  EXPECT_EQ(axis.numbers.front(), 0.1234567890123456);
  EXPECT_EQ(axis.numbers.back(), -7.0);
}

TEST(Axis, TakesTheUnitOfTheFirstEnd) {
  const Axis axis = parse_axis("p=500 m:2 km:4");
  EXPECT_EQ(axis.unit, "m");
  EXPECT_THAT(axis.values, ElementsAre("500 m", "1000 m", "1500 m", "2000 m"));
}

// Equal steps in the unit that is written: 2 dB each, and not equal milliwatts.
TEST(Axis, DividesDecibelsInDecibels) {
  EXPECT_THAT(parse_axis("p=-6 dBm:0 dBm:4").values, ElementsAre("-6 dBm", "-4 dBm", "-2 dBm", "0 dBm"));
}

TEST(Axis, DividesALogarithmicRangeIntoEqualRatios) {
  const Axis axis = parse_axis("p=1 GHz:1 THz:4:log");
  EXPECT_TRUE(axis.logarithmic);
  EXPECT_THAT(axis.values, ElementsAre("1 GHz", "10 GHz", "100 GHz", "1000 GHz"));
}

TEST(Axis, ReadsListsOfNumbersAndOfTexts) {
  const Axis numbers = parse_axis("p=100 m, 2 km,0.5 km");
  EXPECT_EQ(numbers.unit, "m");
  EXPECT_THAT(numbers.numbers, ElementsAre(100.0, 2000.0, 500.0));
  const Axis texts = parse_axis("lane.chain.tia.card=tia-28nm,28nm-of-ours");
  EXPECT_TRUE(texts.numbers.empty());
  EXPECT_THAT(texts.values, ElementsAre("tia-28nm", "28nm-of-ours"));
  EXPECT_THAT(parse_axis("p=8,16").values, ElementsAre("8", "16"));
  // What is not of one dimension stays as it is, and whoever reads it says what is wrong.
  EXPECT_THAT(parse_axis("p=1 km,1 W").values, ElementsAre("1 km", "1 W"));
  EXPECT_TRUE(parse_axis("p=1 km,1 W").numbers.empty());
}

TEST(Axis, LeavesListsInBracketsWhole) {
  EXPECT_THAT(parse_axis("taps=[0, 1, 0],[-0.1, 0.9, 0]").values, ElementsAre("[0, 1, 0]", "[-0.1, 0.9, 0]"));
}

TEST(Axis, RefusesWhatIsNoRow) {
  const auto message = [](const char* text) { return message_of([&] { parse_axis(text); }); };
  EXPECT_THAT(message("lane.chain"), HasSubstr("--vary lane.chain: values are given as PATH=VALUES"));
  EXPECT_THAT(message("p=1:2"), HasSubstr("a range has two ends and a number of values"));
  EXPECT_THAT(message("p=1:2:1"), HasSubstr("'1' is not a number of values"));
  EXPECT_THAT(message("p=1:2:2.5"), HasSubstr("'2.5' is not a number of values"));
  EXPECT_THAT(message("p=1:2:3:lin"), HasSubstr("'lin' is not a way to space values"));
  EXPECT_THAT(message("p=0:2:3:log"), HasSubstr("need ends above 0"));
  EXPECT_THAT(message("p=1 km:2 W:3"), HasSubstr("'1 km' and '2 W' are not of one kind"));
  EXPECT_THAT(message("p=1:2 km:3"), HasSubstr("'1' and '2 km' are not of one kind"));
  EXPECT_THAT(message("p=1 kn:2 kn:3"), HasSubstr("unknown unit 'kn'"));
  EXPECT_THAT(message("p=a:b:3"), HasSubstr("'a' does not begin with a finite number"));
  EXPECT_THAT(message("p=1,,2"), HasSubstr("a value is missing"));
  EXPECT_THAT(message("p="), HasSubstr("a value is missing"));
}

TEST(Axis, RunsTheLastPathFastest) {
  const std::vector<Axis> axes{parse_axis("a=1,2"), parse_axis("b=x,y,z")};
  ASSERT_EQ(grid_size(axes), 6u);
  EXPECT_THAT(grid_settings(axes, grid_indices(axes, 0)), ElementsAre("a=1", "b=x"));
  EXPECT_THAT(grid_settings(axes, grid_indices(axes, 1)), ElementsAre("a=1", "b=y"));
  EXPECT_THAT(grid_settings(axes, grid_indices(axes, 5)), ElementsAre("a=2", "b=z"));
  const std::vector<Axis> huge{parse_axis("a=0:1:100000"), parse_axis("b=0:1:11")};
  EXPECT_THAT(message_of([&] { grid_size(huge); }), HasSubstr("the grid has too many points"));
}

}  // namespace
}  // namespace waverack::study
