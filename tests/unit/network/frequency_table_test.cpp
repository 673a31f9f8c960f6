#include "waverack/network/frequency_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "unit/base/message_of.hpp"

namespace waverack::network {
namespace {

using std::numbers::pi;
using testing::DoubleNear;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pointwise;

std::string response_csv_refusal(const std::string& text) {
  return message_of([&] { parse_response_csv(text, "eo.csv"); });
}

TEST(ResponseCsv, WithHeader) {
  const FrequencyTable table = parse_response_csv(
      "# vector analyser, port 2 over port 1\n"
      "Frequency (GHz), S21 (dB), Phase (deg)\r\n"
      "0, 0, 0\r\n"
      "10, -20, -90\r\n"
      "20, -6.0205999132796239, 180 ! last\n",
      "eo.csv");
  EXPECT_THAT(table.frequencies, ElementsAre(0.0, 10e9, 20e9));
  EXPECT_THAT(table.magnitude, Pointwise(DoubleNear(1e-15), std::vector<double>{1.0, 0.1, 0.5}));
  EXPECT_THAT(table.phase, Pointwise(DoubleNear(1e-15), std::vector<double>{0.0, -pi / 2, pi}));
}

TEST(ResponseCsv, UnitsOfTheHeader) {
  const auto first = [](const std::string& header) {
    return parse_response_csv(header + "\n1 2\n4e6 1\n", "eo.csv");
  };
  EXPECT_EQ(first("f/Hz db").frequencies[0], 1.0);
  EXPECT_EQ(first("f_kHz db").frequencies[0], 1e3);
  EXPECT_EQ(first("f[MHz] db").frequencies[0], 1e6);
  EXPECT_EQ(parse_response_csv("THz db\n1 2\n2 1\n", "eo.csv").frequencies[0], 1e12);
  EXPECT_EQ(first("Hz linear").magnitude[0], 2.0);
  EXPECT_EQ(first("Hz ABS").magnitude[0], 2.0);
  EXPECT_EQ(parse_response_csv("hz;db;phase_rad\n0;0;1\n1e9;0;2\n", "eo.csv").phase[1], 2.0);
}

// Without a header: Hz, dB, degrees. Commas, semicolons, tabs and blanks; three digits in the exponent.
TEST(ResponseCsv, WithoutHeader) {
  for (const char* text :
       {"1e9,-20,90\n2e+009,-40,180\n", "1e9;-20;90\n2e9;-40;180", "1e9\t-20 90\n2e9   -40 180\n"}) {
    const FrequencyTable table = parse_response_csv(text, "eo.csv");
    EXPECT_THAT(table.frequencies, ElementsAre(1e9, 2e9)) << text;
    EXPECT_NEAR(table.magnitude[1], 0.01, 1e-15) << text;
    EXPECT_NEAR(table.phase[0], pi / 2, 1e-15) << text;
  }
  EXPECT_THAT(parse_response_csv("1e9,-20\n2e9,-40\n", "eo.csv").phase, IsEmpty());
}

TEST(ResponseCsv, Refusals) {
  EXPECT_EQ(response_csv_refusal(""), "eo.csv: the file holds 0 points (allowed: at least two)");
  EXPECT_EQ(response_csv_refusal("ghz,db\n1,0\n"), "eo.csv: the file holds 1 points (allowed: at least two)");
  EXPECT_EQ(response_csv_refusal("ghz,db\n1,0\n2,x\n"), "eo.csv:3: 'x' is not a number");
  EXPECT_EQ(response_csv_refusal("ghz,db\n1,0\n2,nan\n"), "eo.csv:3: 'nan' is not a finite number");
  EXPECT_EQ(response_csv_refusal("1e9,inf\n"), "eo.csv:1: 'inf' is not a finite number");
  EXPECT_EQ(response_csv_refusal("nan,1\n"), "eo.csv:1: 'nan' is not a finite number");
  EXPECT_EQ(response_csv_refusal("ghz,db\n1,1e999\n"),
            "eo.csv:2: '1e999' is too large or too small for a number");
  EXPECT_EQ(response_csv_refusal("ghz,db,deg\n1,0,0\n2,0\n"),
            "eo.csv:3: a line of 2 numbers (allowed: 3 on every line)");
  EXPECT_EQ(response_csv_refusal("ghz,db,deg\n1,,0\n"),
            "eo.csv:2: a cell is empty (allowed: a number in every column)");
  EXPECT_EQ(response_csv_refusal("1e9,0,0,0\n"),
            "eo.csv:1: there are 4 columns (allowed: frequency, magnitude and perhaps phase)");
  EXPECT_EQ(response_csv_refusal("ghz,db\n1,0\n1,0\n"),
            "eo.csv:3: the frequency 1 GHz follows 1 GHz (allowed: frequencies that rise)");
  EXPECT_EQ(response_csv_refusal("ghz,db\n2,0\n1,0\n"),
            "eo.csv:3: the frequency 1 GHz follows 2 GHz (allowed: frequencies that rise)");
  EXPECT_EQ(response_csv_refusal("-1,0\n"),
            "eo.csv:1: the frequency -1 Hz is out of range (allowed: 0 Hz, or 1 µHz to 1e18 Hz)");
  EXPECT_EQ(response_csv_refusal("ghz,abs\n1,-0.5\n"),
            "eo.csv:2: the magnitude -0.5 is out of range (allowed: 0 to 1e9)");
  EXPECT_EQ(response_csv_refusal("ghz,db\n1,181\n"),
            "eo.csv:2: the magnitude 181 is out of range (allowed: at most 180 dB)");
  EXPECT_EQ(response_csv_refusal("f,db\n1,0\n"),
            "eo.csv:1: the header 'f' does not say the unit of the frequency (allowed: Hz, kHz, MHz, GHz or "
            "THz, as "
            "in 'frequency_ghz,magnitude_db,phase_deg')");
  EXPECT_EQ(response_csv_refusal("ghz,s21\n1,0\n"),
            "eo.csv:1: the header 's21' does not say whether the magnitude is in dB (allowed: dB, linear or "
            "abs, as "
            "in 'frequency_ghz,magnitude_db,phase_deg')");
  EXPECT_EQ(response_csv_refusal("ghz,db,phase\n1,0,0\n"),
            "eo.csv:1: the header 'phase' does not say the unit of the phase (allowed: deg or rad, as in "
            "'frequency_ghz,magnitude_db,phase_deg')");
  EXPECT_EQ(response_csv_refusal("1,0\n67,-3\n"),
            "eo.csv: the data end at 67 Hz: their unit is missing (allowed: a header such as "
            "'frequency_ghz,magnitude_db,phase_deg')");
}

}  // namespace
}  // namespace waverack::network
