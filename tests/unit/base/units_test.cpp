// Units against their definitions: the SI brochure (9th edition, 2019) for SI units and prefixes, the
// international inch (0.0254 m), and the definition of the decibel.

#include "waverack/base/units.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "unit/base/message_of.hpp"

namespace waverack {
namespace {

struct Case {
  const char* text;
  const char* unit;  // of the same kind
  double si;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.text; }

class ReadsQuantity : public testing::TestWithParam<Case> {};

TEST_P(ReadsQuantity, AsSi) {
  const auto [text, unit, si] = GetParam();
  EXPECT_NEAR(parse_quantity(text, unit), si, 1e-14 * std::abs(si)) << text;
}

// What the field writes.
INSTANTIATE_TEST_SUITE_P(
    Field, ReadsQuantity,
    testing::Values(
        Case{"53.125 GBd", "Bd", 53.125e9}, Case{"106.25 Gb/s", "b/s", 106.25e9}, Case{"40 GHz", "Hz", 40e9},
        Case{"18.8 ps", "s", 18.8e-12}, Case{"1310 nm", "m", 1.31e-6}, Case{"2 km", "m", 2000},
        Case{"3 dB", "dB", 1.9952623149688795}, Case{"-3 dBm", "W", 0.50118723362727229e-3},
        // P(z) = P(0)·exp(-a·z): 1 dB is ln(10)/10 = 0.230258509299404568.
        Case{"1 dB/km", "dB/km", 0.230258509299404568e-3}, Case{"1 dB/cm", "dB/km", 23.0258509299404568},
        Case{"16 pA/sqrt(Hz)", "A/sqrt(Hz)", 16e-12}, Case{"2.2 V cm", "V m", 0.022},
        Case{"5 pJ/bit", "J/bit", 5e-12}, Case{"-150 dB/Hz", "dB/Hz", 1e-15},
        // 1 ps/(nm km) = 1e-12 s / (1e-9 m · 1e3 m).
        Case{"17 ps/(nm km)", "s/(m m)", 17e-6}, Case{"25 degC", "K", 298.15}, Case{"0.5 K/W", "K/W", 0.5},
        Case{"148 W/(m K)", "W/(m K)", 148}, Case{"1.5 L/min", "m^3/s", 1.5e-3 / 60}, Case{"12 W", "W", 12},
        Case{"1.2 kW", "W", 1200}, Case{"0.02 UI", "UI", 0.02}, Case{"0.093 ps/(nm^2 km)", "s/m^3", 93},
        Case{"70 dBohm", "ohm", 3162.27766016837933}, Case{"10 fF", "F", 1e-14}, Case{"80 %", "", 0.8},
        Case{"20 ppm", "", 2e-5}, Case{"100 FIT", "1/h", 1e-7 / 3600}, Case{"0.12 USD", "USD", 0.12},
        Case{"0.9 A/W", "A/W", 0.9}, Case{"50 mm^2", "m^2", 50e-6},
        Case{"180 deg", "rad", 3.14159265358979324}, Case{"4 in", "m", 0.1016}, Case{"1 MHz", "Hz", 1e6},
        Case{"0.1 pm/mW", "m/W", 1e-10}, Case{"2 h", "s", 7200}, Case{"5 year", "s", 5 * 365.25 * 86400},
        Case{"2 bar", "Pa", 2e5}));

// What people type for the same.
INSTANTIATE_TEST_SUITE_P(
    Aliases, ReadsQuantity,
    testing::Values(Case{"53.125 Gbaud", "Bd", 53.125e9}, Case{"53.125GBaud", "Bd", 53.125e9},
                    Case{"106.25 Gbps", "b/s", 106.25e9}, Case{"106.25 Gbit/s", "b/s", 106.25e9},
                    Case{"5 um", "m", 5e-6}, Case{"5 µm", "m", 5e-6}, Case{"5 μm", "m", 5e-6},
                    Case{"25 °C", "K", 298.15}, Case{"25 C", "K", 298.15}, Case{"50 Ohm", "ohm", 50},
                    Case{"5 kΩ", "ohm", 5000}, Case{"1 l/min", "L/min", 1e-3 / 60},
                    Case{"1 V*cm", "V m", 0.01}, Case{"1 V.cm", "V m", 0.01}, Case{"1 V·cm", "V m", 0.01},
                    Case{"17 ps/nm/km", "s/(m m)", 17e-6}, Case{"-150 dBc/Hz", "dB/Hz", 1e-15},
                    Case{"0.8 Vpp", "V", 0.8}, Case{"16 pA/√(Hz)", "A/sqrt(Hz)", 16e-12},
                    Case{"  500   m ", "m", 500}, Case{"+1 dBm", "W", 1.2589254117941673e-3},
                    Case{"1e-3 m", "m", 1e-3}, Case{"5 pJ/b", "J/bit", 5e-12}, Case{"0.12 $", "USD", 0.12},
                    Case{"500 Km", "m", 5e5}));

TEST(Units, DecibelsOfPowerAndAmplitudeDiffer) {
  EXPECT_NEAR(parse_quantity("20 dB", "dB"), 100.0, 1e-12);
  EXPECT_NEAR(parse_quantity("20 dBohm", "ohm"), 10.0, 1e-13);
}

TEST(Units, ATemperatureHasAnOffsetAndADifferenceHasNone) {
  EXPECT_DOUBLE_EQ(parse_quantity("0 degC", "K"), 273.15);
  EXPECT_DOUBLE_EQ(parse_quantity("0.08 nm/degC", "nm/K"), 0.08e-9);
  EXPECT_DOUBLE_EQ(parse_quantity("2 1/degC^2", "1/K^2"), 2.0);
}

TEST(Units, RefusesWithTheReason) {
  const auto message = [](const char* text, const char* unit) {
    return message_of([&] { parse_quantity(text, unit); });
  };
  EXPECT_EQ(message("500 m", "GBd"),
            "'500 m' has the wrong dimension (allowed: a value in GBd or another unit of that kind)");
  EXPECT_EQ(message("500", "m"), "'500' has no unit (allowed: a value in m or another unit of that kind)");
  EXPECT_EQ(message("3 dB", ""), "'3 dB' has the wrong dimension (allowed: a plain number)");
  EXPECT_EQ(message("W", "W"), "'W' does not begin with a finite number");
  EXPECT_EQ(message("nan W", "W"), "'nan W' does not begin with a finite number");
  EXPECT_EQ(message("inf W", "W"), "'inf W' does not begin with a finite number");
  EXPECT_EQ(message("1e999 W", "W"), "'1e999 W' does not begin with a finite number");
  EXPECT_EQ(message("53 Gbd", "Bd"), "unknown unit 'Gbd'. Did you mean 'GBd'?");
  EXPECT_EQ(message("5 q", "m"), "unknown unit 'q'");
  EXPECT_EQ(message("148 W/m K", "W/(m K)"),
            "cannot read the unit 'W/m K' beyond 'W/m'; write parentheses after '/', as in ps/(nm km)");
  EXPECT_EQ(message("1 W/(m K", "W/(m K)"), "missing ')' in the unit 'W/(m K'");
  EXPECT_EQ(message("1 sqrt Hz", "Hz"), "write sqrt(Hz) with parentheses");
  EXPECT_EQ(message("1 m^x", "m"), "a unit's power must be a whole number from -9 to 9, as in mm^2");
  EXPECT_EQ(message("1 m^128", ""), "a unit's power must be a whole number from -9 to 9, as in mm^2");
  EXPECT_EQ(message("1 dB^2", "dB"), "decibels have no powers and no roots");
  EXPECT_EQ(message("1 sqrt(dBm)", "W"), "decibels have no powers and no roots");
  EXPECT_EQ(message("1 dB/W", "dB"), "decibels combine only as dB/Hz and dB per length, such as dB/km");
  EXPECT_EQ(message("1 dBm/Hz", "W"), "decibels combine only as dB/Hz and dB per length, such as dB/km");
  EXPECT_EQ(message(("1 " + std::string(100000, '(')).c_str(), "m"),
            "a unit of 100000 characters is too long");
}

TEST(Units, WritesWhatItReads) {
  for (const char* text :
       {"2.2 V cm", "53.125 GBd", "16 pA/sqrt(Hz)", "-150 dB/Hz", "3.2 ps/(nm km)", "-3.1 dBm", "0.35 dB/km",
        "85 degC", "70.5 dBohm", "0.1 nm", "1310.7 nm", "1e-05 UI", "16.7 pJ/bit"}) {
    const std::string unit = split_quantity(text).unit;
    EXPECT_EQ(format_quantity_exact(parse_quantity(text, unit), unit), text);
  }
  EXPECT_EQ(format_quantity(0.022, "V cm"), "2.2 V cm");
  EXPECT_EQ(format_quantity(0.25, ""), "0.25");
  EXPECT_EQ(format_quantity(1.0 / 3.0, "mm", 3), "333 mm");
}

TEST(Units, NumbersOfSeventeenDigitsSurvive) {
  const double third = 1e-9 / 3.0;
  EXPECT_EQ(parse_quantity(format_quantity_exact(third, "nm"), "nm"), third);
  EXPECT_EQ(parse_quantity(format_quantity_exact(third, "m"), "m"), third);
}

TEST(Units, EngineeringPrefixes) {
  EXPECT_EQ(format_engineering(3.2e-12, "s"), "3.2 ps");
  EXPECT_EQ(format_engineering(0.0, "W"), "0 W");
  EXPECT_EQ(format_engineering(999.96, "W"), "1 kW");
  EXPECT_EQ(format_engineering(999.94, "W"), "999.9 W");
  EXPECT_EQ(format_engineering(1000.0, "W"), "1 kW");
  EXPECT_EQ(format_engineering(-53.125e9, "Hz"), "-53.12 GHz");  // ties to even in the last digit
  EXPECT_EQ(format_engineering(1.5, "V"), "1.5 V");
  EXPECT_EQ(format_engineering(1e-18, "s"), "0.001 fs");
  EXPECT_EQ(format_engineering(0.0421, "W", 2), "42 mW");
}

}  // namespace
}  // namespace waverack
