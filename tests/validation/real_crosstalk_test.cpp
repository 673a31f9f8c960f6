// Lanes of 53.125 GBd through measured host channels with the aggressors that
// were measured with them.

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numbers>

#include "waverack/io/load.hpp"
#include "waverack/link/crosstalk.hpp"
#include "waverack/link/solve.hpp"
#include "waverack/network/mixed_mode.hpp"
#include "waverack/network/touchstone.hpp"

namespace waverack {
namespace {

namespace fs = std::filesystem;
using std::numbers::pi;

const fs::path crosstalk_channels =
    fs::absolute(fs::path(WAVERACK_SOURCE_DIR) / ".." / "shared" / "data" / "channels");

struct Board {
  const char* name;
  const char* through;
  std::vector<const char*> far, near;
};

const std::vector<Board> boards{{"Lim",
                                 "lim_3ck_c2m_ch1/"
                                 "112G_cascaded_CDR6_Module_Thru_1_etch1100_TX7_L10_Full_Footprint.s4p",
                                 {"lim_3ck_c2m_ch1/"
                                  "112G_cascaded_CDR6_Module_FEXT1_1_etch1100_TX7_L10_Full_Footprint.s4p",
                                  "lim_3ck_c2m_ch1/"
                                  "112G_cascaded_CDR6_Module_FEXT2_1_etch1100_TX7_L10_Full_Footprint.s4p"},
                                 {"lim_3ck_c2m_ch1/"
                                  "112G_cascaded_CDR6_Module_NEXT1_1_etch1100_TX7_L10_Full_Footprint.s4p",
                                  "lim_3ck_c2m_ch1/"
                                  "112G_cascaded_CDR6_Module_NEXT2_1_etch1100_TX7_L10_Full_Footprint.s4p"}},
                                {"Samtec",
                                 "samtec_c2m_il14/C2M__Z100_IL14_WC_BOR_H_L_H_THRU.s4p",
                                 {"samtec_c2m_il14/C2M__Z100_IL14_WC_BOR_H_L_H_FEXT1.s4p",
                                  "samtec_c2m_il14/C2M__Z100_IL14_WC_BOR_H_L_H_FEXT2.s4p",
                                  "samtec_c2m_il14/C2M__Z100_IL14_WC_BOR_H_L_H_FEXT3.s4p"},
                                 {}}};

std::string design_of(const Board& board, bool with_aggressors) {
  std::string text = R"(
title = "Host, measured board and its aggressors, DSP receiver"
[lane]
symbol_rate = "53.125 GBd"
pattern = "PRBS13Q"
[[lane.chain]]
card = "host-c2m-tx"
taps = [0.02, -0.16, 0.82, 0.0]
main_tap = 2
[[lane.chain]]
part = "touchstone"
file = "THROUGH"
[[lane.chain]]
part = "receiver"
ctle_dc_gain = "-6 dB"
)";
  text.replace(text.find("THROUGH"), 7, (crosstalk_channels / board.through).string());
  const auto add = [&](const char* kind, const std::vector<const char*>& files) {
    for (std::size_t i = 0; i < files.size(); ++i)
      text += "[[lane.aggressor]]\nname = \"" + std::string(kind) + std::to_string(i + 1) + "\"\nkind = \"" +
              kind + "\"\ninto = \"touchstone\"\nfile = \"" + (crosstalk_channels / files[i]).string() +
              "\"\n";
  };
  if (with_aggressors) {
    add("far_end", board.far);
    add("near_end", board.near);
  }
  return text;
}

io::Input load(const std::string& text) {
  const fs::path design = fs::path(testing::TempDir()) / "real_crosstalk.toml";
  std::ofstream(design) << text;
  return io::load_design(design.string());
}

class RealCrosstalk : public testing::TestWithParam<std::size_t> {
 protected:
  void SetUp() override {
    if (!fs::exists(crosstalk_channels / board.through))
      GTEST_SKIP() << "the measured channels are not beside the repository";
  }
  const Board& board = boards[GetParam()];
};

// Variance at the sampler against a plain sum over the points of the file, 10
// MHz apart: two-sided spectrum σ_a²·f_b·|T·sinc(fT)·FIR·edge·Sdd21·receiver|².
// The files end at 50 GHz, where the receiver's filter and the edge leave
// little; asserted 2 %.
TEST_P(RealCrosstalk, VarianceAtTheSampler) {
  io::Input input = load(design_of(board, true));
  const link::Lane& lane = input.loaded.design.lane;
  const link::Plan plan = link::make_plan(lane);
  const link::Segment& segment = plan.segments[0];
  ASSERT_EQ(segment.crosstalk.size(), board.far.size() + board.near.size());
  link::PropagateOptions run;
  const std::vector<std::uint8_t> symbols(512, 0);
  const link::Propagation propagation = link::propagate(segment, plan.conditions, symbols, {}, run);
  const link::NoiseGrid grid(segment, plan.conditions, propagation, {});
  for (std::size_t i = 0; i < segment.crosstalk.size(); ++i) {
    link::Without others;
    for (std::size_t k = 0; k < segment.crosstalk.size(); ++k)
      if (k != i) others.crosstalk.insert(segment.crosstalk[k].path);
    std::vector<double> autocorrelation{0.0};
    link::CrosstalkGrid(segment, plan.conditions, grid, others).add_to(autocorrelation, 1);

    const char* name = i < board.far.size() ? board.far[i] : board.near[i - board.far.size()];
    std::ifstream file(crosstalk_channels / name, std::ios::binary);
    const network::Network coupled = network::differential(
        network::parse_touchstone(std::string(std::istreambuf_iterator<char>(file), {}), name), {1, 3, 2, 4});
    const auto& transmitter = std::get<parts::HostTransmitter>(lane.chain.front().part);
    const signal::Response edge = response(transmitter, plan.conditions),
                           front =
                               response(std::get<parts::Receiver>(lane.chain.back().part), plan.conditions);
    double level_power = 0.0;
    for (const double level : level_voltages(transmitter, 4)) level_power += 0.25 * level * level;
    double sum = 0.0;
    for (std::size_t k = 0; k < coupled.points(); ++k) {
      const double f = coupled.frequencies[k], x = f / lane.symbol_rate;
      std::complex<double> fir = 0.0;
      for (std::size_t t = 0; t < transmitter.taps.size(); ++t)
        fir += transmitter.taps[t] * std::polar(1.0, -2.0 * pi * x * static_cast<double>(t));
      const double hold = x == 0.0 ? 1.0 : std::sin(pi * x) / (pi * x);
      sum += (k == 0 ? 1.0 : 2.0) * std::norm(hold * fir * edge(f) * coupled.at(k, 2, 1) * front(f)) * 10e6;
    }
    const double expected = level_power / lane.symbol_rate * sum;
    EXPECT_NEAR(autocorrelation[0] / expected, 1.0, 0.02) << name;
  }
}

// The ports of the aggressors are those that the through channel's data tell. Crosstalk costs errors, but
// these boards still work: COM passes both with their aggressors (facts: com-reference 2 and 3).
TEST_P(RealCrosstalk, ItCostsErrorsAndTheLaneWorks) {
  link::SolveOptions options;
  options.charts = options.penalties = false;
  const io::Input alone = load(design_of(board, false)), disturbed = load(design_of(board, true));
  EXPECT_EQ(disturbed.files.size(), 1 + board.far.size() + board.near.size());
  const link::LaneResult quiet = link::solve(alone.loaded.design.lane, options),
                         loud = link::solve(disturbed.loaded.design.lane, options);
  EXPECT_GT(loud.ber_pre_fec, 2.0 * quiet.ber_pre_fec);
  EXPECT_GT(loud.snr_margin_db, 3.0);
  EXPECT_LT(loud.ber_pre_fec, 1e-5);
}

INSTANTIATE_TEST_SUITE_P(Boards, RealCrosstalk, testing::Values(0u, 1u),
                         [](const auto& item) { return std::string(boards[item.param].name); });

}  // namespace
}  // namespace waverack
