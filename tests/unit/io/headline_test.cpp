// The figures that stand at the head of every answer. Expected values: what the result itself says elsewhere.

#include "waverack/io/headline.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace waverack::io {
namespace {

std::string laser_note_of(const std::string& when_new, const std::string& at_the_end) {
  Result result;
  result.module.laser.present = result.module.laser.external = true;
  result.module.laser.elsfp_class = when_new;
  result.module.laser.end_of_life.elsfp_class = at_the_end;
  const std::vector<Headline> list = headline(result);
  const auto laser =
      std::find_if(list.begin(), list.end(), [](const Headline& item) { return item.label == "Laser"; });
  return laser == list.end() ? "no laser" : laser->note;
}

// The terminal, the JSON and the report say which class every lane needs for life: so does the headline, and
// not the lower one of a typical lane when new.
TEST(Headline, TheLaserClassIsThatOfTheEndOfLife) {
  EXPECT_EQ(laser_note_of("HP", "VHP"), "ELSFP class VHP");
  EXPECT_EQ(laser_note_of("VHP", "none"), "beyond the ELSFP classes");
  EXPECT_EQ(laser_note_of("HP", ""), "ELSFP class HP");
}

}  // namespace
}  // namespace waverack::io
