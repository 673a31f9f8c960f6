// COM against the official task-force code 4.50 and COM 2.60, whose printed results stand in the facts
// (com-reference 2, 3 and 5). The channels are public contributions that lie beside the repository.

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "waverack/compliance/com.hpp"
#include "waverack/compliance/com_decision.hpp"
#include "waverack/compliance/com_ffe_adapt.hpp"
#include "waverack/io/profile.hpp"
#include "waverack/network/mixed_mode.hpp"
#include "waverack/network/touchstone.hpp"

namespace waverack::compliance {
namespace {

namespace fs = std::filesystem;

const fs::path channels = fs::path(WAVERACK_SOURCE_DIR) / ".." / "shared" / "data" / "channels";

struct PathFile {
  ComPathKind kind;
  std::string file;
};

ComPath read_path(const PathFile& item, const std::vector<int>& ports) {
  std::ifstream in(channels / item.file);
  std::stringstream text;
  text << in.rdbuf();
  const network::Network four_port = network::parse_touchstone(text.str(), item.file);
  return {item.kind, network::differential(four_port, {ports[0], ports[1], ports[2], ports[3]})};
}

// What the official code prints for one package case; volts in mV.
struct Printed {
  double com_db, vec_db, veo, fom_db, loss_db, signal, noise_peak, peak, settled;
  ComSetting setting;
  std::vector<double> feedback;
  double receiver, transmitter, interference, crosstalk, gaussian, all;
  double channel_loss_db;
  double die_to_die_db;  // 0 where it is not in the list
};

struct Reference {
  const char* name;
  std::vector<PathFile> files;
  std::vector<Printed> cases;
};

std::vector<PathFile> lim_files() {
  const auto file = [](const char* what) {
    return std::string("lim_3ck_c2m_ch1/112G_cascaded_CDR6_Module_") + what +
           "_1_etch1100_TX7_L10_Full_Footprint.s4p";
  };
  return {{ComPathKind::victim, file("Thru")},
          {ComPathKind::far_end, file("FEXT1")},
          {ComPathKind::far_end, file("FEXT2")},
          {ComPathKind::near_end, file("NEXT1")},
          {ComPathKind::near_end, file("NEXT2")}};
}

std::vector<PathFile> samtec_files() {
  const auto file = [](const char* what) {
    return std::string("samtec_c2m_il14/C2M__Z100_IL14_WC_BOR_H_L_H_") + what + ".s4p";
  };
  return {{ComPathKind::victim, file("THRU")},
          {ComPathKind::far_end, file("FEXT1")},
          {ComPathKind::far_end, file("FEXT2")},
          {ComPathKind::far_end, file("FEXT3")}};
}

// com-reference, sections 2 and 3: sheet 3ck_SA_120F_C2C_08_17_2022, short and long package.
const std::vector<Reference>& references() {
  static const std::vector<Reference> list = {
      {"Lim3ckChannel1",
       lim_files(),
       {{4.32163,
         8.13473,
         11.0369,
         16.7201,
         22.1075,
         14.0785,
         8.56,
         123.805,
         315.061,
         {-9.0, -2.0, {0.0, 0.02, -0.16, 0.82, 0.0}},
         {0.436581, 0.0766021, 0.0298471, 0.049635, 0.0228748, 0.0208848},
         0.562245,
         0.995298,
         1.42639,
         0.213659,
         1.21439,
         2.05579,
         14.4011,
         0.0},
        {4.40807,
         8.00234,
         7.13289,
         16.8596,
         26.0193,
         8.96092,
         5.39447,
         102.262,
         297.908,
         {-11.0, -3.0, {-0.02, 0.06, -0.2, 0.72, 0.0}},
         {0.412537, 0.0613091, 0.0156976, 0.0405915, 0.0166513, 0.0162248},
         0.545047,
         0.633505,
         0.803865,
         0.129391,
         0.869074,
         1.28228,
         14.4011,
         0.0}}},
      {"SamtecC2mIl14",
       samtec_files(),
       {{3.10489,
         10.4416,
         12.0745,
         15.5321,
         22.8216,
         20.0873,
         14.05,
         140.589,
         324.741,
         {-3.0, -2.0, {-0.02, 0.06, -0.22, 0.7, 0.0}},
         {0.456804, 0.15, 0.099797, 0.0331926, 0.045284, 0.014976},
         0.684019,
         1.4201,
         2.58919,
         0.854839,
         1.65571,
         3.34559,
         13.9351,
         19.18},
        {2.9989,
         10.6934,
         7.50494,
         15.4046,
         26.9959,
         12.8525,
         9.1,
         115.617,
         307.159,
         {-6.0, -3.0, {-0.02, 0.06, -0.22, 0.7, 0.0}},
         {0.488743, 0.14861, 0.1, 0.039505, 0.0456219, 0.0173074},
         0.605049,
         0.908624,
         1.64093,
         0.52345,
         1.14098,
         2.1704,
         13.9351,
         22.95}}},
  };
  return list;
}

class ComReference : public testing::TestWithParam<std::size_t> {
 protected:
  void SetUp() override {
    for (const PathFile& item : reference().files)
      if (!fs::exists(channels / item.file))
        GTEST_SKIP() << "the measured channels are not beside the repository: " << item.file;
  }
  static const Reference& reference() { return references()[GetParam()]; }
  static std::vector<ComPath> paths(const ComSheet& sheet) {
    std::vector<ComPath> list;
    for (const PathFile& item : reference().files) list.push_back(read_path(item, sheet.files.port_order));
    return list;
  }
};

// With the equaliser of the reference. What no rounding of ours touches agrees in all printed digits. The
// official code rounds each cursor of a density to a grid of voltages, which moves σ_ISI and σ_XT by up
// to 1.3 % (the next test); everything else is within the 1 % and the 0.05 dB that the issue
// asks for.
TEST_P(ComReference, AgreesWithItsEqualiser) {
  const auto sheet = io::load_profile<ComSheet>("com", "3ck-c2c").value;
  ComOptions options;
  for (const Printed& printed : reference().cases) options.forced.push_back(printed.setting);
  const ComResult result = channel_operating_margin(sheet, paths(sheet), options);
  ASSERT_EQ(result.cases.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    const ComCaseResult& found = result.cases[i];
    const Printed& printed = reference().cases[i];
    SCOPED_TRACE(found.name);
    EXPECT_NEAR(result.channel_loss_db, printed.channel_loss_db, 1e-4);
    EXPECT_NEAR(found.loss_db, printed.loss_db, 1e-4);
    if (printed.die_to_die_db > 0.0) {  // with four digits
      EXPECT_NEAR(found.die_to_die_loss_db, printed.die_to_die_db, 0.005);
    }
    EXPECT_NEAR(found.signal * 1e3, printed.signal, 2e-5 * printed.signal);
    EXPECT_NEAR(found.unequalised_peak * 1e3, printed.peak, 2e-5 * printed.peak);
    for (std::size_t n = 0; n < printed.feedback.size(); ++n)
      EXPECT_NEAR(found.equaliser.feedback[n], printed.feedback[n], 2e-6) << n;
    EXPECT_NEAR(found.margin.sigma.receiver * 1e3, printed.receiver, 2e-6 * printed.receiver);
    EXPECT_NEAR(found.margin.sigma.transmitter * 1e3, printed.transmitter, 1e-5 * printed.transmitter);
    EXPECT_NEAR(found.margin.sigma.gaussian * 1e3, printed.gaussian, 5e-5 * printed.gaussian);
    EXPECT_NEAR(found.margin.sigma.interference * 1e3, printed.interference, 0.01 * printed.interference);
    EXPECT_NEAR(found.margin.sigma.crosstalk * 1e3, printed.crosstalk, 0.013 * printed.crosstalk);
    EXPECT_NEAR(found.margin.sigma.all * 1e3, printed.all, 0.01 * printed.all);
    EXPECT_NEAR(found.margin.noise_peak * 1e3, printed.noise_peak, 0.01 * printed.noise_peak);
    EXPECT_NEAR(found.margin.com_db, printed.com_db, 0.05);
    EXPECT_NEAR(found.margin.vec_db, printed.vec_db, 0.01 * printed.vec_db);
    EXPECT_NEAR(found.margin.veo * 1e3, printed.veo, 0.01 * printed.veo);
    EXPECT_NEAR(found.settled_voltage * 1e3, printed.settled, 0.01 * printed.settled);
    EXPECT_NEAR(found.fom_db, printed.fom_db, 0.05);
  }
}

// Rms of the cursors, each times the four levels, on a grid of voltages; without those below one step.
double rounded_sigma(const std::vector<double>& cursors, double grid) {
  double power = 0.0;
  for (const double cursor : cursors) {
    if (std::abs(cursor) < grid) continue;
    for (const double level : {-1.0, -1.0 / 3.0, 1.0 / 3.0, 1.0})
      power += std::pow(grid * std::round(cursor * level / grid), 2) / 4.0;
  }
  return std::sqrt(power);
}

// Why σ_ISI and σ_XT are not equal to the printed digits: on a grid of min(A_s/1000, 10 µV), the step of
// 93A.1.7, our own cursors have the printed σ_ISI in all four cases, which differ by up to 0.7 % without it,
// and the printed σ_XT in the case that differs by 1.3 %. In the other three σ_XT agrees within 0.3 % as it
// is: there the grid would move it further than that, and the phase at which crosstalk is sampled decides how
// far.
TEST_P(ComReference, CursorsOnItsGridHaveThePrintedSigmas) {
  const auto sheet = io::load_profile<ComSheet>("com", "3ck-c2c").value;
  const std::vector<ComPath> list = paths(sheet);
  for (std::size_t i = 0; i < 2; ++i) {
    const Printed& printed = reference().cases[i];
    const ComPulses pulses = com_pulses(sheet, sheet.cases[i], list, sheet.signal.samples_per_symbol);
    const auto noise = receiver_noise(sheet, list.front().differential.frequencies, noise_lags(sheet));
    const ComDecision decision = decide(sheet, pulses, noise, printed.setting);
    const ComCursors cursors = cursors_at(decision);
    const double grid = std::min(cursors.signal / 1000.0, 10e-6);
    EXPECT_NEAR(rounded_sigma(cursors.interference, grid) * 1e3, printed.interference,
                6e-4 * printed.interference);
    double power = 0.0;
    for (const std::vector<double>& aggressor : cursors.crosstalk)
      power += std::pow(rounded_sigma(aggressor, grid), 2);
    if (i == 1 && std::string(reference().name) == "Lim3ckChannel1") {
      EXPECT_NEAR(std::sqrt(power) * 1e3, printed.crosstalk, 1e-4 * printed.crosstalk);
    } else {
      EXPECT_NEAR(std::sqrt(decision.terms.crosstalk) * 1e3, printed.crosstalk, 3.5e-3 * printed.crosstalk);
    }
  }
}

// The official code searches locally; on these channels the whole grid has the same best point.
TEST_P(ComReference, SearchFindsTheSameEqualiser) {
  const auto sheet = io::load_profile<ComSheet>("com", "3ck-c2c").value;
  const ComResult result = channel_operating_margin(sheet, paths(sheet));
  for (std::size_t i = 0; i < 2; ++i) {
    const ComCaseResult& found = result.cases[i];
    EXPECT_GE(found.fom_db, reference().cases[i].fom_db - 0.01) << found.name;
    EXPECT_EQ(found.equaliser.setting.dc_gain_db, reference().cases[i].setting.dc_gain_db);
    EXPECT_EQ(found.equaliser.setting.dc_gain_low_db, reference().cases[i].setting.dc_gain_low_db);
    for (std::size_t k = 0; k < found.equaliser.setting.transmitter_taps.size(); ++k)
      EXPECT_NEAR(found.equaliser.setting.transmitter_taps[k],
                  reference().cases[i].setting.transmitter_taps[k], 1e-9);
  }
}

// com-reference, section 5: COM 2.60 on a VITA 68 backplane, 25.78 GBd NRZ, the short package, with its
// equaliser. The list is printed with two or three digits and leaves out the rise time, so 5 % and 0.1 dB;
// COM 2.60 also searches the phases of crosstalk in another way.
TEST(ComNrz, AgreesWithCom260OnABackplane) {
  std::vector<PathFile> files;
  for (const char* name : {"THRU", "FEXT1", "FEXT2", "NEXT1", "NEXT2", "NEXT3"})
    files.push_back({name[0] == 'T'   ? ComPathKind::victim
                     : name[0] == 'F' ? ComPathKind::far_end
                                      : ComPathKind::near_end,
                     std::string("pychopmarg_example2/example2_") + name + ".s4p"});
  for (const PathFile& item : files)
    if (!fs::exists(channels / item.file))
      GTEST_SKIP() << "the measured channels are not beside the repository: " << item.file;
  auto sheet = io::load_profile<ComSheet>("com", "kr4").value;
  sheet.cases.resize(1);
  std::vector<ComPath> paths;
  for (const PathFile& item : files) paths.push_back(read_path(item, sheet.files.port_order));
  const ComCaseResult found =
      channel_operating_margin(sheet, paths, {{{-12.0, 0.0, {-0.16, 0.84, 0.0}}}, 1}).cases.front();
  EXPECT_NEAR(found.margin.com_db, 4.30, 0.1);
  EXPECT_NEAR(found.signal * 1e3, 30.3, 0.05 * 30.3);
  EXPECT_NEAR(found.margin.noise_peak * 1e3, 18.5, 0.05 * 18.5);
  EXPECT_NEAR(found.unequalised_peak * 1e3, 82.6, 0.05 * 82.6);
  EXPECT_NEAR(found.margin.sigma.interference * 1e3, 1.8, 0.05 * 1.8);
  EXPECT_NEAR(found.margin.sigma.crosstalk * 1e3, 3.3, 0.05 * 3.3);
  EXPECT_NEAR(found.margin.sigma.gaussian * 1e3, 1.6, 0.05 * 1.6);
  EXPECT_NEAR(found.margin.sigma.transmitter * 1e3, 1.4, 0.05 * 1.4);
  EXPECT_NEAR(found.margin.sigma.receiver * 1e3, 0.71, 0.01 * 0.71);
}

// Standards facts, 5.4: the sizes of the grids, before the limit on the main tap at 100G and with it at 200G.
// The count there, 794 626, drops 14 points that lie exactly on the limit of 0.5.
TEST(ComProfiles, AllLoadAndHaveTheGridsOfTheirSheets) {
  for (const std::string& name : io::profile_names("com"))
    EXPECT_NO_THROW(require_consistent(io::load_profile<ComSheet>("com", name).value)) << name;
  // Limits are those of the sheet's own column: no COM at TP1a, no ERL in the set of 2025.
  EXPECT_FALSE(std::isfinite(io::load_profile<ComSheet>("com", "3ck-c2m-tp1a").value.limits.com_db));
  EXPECT_FALSE(std::isfinite(io::load_profile<ComSheet>("com", "200g-dj-2025").value.limits.erl_db));
  EXPECT_EQ(io::load_profile<ComSheet>("com", "3ck-cr").value.limits.erl_db, 8.25);
  auto c2c = io::load_profile<ComSheet>("com", "3ck-c2c").value;
  c2c.transmitter.smallest_main_tap = 0.0;
  EXPECT_EQ(static_cast<std::int64_t>(gain_grid(c2c).size()) * transmit_grid_size(c2c), 170100);
  const auto dj = io::load_profile<ComSheet>("com", "200g-dj-2025").value;
  EXPECT_EQ(gain_grid(dj).size(), 176u);
  EXPECT_NEAR(static_cast<double>(transmit_grid_size(dj)), 794626.0, 14.0);
}

INSTANTIATE_TEST_SUITE_P(Channels, ComReference, testing::Range<std::size_t>(0, 2),
                         [](const auto& tested) { return references()[tested.param].name; });

}  // namespace
}  // namespace waverack::compliance
