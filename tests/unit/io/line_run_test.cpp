#include "waverack/io/line_run.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "gnpy_files.hpp"
#include "waverack/base/decibel.hpp"
#include "waverack/base/error.hpp"

namespace waverack::io {
namespace {

using test::equipment, test::network, test::with;

LineAnswer answer(const LineQuestion& question, const std::string& library = equipment,
                  const std::string& topology = network) {
  return answer_line(question, parse_gnpy(library, "eqpt.json", topology, "net.json"));
}

// A step for each element; sums along the line: 2 × 1670 ps/nm, PMD of two fibres of 1.265e-15 s/√m and two
// amplifiers of 2 ps, PDL √2·0.6 dB, 200 km at an index of 1.468.
TEST(LineRun, SumsAlongTheLine) {
  const LineAnswer one = answer({.modules = {"zr-400g"}});
  ASSERT_EQ(one.steps.size(), 6u);
  const LineStep& end = one.steps.back();
  EXPECT_NEAR(end.distance, 200e3, 1e-6);
  EXPECT_NEAR(end.dispersion * 1e3, 3340.0, 1e-6);
  const double fibre = 1.265e-15 * std::sqrt(200e3);
  EXPECT_NEAR(end.pmd, std::hypot(fibre, std::sqrt(2.0) * 2e-12), 1e-15);
  EXPECT_NEAR(end.pdl_db, std::sqrt(2.0) * 0.6, 1e-9);
  EXPECT_NEAR(end.latency, 200e3 * 1.468 / 299792458.0, 1e-12);
  EXPECT_NEAR(to_dbm(one.steps[1].power), -30.0, 1e-9);
  EXPECT_NEAR(to_dbm(one.steps[2].power), -10.0, 1e-9);
  // What is behind the last element is what the table of channels has.
  EXPECT_NEAR(end.gsnr / one.channels[one.followed].gsnr, 1.0, 1e-9);
  EXPECT_EQ(one.followed, one.worst);
  // Noise powers and ratios say the same.
  EXPECT_NEAR(end.power / (end.ase_power + end.nonlinear_power) / end.gsnr, 1.0, 1e-9);
  // GSNR falls from element to element.
  for (std::size_t i = 2; i < one.steps.size(); ++i) EXPECT_LE(one.steps[i].gsnr, one.steps[i - 1].gsnr);
}

// A mode needs its OSNR, its penalties and SI's margin: PDL of 0.85 dB costs 0.42 dB (0.5 at 1, 0 at 0).
TEST(LineRun, AModeOfTheEquipmentIsJudgedByItsOsnr) {
  const LineAnswer one = answer({.transceiver = "trx", .mode = "m"});
  ASSERT_EQ(one.modules.size(), 1u);
  const LineModule& module = one.modules[0];
  EXPECT_TRUE(module.asked);
  EXPECT_DOUBLE_EQ(module.spacing, 150e9);  // wider than SI's
  EXPECT_EQ(module.channels, 1u);
  const double pdl_db = 0.5 * std::sqrt(2.0) * 0.6;
  EXPECT_NEAR(to_db(module.required_gsnr_osnr), 20.0 + pdl_db, 1e-6);
  EXPECT_NEAR(module.margin_db, to_db(module.gsnr_osnr) - 20.0 - pdl_db - 1.0, 1e-6);
  // The line carries the mode too.
  EXPECT_DOUBLE_EQ(one.channels[0].channel.symbol_rate, 40e9);
}

// More light, more margin where noise limits; a module that is refused says why.
TEST(LineRun, DesignsAreJudgedByTheirClosedForm) {
  // 1000 ps/nm: 400ZR is rated for 2400.
  const std::string library = with(equipment, "\"dispersion\": 1.67e-05", "\"dispersion\": 0.5e-05");
  const LineAnswer dark = answer({.modules = {"zr-400g"}}, library);
  const LineAnswer light = answer({.power_dbm = -5.0, .modules = {"zr-400g"}}, library);
  EXPECT_DOUBLE_EQ(dark.modules[0].spacing, 100e9);  // SI's, wider than the 75 GHz of 400ZR
  EXPECT_GT(light.modules[0].margin_db, dark.modules[0].margin_db + 3.0);
  EXPECT_NEAR(to_dbm(light.modules[0].received_power), -5.0, 1e-6);
  // 400ZR needs 20.35 dB in theory (facts: coherent 9.2), and its own noise on top.
  EXPECT_GT(to_db(dark.modules[0].required_gsnr_osnr), 20.35);
  EXPECT_LT(to_db(dark.modules[0].required_gsnr_osnr), 26.0);  // OIF-400ZR's tolerance
  EXPECT_THROW(answer({.modules = {"cpo-3.2t"}}), Error);
  const LineModule far = answer({.modules = {"zr-400g"}}).modules[0];  // 3340 ps/nm
  EXPECT_FALSE(far.closes());
  EXPECT_TRUE(std::isinf(far.penalties[0].db));
}

// Behind a ROADM the power is that of the module's design.
TEST(LineRun, BehindARoadmTheDropAmplifierSetsThePower) {
  const std::string topology = with(
      network,
      R"({"uid": "amplifier 2", "type": "Edfa", "type_variety": "flat", "operational": {"gain_target": 20}})",
      R"({"uid": "amplifier 2", "type": "Roadm"})");
  const LineAnswer one = answer({.power_dbm = 0.0, .modules = {"zr-400g"}}, equipment, topology);
  EXPECT_NEAR(to_dbm(one.modules[0].received_power), -5.0, 0.5);  // designs/zr-400g.toml
  EXPECT_LT(to_dbm(one.steps.back().power), -19.0);
}

// An area of 1e-300 m²: interference without end is no answer.
TEST(LineRun, AbsurdFibresLeaveNoSignal) {
  EXPECT_THROW(answer({.modules = {"zr-400g"}}, with(equipment, "83e-12", "1e-300")), Error);
}

TEST(LineRun, ChannelsAndNamesThatAreNotThere) {
  EXPECT_THROW(answer({.channel = 2}), Error);
  EXPECT_THROW(answer({.mode = "m"}), Error);
  EXPECT_THROW(answer({.transceiver = "trx"}), Error);
}

}  // namespace
}  // namespace waverack::io
