// The reference code's sheet, in the layouts that spreadsheets save.

#include "waverack/compliance/com_sheet_csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/base/message_of.hpp"
#include "waverack/compliance/matlab_value.hpp"

namespace waverack::compliance {
namespace {

using testing::Contains;
using testing::DoubleNear;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(MatlabValue, ReadsWhatSheetsHold) {
  EXPECT_EQ(parse_matlab_value("0.75"), (SheetMatrix{{0.75}}));
  EXPECT_EQ(parse_matlab_value(" [1.2e-4 1.2e-4] "), (SheetMatrix{{1.2e-4, 1.2e-4}}));
  EXPECT_EQ(parse_matlab_value("[12 31; 1.8, 1.8]"), (SheetMatrix{{12.0, 31.0}, {1.8, 1.8}}));
  EXPECT_EQ(parse_matlab_value("[-2:1:0]"), (SheetMatrix{{-2.0, -1.0, 0.0}}));
  EXPECT_EQ(parse_matlab_value("[0.3 0.2*ones(1,2) ones(1,2)*0.1]"),
            (SheetMatrix{{0.3, 0.2, 0.2, 0.1, 0.1}}));
  for (const char* text :
       {"", "[]", "[1 2", "[;]", "[1;]", "abc", "1 x", "[1:0:5]", "1e999", "nan", "ones(2,2)", "[0:1e-9:1]"})
    EXPECT_EQ(parse_matlab_value(text), std::nullopt) << text;
}

ComSheet with_a_case() {
  ComSheet sheet;
  sheet.cases = {{"none", {}, {}, {}}};
  return sheet;
}

// Two tables side by side, a head, units and information, as the xls sheets have them.
constexpr const char* sheet_text =
    "Table 93A-1 parameters,,,,I/O control,,,\n"
    "Parameter,Setting,Units,Information,,DIAGNOSTICS,1,logical\n"
    "f_b,53.125,GBd,,,Port Order,[1 3 2 4],\n"
    "C_d,[1.2e-4 0],nF,[TX RX],,COM Pass threshold,3,dB\n"
    "L_s,\"[0.12, 0]\",nH,[TX RX],,DER_0,1.00E-05,\n"
    "z_p (TX),[15 30; 1.8 1.8],mm,,,T_r,7.50E-03,ns\n"
    "z_p (NEXT),[0 0; 0 0],mm\n"
    "z_p (RX),[0 0; 0 0],mm\n"
    "package_Z_c,[87.5 92.5],Ohm\n"
    "package_tl_gamma0_a1_a2,[0 0.0009909 0.0002772],\n"
    "package_tl_tau,6.141E-03,ns/mm\n"
    "c(0),0.54,,min\n"
    "c(-1),[-0.34:0.02:0],,[min:step:max]\n"
    "c(-2),[0:0.02:0.12],,\n"
    "N_b,4,UI\n"
    "b_max(1),0.4,\n"
    "b_max(2..N_b),[0.15 0.15 0.1],\n"
    "b_min(1),0.1,\n"
    "b_min(2..N_b),[-0.15 -0.15 -0.05],\n"
    "g_DC,[-13:1:0],dB\n"
    "eta_0,4.10E-08,V^2/GHz\n"
    "SNR_TX,32.5,dB\n"
    "T_O,50,mUI\n"
    "f_f,31.5334,GHz\n"
    "Frobnicate,7,\n"
    "sigma_RJ,about 0.01,UI\n";

TEST(ComSheetCsv, ReadsTheSheetOfTheReferenceCode) {
  const ComSheetCsv read = parse_com_sheet_csv(sheet_text, "tp1a.csv", ComSheet{});
  const ComSheet& s = read.sheet;
  EXPECT_DOUBLE_EQ(s.signal.symbol_rate, 53.125e9);
  EXPECT_THAT(s.transmitter_device.die_capacitances, ElementsAre(DoubleNear(120e-15, 1e-20)));
  EXPECT_THAT(s.receiver_device.die_capacitances, ElementsAre(0.0));
  EXPECT_THAT(s.transmitter_device.die_inductances, ElementsAre(DoubleNear(120e-12, 1e-17)));
  ASSERT_EQ(s.cases.size(), 2u);
  EXPECT_THAT(s.cases[1].transmitter, ElementsAre(DoubleNear(30e-3, 1e-12), DoubleNear(1.8e-3, 1e-12)));
  EXPECT_THAT(s.cases[1].receiver, ElementsAre(0.0, 0.0));
  EXPECT_NEAR(s.package_line.delay, 6.141e-9, 1e-18);                // s/m
  EXPECT_NEAR(s.package_line.a_1, 9.909e-4 * 3.16227766e-2, 1e-10);  // √s/m: √1e-9·1e3
  EXPECT_THAT(s.dfe.upper, ElementsAre(0.4, 0.15, 0.15, 0.1));
  EXPECT_THAT(s.dfe.lower, ElementsAre(0.1, -0.15, -0.15, -0.05));
  ASSERT_EQ(s.transmitter.pre_taps.size(), 2u);
  EXPECT_EQ(values_of(s.transmitter.pre_taps[1]).size(), 18u);
  EXPECT_EQ(values_of(s.transmitter.pre_taps[0]).size(), 7u);
  EXPECT_EQ(values_of(s.ctle.dc_gain_db).size(), 14u);
  EXPECT_NEAR(s.noise.density, 4.1e-17, 1e-30);
  EXPECT_NEAR(s.noise.transmitter_snr, 1778.279, 1e-3);
  EXPECT_NEAR(s.eye.half_window, 0.05, 1e-15);
  EXPECT_NEAR(s.icn.far_end_bandwidth_ratio, 0.59357, 1e-5);
  EXPECT_EQ(s.limits.com_db, 3.0);
  EXPECT_EQ(s.signal.detector_error_ratio, 1e-5);
  EXPECT_NEAR(s.transmitter.rise_time, 7.5e-12, 1e-24);
  EXPECT_THAT(read.unknown,
              ElementsAre(HasSubstr("row 25: Frobnicate = 7"), HasSubstr("row 26: sigma_RJ = about")));
  EXPECT_THAT(read.ignored, Contains("DIAGNOSTICS"));
}

// Parameters that are not known are told from every column, and where a known one has a value that is not
// computed.
TEST(ComSheetCsv, TellsWhatItDoesNotKnowInEveryColumn) {
  const ComSheetCsv read = parse_com_sheet_csv(
      "Parameter,Setting,Units,,Table 93A-1,,\n"
      "SNR_TX,33,dB,,Frobnicate,7,\n"
      "R_0,50,Ohm,,AC_CM_RMS,0.01,V\n"
      "R_d,[50 50],Ohm,[TX RX],CDR,MM,\n"
      "Histogram_Window_Weight,dual_rayleigh,selection,,SAVE_FIGURES,0,logical\n",
      "x.csv", with_a_case());
  EXPECT_THAT(read.unknown, ElementsAre("row 2: Frobnicate = 7", "row 3: AC_CM_RMS = 0.01",
                                        "row 5: Histogram_Window_Weight = dual_rayleigh"));
  EXPECT_THAT(read.ignored, ElementsAre("R_0", "CDR", "SAVE_FIGURES"));
}

// Sections in the rows, as in z_p, with columns for the two ends; or in the columns.
TEST(ComSheetCsv, ReadsTheImpedancesOfSections) {
  const std::string lengths = "z_p (TX),[12 31; 1.8 1.8]\nz_p (RX),[12 29; 1.8 1.8]\npackage_Z_c,";
  const auto read = [&](const std::string& lines, const char* impedances) {
    return parse_com_sheet_csv(lines + impedances + ",Ohm\n", "x.csv", with_a_case())
        .sheet.package_line.impedances;
  };
  for (const char* text :
       {"[87.5 87.5 ; 92.5 92.5 ]", "[87.5; 92.5]", "[87.5 92.5]", "[87.5 92.5; 87.5 92.5]"})
    EXPECT_THAT(read(lengths, text), ElementsAre(87.5, 92.5)) << text;
  EXPECT_THAT(read("z_p (TX),[12 30]\nz_p (RX),[12 30]\npackage_Z_c,", "[78.2 78.2]"), ElementsAre(78.2));
  EXPECT_THAT(message_of([&] { read(lengths, "[87.5 90; 92.5 92.5]"); }),
              HasSubstr("differs between transmitter and receiver"));
}

TEST(ComSheetCsv, ReadsAllowedPairsOfGains) {
  const ComSheet base = with_a_case();
  for (const char* lows : {"[0 -1 -2]", "[0;-1;-2]", "[0 0;0 -1;-1 -2]"}) {
    const ComSheet sheet =
        parse_com_sheet_csv(std::string("G_Qual,[-2 -9;-2 -11;-4 -10],dB\nG2_Qual,") + lows + ",dB\n",
                            "x.csv", base)
            .sheet;
    ASSERT_EQ(sheet.ctle.allowed.size(), 3u) << lows;
    EXPECT_EQ(sheet.ctle.allowed[1].dc_gain_low_db, -1.0);
    EXPECT_EQ(sheet.ctle.allowed[1].highest_db, -2.0);
    EXPECT_EQ(sheet.ctle.allowed[1].lowest_db, -11.0);
  }
  EXPECT_THAT(message_of([&] { parse_com_sheet_csv("G_Qual,[-2 -9;-2 -11],dB\n", "x.csv", base); }),
              HasSubstr("G_Qual has 2 ranges and G2_Qual 0 limits"));
}

// Corners of ICN: in the sheets of 2022 as a share of the symbol rate, before them in GHz.
TEST(ComSheetCsv, TakesCornersAsSharesOrInGigahertz) {
  const ComSheet base = with_a_case();
  const ComSheet sheet =
      parse_com_sheet_csv(
          "f_b,106.25,GBd\nf_f,0.594,*Fb\nf_n,53.125,GHz\nZ_t,45,Ohm\nTDR_Butterworth,0,logical\n", "x.csv",
          base)
          .sheet;
  EXPECT_EQ(sheet.icn.far_end_bandwidth_ratio, 0.594);
  EXPECT_EQ(sheet.icn.near_end_bandwidth_ratio, 0.5);
  EXPECT_EQ(sheet.erl.termination, 90.0);
  EXPECT_FALSE(sheet.erl.receiver_filter);
}

TEST(ComSheetCsv, RefusesWhatIsNoSheetOrOutOfRange) {
  EXPECT_THAT(message_of([] { parse_com_sheet_csv("a,b\n1,2\n", "x.csv", ComSheet{}); }),
              HasSubstr("holds no parameter of COM"));
  std::string wrong = sheet_text;
  wrong.replace(wrong.find("c(0),0.54"), 9, "c(0),5.40");
  EXPECT_THAT(message_of([&] { parse_com_sheet_csv(wrong, "x.csv", ComSheet{}); }),
              HasSubstr("smallest_main_tap"));
}

}  // namespace
}  // namespace waverack::compliance
