// Measures of channels against what other programs print of the same files: the task force's COM code 4.50
// with the sheet of 100G C2C 120F, and SignalIntegrity (facts: com-reference 2, 3 and 6).

#include <gtest/gtest.h>

#include <filesystem>

#include "waverack/compliance/effective_return_loss.hpp"
#include "waverack/compliance/insertion_loss_fit.hpp"
#include "waverack/compliance/integrated_crosstalk.hpp"
#include "waverack/io/files.hpp"
#include "waverack/network/mixed_mode.hpp"
#include "waverack/network/touchstone.hpp"

namespace waverack::compliance {
namespace {

namespace fs = std::filesystem;

const fs::path data = fs::path(WAVERACK_SOURCE_DIR) / ".." / "shared" / "data";
constexpr double symbol_rate = 53.125e9;
// Of the sheets.
constexpr network::PairPorts lines_across{1, 3, 2, 4};

network::Network load(const std::string& file, const network::PairPorts& ports = lines_across) {
  const fs::path path = data / file;
  return network::differential(
      network::parse_touchstone(io::read_file(path, io::data_size_limit, file), file), ports);
}

struct Case {
  std::string name;
  std::string before, after;  // of a file's name
  std::string thru;
  std::vector<std::string> far_end, near_end;
  double raw, fitted, icn, erl, erl11, erl22;
};

const Case lim{"lim",
               "channels/lim_3ck_c2m_ch1/112G_cascaded_CDR6_Module_",
               "_1_etch1100_TX7_L10_Full_Footprint.s4p",
               "Thru",
               {"FEXT1", "FEXT2"},
               {"NEXT1", "NEXT2"},
               14.4011,
               14.7396,
               1.01114e-3,
               10.2998,
               15.07,
               10.2998};
const Case samtec{"samtec",
                  "channels/samtec_c2m_il14/C2M__Z100_IL14_WC_BOR_H_L_H_",
                  ".s4p",
                  "THRU",
                  {"FEXT1", "FEXT2", "FEXT3"},
                  {},
                  13.9351,
                  12.9577,
                  4.10351e-3,
                  7.28028,
                  8.30885,
                  7.28028};

class ChannelMeasures : public testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    if (!fs::exists(data / file(GetParam().thru)))
      GTEST_SKIP() << "the measured channels are not beside the repository: " << file(GetParam().thru);
  }
  static std::string file(const std::string& path) { return GetParam().before + path + GetParam().after; }
  static std::vector<network::Network> load_all(const std::vector<std::string>& paths) {
    std::vector<network::Network> networks;
    for (const std::string& path : paths) networks.push_back(load(file(path)));
    return networks;
  }
};

// As printed, to the last digit.
TEST_P(ChannelMeasures, AgreeOnLossAndFittedLoss) {
  const network::Network thru = load(file(GetParam().thru));
  EXPECT_NEAR(loss_db(thru, 2, 1, 0.5 * symbol_rate), GetParam().raw, 1e-4);
  EXPECT_NEAR(fit_insertion_loss(thru, symbol_rate).at(0.5 * symbol_rate), GetParam().fitted, 1e-4);
}

// The reference divides the squared amplitude by f_2 where 802.3 92.10.7 has f_b; with that it is met to the
// last digit of the bandwidth ratio of the sheet.
TEST_P(ChannelMeasures, AgreeOnCrosstalkNoise) {
  IntegratedCrosstalkSettings settings;
  settings.density = CrosstalkDensity::highest_frequency;
  const IntegratedCrosstalk icn = integrated_crosstalk(load_all(GetParam().far_end),
                                                       load_all(GetParam().near_end), symbol_rate, settings);
  EXPECT_NEAR(icn.total / GetParam().icn, 1.0, 1e-4);
}

// Within 0.02 dB. The better port of lim, which is not reported, is 0.02 dB off by the sample in which the
// two references differ (docs/theory/channel-measures.md, section 4).
TEST_P(ChannelMeasures, AgreeOnEffectiveReturnLoss) {
  const EffectiveReturnLoss erl =
      effective_return_loss(load(file(GetParam().thru)), {symbol_rate, 4, 1e-5, 32});
  EXPECT_NEAR(erl.erl_db, GetParam().erl, 0.02);
  EXPECT_NEAR(erl.ports[0].erl_db, GetParam().erl11, 0.03);
  EXPECT_NEAR(erl.ports[1].erl_db, GetParam().erl22, 0.02);
}

INSTANTIATE_TEST_SUITE_P(, ChannelMeasures, testing::Values(lim, samtec),
                         [](const auto& c) { return c.param.name; });

// SignalIntegrity's own unit test: 9.3858 dB, with pairs at ports 1, 2 and 3, 4. Its parameters name no
// window.
TEST(ChannelMeasuresAlone, AgreeWithSignalIntegrityOnEffectiveReturnLoss) {
  if (!fs::exists(data / "erl/sparam_res.s4p"))
    GTEST_SKIP() << "erl/sparam_res.s4p is not beside the repository";
  EffectiveReturnLossSettings settings;
  settings.length = 800;
  settings.equalised = 0;
  settings.window = false;
  const EffectiveReturnLoss erl =
      effective_return_loss(load("erl/sparam_res.s4p", {1, 2, 3, 4}), {106.25e9, 4, 1e-6, 10}, settings);
  EXPECT_NEAR(erl.ports[0].erl_db, 9.3858, 1e-4);
  EXPECT_GT(erl.ports[1].erl_db, erl.ports[0].erl_db);
}

}  // namespace
}  // namespace waverack::compliance
