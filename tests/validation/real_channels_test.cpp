// Lanes of 53.125 GBd through measured host channels. The channels are 802.3ck contributions; what COM makes
// of them stands in the facts (com-reference 2 and 3).

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "waverack/design/result.hpp"
#include "waverack/io/load.hpp"
#include "waverack/link/solve.hpp"

namespace waverack {
namespace {

namespace fs = std::filesystem;

const fs::path channels = fs::path(WAVERACK_SOURCE_DIR) / ".." / "shared" / "data" / "channels";

constexpr const char* lim =
    "lim_3ck_c2m_ch1/112G_cascaded_CDR6_Module_Thru_1_etch1100_TX7_L10_Full_Footprint.s4p";
constexpr const char* samtec = "samtec_c2m_il14/C2M__Z100_IL14_WC_BOR_H_L_H_THRU.s4p";
constexpr const char* truncated =
    "truncated/112G_cascaded_CDR6_Module_FEXT2_1_etch1100_TX7_L23_Full_Footprint.s4p";

// The design `name` with the board of its host replaced by a measured one.
LoadedDesign with_channel(const char* text, const char* file, const std::vector<std::string>& settings = {}) {
  const fs::path folder = fs::path(testing::TempDir());
  std::string test = testing::UnitTest::GetInstance()->current_test_info()->name();
  std::replace(test.begin(), test.end(), '/', '_');
  const fs::path design = folder / ("real_channel_" + test + ".toml");
  std::string toml = text;
  toml.replace(toml.find("CHANNEL"), 7, fs::absolute(channels / file).string());
  std::FILE* out = std::fopen(design.string().c_str(), "w");
  std::fputs(toml.c_str(), out);
  std::fclose(out);
  return io::load_design(design.string(), settings).loaded;
}

constexpr const char* electrical = R"(
title = "Host, measured board, DSP receiver"
[lane]
symbol_rate = "53.125 GBd"
pattern = "PRBS13Q"
[[lane.chain]]
card = "host-c2m-tx"
taps = [0.02, -0.16, 0.82, 0.0]
main_tap = 2
[[lane.chain]]
part = "touchstone"
file = "CHANNEL"
[[lane.chain]]
part = "receiver"
ctle_dc_gain = "-6 dB"
)";

class RealChannels : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (!fs::exists(channels / GetParam()))
      GTEST_SKIP() << "the measured channels are not beside the repository: " << GetParam();
  }
};

// COM gives these channels 4.3 dB and 3.1 dB of margin with a 4-tap receiver and 23 dB of loss with packages,
// so a receiver of 15 taps without packages must do better than COM's 3 dB limit, which is a detector error
// ratio of 1e-5.
TEST_P(RealChannels, ElectricalLaneWorksAsComSays) {
  const LoadedDesign loaded = with_channel(electrical, GetParam());
  const link::LaneResult lane = link::solve(loaded.design.lane);
  EXPECT_LT(lane.ber_pre_fec, 1e-5);
  EXPECT_GT(lane.ber_pre_fec, 0.0);
  EXPECT_GT(lane.snr_margin_db, 3.0);
  EXPECT_LT(lane.snr_margin_db, 20.0);
  // What limits it is the channel, not a part of ours.
  ASSERT_FALSE(lane.penalties.empty());
  EXPECT_EQ(lane.penalties.front().impairment, "response:touchstone") << lane.limits;
  // The files end at 50 GHz, below the first null of the held symbol: that is said.
  EXPECT_TRUE(std::any_of(lane.warnings.begin(), lane.warnings.end(), [](const Warning& warning) {
    return warning.message.find("50 GHz") != std::string::npos;
  }));
}

INSTANTIATE_TEST_SUITE_P(Boards, RealChannels, testing::Values(lim, samtec),
                         [](const auto& item) { return std::string(item.index == 0 ? "Lim" : "Samtec"); });

TEST(RealChannelFiles, OneThatStopsTooEarlyIsRefused) {
  if (!fs::exists(channels / truncated))
    GTEST_SKIP() << "the measured channels are not beside the repository";
  try {
    link::solve(
        with_channel(electrical, truncated, {"lane.chain.touchstone.ports=[1, 3, 2, 4]"}).design.lane);
    FAIL() << "a file that stops at 5.55 GHz was accepted for 53.125 GBd";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("GHz"), std::string::npos) << error.what();
    EXPECT_NE(error.info().path.find("lane.chain.touchstone"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace waverack
