// The table of a laser's light and voltage. Expected values: the cells of the text, in SI, by hand.

#include "waverack/network/liv_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../base/message_of.hpp"

namespace waverack::network {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

LivTable parse_liv(std::string_view text) { return parse_liv_csv(text, "liv.csv"); }
std::string liv_csv_refusal(std::string_view text) {
  return message_of([&] { parse_liv(text); });
}

TEST(LivTable, OneLineForEachPointInAnyOrderOfColumns) {
  const LivTable table = parse_liv(
      "# wafer 7, bar 3\n"
      "Wavelength (nm);T (°C);Current (mA);Voltage (V);Optical power (mW);MPD_current (mA)\n"
      "1310;60;10;1.0;0;0.01\n"
      "1310;60;20;1.1;1.5;0.02\n"
      "1310;25;10;1.05;2;0.01\n"
      "1310;60;30;1.2;3;0.03\n"
      "1310;25;20;1.15;6;0.02\n"
      "1310;25;30;1.25;10;0.03\n");
  ASSERT_EQ(table.curves.size(), 2u);
  EXPECT_DOUBLE_EQ(table.curves[0].temperature, 298.15);
  EXPECT_THAT(table.curves[0].current, ElementsAre(DoubleEq(0.01), DoubleEq(0.02), DoubleEq(0.03)));
  EXPECT_THAT(table.curves[0].power, ElementsAre(DoubleEq(2e-3), DoubleEq(6e-3), DoubleEq(10e-3)));
  EXPECT_THAT(table.curves[0].voltage, ElementsAre(DoubleEq(1.05), DoubleEq(1.15), DoubleEq(1.25)));
  EXPECT_DOUBLE_EQ(table.curves[1].temperature, 333.15);
  EXPECT_THAT(table.curves[1].power, ElementsAre(0.0, DoubleEq(1.5e-3), DoubleEq(3e-3)));
}

TEST(LivTable, UnitsBehindTheNames) {
  for (const char* header :
       {"temperature_c,current_ma,power_mw", "T [degC],I [mA],L [mW]", "Temp (deg C),I/mA,P/mW",
        "\"Temperature (C)\",\"Current (mA)\",\"Light (mW)\"", "TEMPERATURE_DEGC,CURRENT_MA,POWER_MW"}) {
    const LivTable table = parse_liv(std::string(header) + "\n25,1,2\n25,2,3\n25,3,4\n");
    ASSERT_EQ(table.curves.size(), 1u) << header;
    EXPECT_DOUBLE_EQ(table.curves[0].temperature, 298.15) << header;
    EXPECT_DOUBLE_EQ(table.curves[0].current[2], 3e-3) << header;
    EXPECT_DOUBLE_EQ(table.curves[0].power[2], 4e-3) << header;
    EXPECT_THAT(table.curves[0].voltage, IsEmpty()) << header;
  }
  const LivTable table = parse_liv("t_k i_ua p_uw v_mv\n300 1 2 900\n300 2 3 901\n300 3 4 902\n");
  EXPECT_DOUBLE_EQ(table.curves[0].temperature, 300.0);
  EXPECT_DOUBLE_EQ(table.curves[0].current[0], 1e-6);
  EXPECT_DOUBLE_EQ(table.curves[0].power[0], 2e-6);
  EXPECT_DOUBLE_EQ(table.curves[0].voltage[0], 0.9);
}

TEST(LivTable, Refusals) {
  const std::string header = "t_c,i_ma,p_mw\n";
  EXPECT_EQ(liv_csv_refusal(""),
            "liv.csv: the file is empty (allowed: a header such as "
            "'temperature_degc,current_ma,power_mw,voltage_v')");
  EXPECT_EQ(liv_csv_refusal("25,1,2\n"),
            "liv.csv:1: no column holds the temperature (allowed: a header such as "
            "'temperature_degc,current_ma,power_mw,voltage_v')");
  EXPECT_EQ(liv_csv_refusal("t_c,i_ma,mpd_ma\n"),
            "liv.csv:1: no column holds the power (allowed: a header such as "
            "'temperature_degc,current_ma,power_mw,voltage_v')");
  EXPECT_EQ(liv_csv_refusal("t_c,i_ma,p_dbm\n"),
            "liv.csv:1: the header 'p_dbm' does not say the unit of the power (allowed: w, mw, uw, as in "
            "'temperature_degc,current_ma,power_mw,voltage_v')");
  EXPECT_EQ(liv_csv_refusal("t_c,i_ma,current_a,p_mw\n"),
            "liv.csv:1: the current comes twice (allowed: one column of each)");
  EXPECT_EQ(liv_csv_refusal(header),
            "liv.csv: the file holds no points (allowed: three or more at a temperature)");
  EXPECT_EQ(liv_csv_refusal(header + "25,1\n"), "liv.csv:2: a line of 2 values (allowed: 3 on every line)");
  EXPECT_EQ(liv_csv_refusal(header + "25,1,x\n"), "liv.csv:2: 'x' is not a number");
  EXPECT_EQ(liv_csv_refusal(header + "25,1,\n"), "liv.csv:2: '' is not a number");
  EXPECT_EQ(liv_csv_refusal(header + "900,1,1\n"),
            "liv.csv:2: the temperature 900 is out of range (allowed: 150 K to 500 K)");
  EXPECT_EQ(liv_csv_refusal(header + "25,2,1\n25,2,2\n"),
            "liv.csv:3: at 25 degC the current 2 mA follows 2 mA (allowed: currents that rise)");
  EXPECT_EQ(liv_csv_refusal(header + "25,1,1\n25,2,2\n"),
            "liv.csv: there are 2 points at 25 degC (allowed: three or more)");
  EXPECT_EQ(liv_csv_refusal(header + "25,1,0\n25,2,0\n25,3,0\n"),
            "liv.csv: there is no light at 25 degC (allowed: a power above 0)");
  EXPECT_EQ(liv_csv_refusal(header + "25,1,-1\n25,2,1\n25,3,2\n"),
            "liv.csv: the power falls to -1 mW at 25 degC (allowed: no less than -1 % of the largest)");
}

}  // namespace
}  // namespace waverack::network
