// A laser that was measured: current, voltage and light from the table. Expected values: by hand from tables
// whose curves are straight lines or known at their points.

#include "waverack/parts/measured_laser.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "unit/base/message_of.hpp"
#include "waverack/parts/light.hpp"

namespace waverack::parts {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr double zero_celsius = 273.15;

// Two lasers without roll-over: at 20 degC 0.4·(I − 10 mA), at 60 degC 0.2·(I − 30 mA), both up to 110 mA; 1
// V + 2 ohm·I.
std::string straight_laser() {
  std::string text = "temperature_c,current_ma,power_mw,voltage_v\n";
  for (const auto& [celsius, threshold, slope] : {std::tuple{20, 10.0, 0.4}, {60, 30.0, 0.2}})
    for (int i = 0; i <= 110; i += 10)
      text += std::to_string(celsius) + "," + std::to_string(i) + "," +
              std::to_string(std::max(slope * (i - threshold), 0.0)) + "," + std::to_string(1.0 + 0.002 * i) +
              "\n";
  return text;
}

// Rolls over at 60 mA.
const std::string bent =
    "t_c,i_ma,p_mw\n"
    "25,0,0\n25,10,0\n25,20,4\n25,30,8\n25,40,11\n25,50,13\n25,60,14\n25,70,13.5\n";

DiodeLaser laser_of(const std::string& text, double power = 20e-3) {
  DiodeLaser laser;
  laser.output_power = power;
  laser.thermal_resistance = 50.0;
  laser.liv_file.file = "liv.csv";
  laser.liv_file.laser = std::make_shared<const MeasuredLaser>(network::parse_liv_csv(text, "liv.csv"));
  return laser;
}

Conditions laser_at(double celsius) {
  Conditions conditions;
  conditions.temperature = zero_celsius + celsius;
  return conditions;
}

TEST(MeasuredLaser, GivesItsPoints) {
  const DiodeLaser laser = laser_of(straight_laser());
  const auto drive = drive_for(laser, 20e-3, zero_celsius + 20.0);  // 10 + 20/0.4 = 60 mA
  ASSERT_TRUE(drive);
  EXPECT_NEAR(drive->current, 60e-3, 1e-12);
  EXPECT_NEAR(drive->voltage, 1.12, 1e-12);
  EXPECT_NEAR(drive->threshold, 10e-3, 1e-12);
  EXPECT_NEAR(drive->efficiency, 20.0 / (1.12 * 60.0), 1e-12);
  // The measured curve holds the laser's own heat already: it only tells the junction.
  EXPECT_NEAR(drive->junction_temperature - zero_celsius, 20.0 + 50.0 * (1.12 * 60e-3 - 20e-3), 1e-9);
  EXPECT_NEAR(power(laser, laser_at(20.0)), 1.12 * 60e-3, 1e-12);
  EXPECT_NEAR(drive_for(laser, 10e-3, zero_celsius + 60.0)->current, 80e-3, 1e-12);
  EXPECT_NEAR(drive_for(laser, 10e-3, zero_celsius + 60.0)->threshold, 30e-3, 1e-12);
  EXPECT_THAT(remarks(laser, laser_at(20.0)), IsEmpty());
}

// Half way between 40 mW and 16 mW at most there are 28 mW, by 110 mA; half of it is where both are half of
// theirs: (60 + 70)/2 mA. The threshold is half way too, and so is the voltage.
TEST(MeasuredLaser, BetweenTwoTemperatures) {
  const DiodeLaser laser = laser_of(straight_laser());
  const auto drive = drive_for(laser, 14e-3, zero_celsius + 40.0);
  ASSERT_TRUE(drive);
  EXPECT_NEAR(drive->current, 65e-3, 1e-12);
  EXPECT_NEAR(drive->voltage, 1.0 + 2.0 * 65e-3, 1e-12);
  EXPECT_NEAR(drive->threshold, 20e-3, 1e-12);
  EXPECT_NEAR(drive_for(laser, 0.0, zero_celsius + 40.0)->current, 20e-3, 1e-12);
  EXPECT_NEAR(drive_for(laser, 28e-3, zero_celsius + 40.0)->current, 110e-3, 1e-12);
}

// Monotone in power at any temperature, and in temperature at any power; continuous at the measured
// temperatures.
TEST(MeasuredLaser, IsMonotoneAndContinuous) {
  const DiodeLaser laser = laser_of(straight_laser());
  for (double celsius = 20.0; celsius <= 60.0; celsius += 2.5) {
    double before = -1.0;
    for (double milliwatt = 0.0; milliwatt <= 16.0; milliwatt += 0.5) {
      const auto here = drive_for(laser, milliwatt * 1e-3, zero_celsius + celsius);
      ASSERT_TRUE(here);
      EXPECT_GT(here->current, before);
      before = here->current;
      const auto warmer = drive_for(laser, milliwatt * 1e-3, zero_celsius + celsius + 1.0);
      EXPECT_GE(warmer->current, here->current - 1e-12) << celsius;
      const auto close = drive_for(laser, milliwatt * 1e-3, zero_celsius + celsius + 1e-6);
      EXPECT_NEAR(close->current, here->current, 1e-6);
    }
  }
}

// Through the points of a curve that bends, to its top and not beyond.
TEST(MeasuredLaser, RollsOver) {
  const DiodeLaser laser = laser_of(bent, 11e-3);
  EXPECT_NEAR(drive_for(laser, 11e-3, zero_celsius + 25.0)->current, 40e-3, 1e-12);
  EXPECT_NEAR(drive_for(laser, 14e-3, zero_celsius + 25.0)->current, 60e-3, 1e-12);
  EXPECT_FALSE(drive_for(laser, 14.01e-3, zero_celsius + 25.0));
  EXPECT_NEAR(largest_power(laser, zero_celsius + 25.0), 14e-3, 1e-9);
  // Line through 4 and 8 mW: 0.4·(I − 10 mA).
  EXPECT_NEAR(drive_for(laser, 11e-3, zero_celsius + 25.0)->threshold, 10e-3, 1e-12);
  // Not measured: V_0 + I·R_s of the part.
  EXPECT_NEAR(drive_for(laser, 11e-3, zero_celsius + 25.0)->voltage, 0.9 + 40e-3 * 1.2, 1e-12);
  Instance instance;
  instance.name = "laser";
  instance.part = laser_of(bent, 20e-3);
  EXPECT_THAT(message_of([&] { light_after(std::span(&instance, 1), laser_at(25.0)); }),
              HasSubstr("the laser cannot give 13.01 dBm in surroundings of 25 degC"));
}

// The measurement ended while the light still rose: its last line goes on, up to the rating, with a remark.
TEST(MeasuredLaser, GoesOnWhereItWasNotMeasured) {
  DiodeLaser laser = laser_of(straight_laser(), 48e-3);
  const auto drive = drive_for(laser, 48e-3, zero_celsius + 20.0);  // 10 + 48/0.4 = 130 mA
  ASSERT_TRUE(drive);
  EXPECT_NEAR(drive->current, 130e-3, 1e-12);
  EXPECT_NEAR(drive->voltage, 1.26, 1e-9);
  EXPECT_THAT(
      remarks(laser, laser_at(20.0)),
      ElementsAre("130 mA is outside of the currents of 'liv.csv': its curve is continued straight on"));
  laser.largest_current = 120e-3;
  EXPECT_FALSE(drive_for(laser, 48e-3, zero_celsius + 20.0));
  EXPECT_NEAR(largest_power(laser, zero_celsius + 20.0), 44e-3, 1e-9);
  EXPECT_THAT(
      remarks(laser_of(straight_laser(), 10e-3), laser_at(70.0)),
      ElementsAre(
          "the surroundings of 70 degC are outside of 'liv.csv', which was measured from 20 degC to 60 "
          "degC: its nearest curve counts"));
  EXPECT_NEAR(drive_for(laser, 10e-3, zero_celsius + 70.0)->current, 80e-3, 1e-12);
  // Begun at 50 mA with 5 mW: 10 mA less for every 2 mW, down to a threshold of 25 mA.
  const DiodeLaser late = laser_of("t_c,i_ma,p_mw\n25,50,5\n25,60,7\n25,70,9\n25,80,11\n", 2e-3);
  EXPECT_NEAR(drive_for(late, 2e-3, zero_celsius + 25.0)->current, 35e-3, 1e-12);
  EXPECT_THAT(remarks(late, laser_at(25.0)), ElementsAre(HasSubstr("35 mA is outside of the currents")));
}

// A current that is held: the power follows the temperature. 60 mA give 20 mW at 20 degC and 6 mW at 60 degC.
TEST(MeasuredLaser, AtAStatedCurrent) {
  DiodeLaser laser = laser_of(straight_laser());
  laser.drive_current = 60e-3;
  Instance instance;
  instance.name = "laser";
  instance.part = laser;
  EXPECT_NEAR(light_after(std::span(&instance, 1), laser_at(20.0)).power, 20e-3, 1e-10);
  EXPECT_NEAR(light_after(std::span(&instance, 1), laser_at(60.0)).power, 6e-3, 1e-10);
  EXPECT_NEAR(power(laser, laser_at(60.0)), 60e-3 * 1.12, 1e-10);
  EXPECT_THAT(unused(laser), testing::Contains("output_power"));
  // The same without a table: 0.4·(60 − 10) mW, and at threshold and roll-over it is told.
  laser.liv_file = {};
  laser.threshold_current = 10e-3;
  laser.slope_efficiency = 0.4;
  laser.reference_temperature = zero_celsius + 20.0;
  laser.thermal_resistance = 0.0;
  EXPECT_NEAR(*power_at(laser, 60e-3, zero_celsius + 20.0), 20e-3, 1e-10);
  laser.drive_current = laser.largest_current;
  EXPECT_NEAR(*emitted_power(laser, zero_celsius + 20.0), 0.4 * (0.6 - 0.01), 1e-6);
  laser.drive_current = 5e-3;
  instance.part = laser;
  EXPECT_EQ(
      message_of([&] { light_after(std::span(&instance, 1), laser_at(20.0)); }),
      "lane.light.laser.drive_current: with 5 mA in surroundings of 20 degC the laser is below its threshold "
      "(allowed: 10 mA to 600 mA)");
  laser.drive_current = 700e-3;
  instance.part = laser;
  EXPECT_THAT(message_of([&] { light_after(std::span(&instance, 1), laser_at(20.0)); }),
              HasSubstr("with 700 mA in surroundings of 20 degC the laser rolls over or passes its rating"));
}

TEST(MeasuredLaser, Refusals) {
  EXPECT_EQ(message_of([] { laser_of("t_c,i_ma,p_mw\n25,10,5\n25,20,4\n25,30,3\n"); }),
            "liv.csv: the light at 25 degC rises over 1 points (allowed: three or more)");
}

// Read from a design: the numbers that the table replaces leave the list of what the run read, those that the
// design itself states get a warning, and a second reading of what is written is the same.
TEST(MeasuredLaser, InADesign) {
  ReadSources sources;
  sources.load_file = [&](std::string_view) { return straight_laser(); };
  Table table;
  table.set("part", Node("diode_laser"));
  table.set("liv_file", Node("liv.csv"));
  table.set("output_power", Node("13 dBm"));
  table.set("threshold_current", Node("8 mA"));
  Array array;
  array.push_back(Node(std::move(table)));
  ReadContext context(sources);
  const FieldType& type = field_type<std::vector<Instance>>();
  std::vector<Instance> list;
  type.read(context, Field{}, Node(array), "lane.light", &list);
  ASSERT_EQ(context.warnings.size(), 1u);
  EXPECT_EQ(context.warnings[0].path, "lane.light.diode_laser.threshold_current");
  EXPECT_EQ(context.warnings[0].message, "this number does not count beside others of the part");
  for (const char* key : {"threshold_current", "slope_efficiency", "slope_temperature", "diode_voltage"})
    EXPECT_FALSE(context.provenance.contains(std::string("lane.light.diode_laser.") + key)) << key;
  EXPECT_TRUE(context.provenance.contains("lane.light.diode_laser.rin"));

  const Node written = type.write(Field{}, &list);
  EXPECT_FALSE(written.array()->front().table()->find("threshold_current"));
  ReadContext again(sources);
  type.read(again, Field{}, written, "lane.light", &list);
  EXPECT_THAT(again.warnings, IsEmpty());
  EXPECT_NEAR(drive_for(std::get<DiodeLaser>(list[0].part), 20e-3, zero_celsius + 20.0)->current, 60e-3,
              1e-12);
}

}  // namespace
}  // namespace waverack::parts
