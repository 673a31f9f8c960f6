// Scope exports of several makers, as their manuals and users show them. Expected values: the cells of the
// texts, by hand.

#include "waverack/compliance/captured_record.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../base/message_of.hpp"

namespace waverack::compliance {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

CapturedRecord parse(std::string_view text, std::optional<double> interval = std::nullopt) {
  return parse_capture_csv(text, "scope.csv", interval);
}
std::string refusal(std::string_view text, std::optional<double> interval = std::nullopt) {
  return message_of([&] { parse(text, interval); });
}

void expect(const CapturedRecord& record, double interval, const std::string& unit) {
  EXPECT_NEAR(record.sample_interval / interval, 1.0, 1e-9);
  EXPECT_EQ(record.unit, unit);
  EXPECT_THAT(record.samples, ElementsAre(0.5f, -1.5f, 2.0f));
}

TEST(CapturedRecord, TimeAndValueWithoutHeader) {
  expect(parse("0,0.5\n1e-12,-1.5\n2e-12,+2\n"), 1e-12, "");
  expect(parse("0\t0.5\r\n1e-12\t-1.5\r\n2e-12\t2\r\n"), 1e-12, "");
  expect(parse("  0   0.5\n1e-12  -1.5\n 2e-12  2"), 1e-12, "");
  expect(parse("0 , 0.5 ,\n1e-12,-1.5,\n2e-12,2,\n\n\n"), 1e-12, "");
  expect(parse("\xef\xbb\xbf"
               "0;0.5\r1e-12;-1.5\r2e-12;2\r"),
         1e-12, "");
}

TEST(CapturedRecord, DecimalCommas) {
  expect(parse("Zeit;Kanal\n0,0e-9;0,5\n0,5e-9;-1,5\n1,0e-9;2,0\n"), 0.5e-9, "");
  expect(parse("0,0\t0,5\n0,25\t-1,5\n0,5\t2\n"), 0.25, "");
  expect(parse("0,0 0,5\n0,25 -1,5\n0,5 2,0\n"), 0.25, "");
  expect(parse("Sample Interval;0,5;ns\n0,5;\n-1,5;\n2,0;\n"), 0.5e-9, "");
}

TEST(CapturedRecord, TektronixPreamble) {
  expect(
      parse(
          "Model,MSO64B\nFirmware Version,1.28\n\nWaveform Type,ANALOG\nPoint Format,Y\nHorizontal Units,s\n"
          "Horizontal Scale,4e-10\nHorizontal Delay,0\nSample Interval,8e-12\nRecord Length,3\n"
          "Gating,0.0% to 100.0%\nProbe Attenuation,1\nVertical Units,V\nVertical Offset,0\n"
          "Vertical Scale,0.1\nVertical Position,0\n,\n,\nLabel,\nTIME,CH1\n"
          "-8.0e-12,0.5\n0.0,-1.5\n8.0e-12,2.0\n"),
      8e-12, "V");
  // The older kind has the keys beside the numbers.
  expect(parse("Record Length,3,Points,-4e-12,0.5,\nSample Interval,4e-12,s,0,-1.5,\n"
               "Vertical Units,mV,,4e-12,2.0,\n"),
         4e-12, "mV");
  expect(parse("Record Length,3,Points,-4e-12,0.5\nVertical Units,V,,0,-1.5\n,,,4e-12,2.0\n"), 4e-12, "V");
}

TEST(CapturedRecord, KeysightPreamble) {
  expect(parse("Revision:,0\nType:,Raw\nStart:,0\nPoints:,3\nCount:,1\nXDispRange:,1E-10\nXInc:,1.25E-13\n"
               "XOrg:,0\nYUnits:,Watt\nXUnits:,second\nFrame:,N1000A\nDate:,1 APR 2026\nData:,\n"
               "0.5\n-1.5\n2\n"),
         1.25e-13, "W");
  expect(parse("x-axis,1\nsecond,Volt\n0,0.5\n1e-12,-1.5\n2e-12,2\n"), 1e-12, "V");
  expect(parse("XInc: 1.25 ps\nYUnits: uW\n0.5\n-1.5\n2\n"), 1.25e-12, "uW");
}

TEST(CapturedRecord, LecroyAndOthers) {
  expect(parse("LECROYWM806Zi,5121,Waveform\nSegments,1,SegmentSize,3\nSegment,TrigTime,TimeSinceSegment1\n"
               "#1,15-May-2026 10:00:00,0\nTime,Ampl\n-1e-12,0.5\n0,-1.5\n1e-12,2\n"),
         1e-12, "");
  expect(parse("Time,Channel A\n(ns),(mV)\n\n0,0.5\n0.1,-1.5\n0.2,2\n"), 0.1e-9, "mV");
  expect(parse("in s,C1 in V\n0,0.5\n1e-12,-1.5\n2e-12,2\n"), 1e-12, "V");
  expect(parse("# sample rate: 256 GSa/s\n# power_uw\n0.5\n-1.5\n2\n"), 1.0 / 256e9, "uW");
  expect(parse("time_ps;power [\xc2\xb5W]\n0;0.5\n2;-1.5\n4;2\n"), 2e-12, "uW");
}

TEST(CapturedRecord, ValuesAloneWithAnInterval) {
  expect(parse("0.5\n-1.5\n2\n", 3e-12), 3e-12, "");
  expect(parse("Sample Interval,1e-12\n0.5\n-1.5\n2\n", 3e-12), 3e-12, "");
  EXPECT_EQ(
      refusal("0.5\n-1.5\n2\n"),
      "scope.csv: the file says no sample interval, and has no column of times (allowed: --sample-interval, "
      "or a line such as 'Sample Interval,1e-12')");
}

TEST(CapturedRecord, AGivenIntervalAgreesWithTheTimes) {
  EXPECT_DOUBLE_EQ(parse("0,1\n1e-12,2\n2e-12,3\n", 1.0005e-12).sample_interval, 1.0005e-12);
  EXPECT_THAT(refusal("0,1\n1e-12,2\n2e-12,3\n", 1.1e-12), ::testing::HasSubstr("1 ps apart"));
}

// 1.3 ns in steps of 0.7 ps, written with three decimals of nanoseconds: rounded by 0.5 ps at most.
TEST(CapturedRecord, RoundedTimesAreEvenAllTheSame) {
  std::string text = "t (ns),v\n";
  for (int i = 0; i < 2000; ++i) {
    char line[32];
    std::snprintf(line, sizeof line, "%.3f,1\n", 0.0007 * i);
    text += line;
  }
  const CapturedRecord record = parse(text);
  EXPECT_NEAR(record.sample_interval, 0.7e-12, 0.7e-15);
  EXPECT_THAT(record.remarks,
              ElementsAre("The times are rounded to 1 ps; a sample interval of 700 fs fits all of them."));
  EXPECT_THAT(parse("0,1\n1e-12,2\n2e-12,3\n").remarks, IsEmpty());
}

TEST(CapturedRecord, MistakesAreNamedWithTheirLine) {
  const std::string even = "Time,V\n0,1\n1e-12,1\n2e-12,1\n3e-12,1\n";
  EXPECT_EQ(
      refusal(""),
      "scope.csv: the file is empty (allowed: time and value on a line, or a value alone: one waveform in a "
      "file)");
  EXPECT_THAT(refusal("Time,V\n"), ::testing::StartsWith("scope.csv: the file holds no samples"));
  EXPECT_THAT(refusal("0,1,2\n1,1,2\n"), ::testing::StartsWith("scope.csv:1: 3 numbers on a line"));
  EXPECT_THAT(refusal(even + "x,1\n"), ::testing::StartsWith("scope.csv:6: 'x' is not a number"));
  EXPECT_THAT(refusal(even + "4e-12,1mV\n"), ::testing::StartsWith("scope.csv:6: '1mV' is not a number"));
  EXPECT_THAT(refusal(even + "4e-12\n"), ::testing::StartsWith("scope.csv:6: a line unlike the first one"));
  EXPECT_THAT(refusal(even + "4e-12,\n"), ::testing::StartsWith("scope.csv:6: a line unlike the first one"));
  EXPECT_THAT(refusal(even + "4e-12,1,1\n"),
              ::testing::StartsWith("scope.csv:6: a line unlike the first one"));
  EXPECT_THAT(refusal(even + "4e-12,nan\n"), ::testing::StartsWith("scope.csv:6: 'nan' is no sample"));
  EXPECT_THAT(refusal(even + "4e-12,9.91e37\n"),
              ::testing::StartsWith("scope.csv:6: '9.91e37' is no sample"));
  EXPECT_THAT(refusal(even + "\n4e-12,1\n"),
              ::testing::StartsWith("scope.csv:7: numbers after an empty line"));
  EXPECT_THAT(refusal("0,1\n"), ::testing::StartsWith("scope.csv: the file holds one sample"));
  EXPECT_THAT(refusal("3,1\n2,1\n1,1\n"), ::testing::StartsWith("scope.csv: the times do not rise"));
  EXPECT_THAT(refusal(even + "5.00e-12,1\n6.00e-12,1\n"),
              ::testing::StartsWith("scope.csv:6: the times are not even: a step of 2 ps"));
}

}  // namespace
}  // namespace waverack::compliance
