#include "waverack/io/gnpy_network.hpp"

#include <gmock/gmock.h>

#include <cmath>

#include "gnpy_files.hpp"
#include "waverack/base/decibel.hpp"
#include "waverack/base/error.hpp"
#include "waverack/coherent/amplifier_noise.hpp"
#include "waverack/io/gnpy_modes.hpp"

namespace waverack::io {
namespace {

using test::equipment, test::network, test::with;
using testing::HasSubstr;

GnpyFiles files(const std::string& library = equipment, const std::string& topology = network) {
  return parse_gnpy(library, "eqpt.json", topology, "net.json");
}

// The error of whatever `work` does.
template <class Work>
ErrorInfo error_of(Work work) {
  try {
    work();
  } catch (const Error& error) {
    return error.info();
  }
  ADD_FAILURE() << "nothing was refused";
  return {};
}

std::vector<std::string> uids(const GnpyPath& path) {
  std::vector<std::string> names;
  for (const GnpyHop& hop : path.route) names.push_back(hop.uid);
  return names;
}

TEST(GnpyNetwork, TheShorterWayIsTaken) {
  const GnpyPath path = gnpy_path(files());
  EXPECT_EQ(uids(path),
            (std::vector<std::string>{"A", "span 1", "amplifier 1", "span 2", "amplifier 2", "B"}));
  EXPECT_EQ(path.channels.size(), 2u);
  EXPECT_DOUBLE_EQ(path.channels[0].frequency, 193.1e12);
  // The fibre; the amplifier and its polarisation element; …
  EXPECT_EQ(path.route[1].end, 1u);
  EXPECT_EQ(path.route[2].end, 3u);
  EXPECT_EQ(path.route[5].end, path.line.elements.size());
  const std::string longer = with(network, "\"length\": 300", "\"length\": 150");
  EXPECT_EQ(uids(gnpy_path(files(equipment, longer)))[1], "detour");
  // A way that is found later and is longer changes nothing.
  const std::string late = with(longer, R"("detour", "to_node": "B")", R"("detour", "to_node": "span 2")");
  EXPECT_EQ(uids(gnpy_path(files(equipment, late)))[1], "span 1");
}

// Two amplifiers of F = 5 dB with −30 dBm at their inputs: OSNR = P − F − 10 lg 2 − 10 lg(h f 12.5 GHz/mW).
TEST(GnpyNetwork, OsnrOfTwoAmplifiers) {
  const GnpyPath path = gnpy_path(files());
  const auto end = coherent::amplifier_noise(path.line).back();
  const double photon = 10.0 * std::log10(6.62607015e-34 * path.line.channel.frequency * 12.5e9 / 1e-3);
  EXPECT_NEAR(to_db(coherent::osnr(end)), -30.0 - 5.0 - 10.0 * std::log10(2.0) - photon, 1e-6);
  EXPECT_NEAR(to_dbm(end.power), -10.0, 1e-9);
}

TEST(GnpyNetwork, ALoadReplacesWhatSiSays) {
  const GnpyFiles all = files();
  const GnpyPath path = gnpy_path(
      all, "A", "B", {.symbol_rate = 20e9, .spacing = 50e9, .power_dbm = -7.0, .transmitter_osnr = 1e3});
  EXPECT_EQ(path.channels.size(), 4u);
  EXPECT_DOUBLE_EQ(path.channels[0].symbol_rate, 20e9);
  EXPECT_NEAR(to_dbm(path.channels[0].power), -7.0, 1e-12);
  EXPECT_DOUBLE_EQ(path.transmitter_osnr, 1e3);
  EXPECT_THROW(gnpy_path(all, "A", "B", {.spacing = 1e6}), Error);  // 200 000 channels
}

// A ROADM brings a channel to what its degree states, or to a density: 1e-3 mW/GHz of 32 GBd are −14.95 dBm.
TEST(GnpyNetwork, TargetsOfRoadms) {
  const std::string roadm = with(
      network,
      R"({"uid": "amplifier 2", "type": "Edfa", "type_variety": "flat", "operational": {"gain_target": 20}})",
      R"({"uid": "amplifier 2", "type": "Roadm", "params": {PARAMS}})");
  const std::string near = with(roadm, "100000", "1000");  // 0.2 dB
  const auto target = [&](const std::string& params, const std::string& library = equipment) {
    const GnpyPath path = gnpy_path(files(library, with(near, "PARAMS", params)));
    return to_dbm(coherent::amplifier_noise(path.line).back().power);
  };
  const std::string strong = with(equipment, "\"power_dbm\": -10", "\"power_dbm\": 0");
  EXPECT_NEAR(target("", strong), -20.0, 0.05);
  EXPECT_NEAR(target(R"("target_pch_out_db": -17)", strong), -17.0, 0.05);
  EXPECT_NEAR(target(R"("target_pch_out_db": -17, "per_degree_pch_out_db": {"B": -15})", strong), -15.0,
              0.05);
  EXPECT_NEAR(target(R"("target_psd_out_mWperGHz": 1e-3)", strong), 10.0 * std::log10(0.032), 0.05);
  EXPECT_NEAR(target(R"("target_out_mWperSlotWidth": 1e-3)", strong), 10.0 * std::log10(0.1), 0.05);
}

// Noise figures at the ends of the range are those that the library states; below it, padding adds to them.
TEST(GnpyNetwork, TwoStageAmplifiersMeetTheirNoiseFigures) {
  const auto figure_db = [](const std::string& gain) {
    const std::string topology = with(with(network, "\"flat\", \"operational\": {\"gain_target\": 20",
                                           "\"two\", \"operational\": {\"gain_target\": " + gain),
                                      "\"flat\", \"operational\": {\"gain_target\": 20",
                                      "\"two\", \"operational\": {\"gain_target\": " + gain);
    const GnpyPath path = gnpy_path(files(equipment, topology));
    const auto& amplifier = std::get<coherent::LineAmplifier>(path.line.elements[1].element);
    return to_db(amplifier.noise_figure - 1.0 / amplifier.gain);
  };
  EXPECT_NEAR(figure_db("16"), 6.5, 1e-6);
  EXPECT_NEAR(figure_db("8"), 11.0, 0.2);  // the stages are held within bounds: nearly
  EXPECT_NEAR(figure_db("6") - figure_db("8"), 2.0, 1e-9);
}

// F = F₁ + F₂/G₁ (Friis): a first stage of 12 dB with 0 dB, a second with 6 dB of noise figure. Its power
// limit is that of the second.
TEST(GnpyNetwork, AmplifiersOfTwoTypes) {
  const std::string library = with(equipment, R"("Edfa": [)", R"("Edfa": [
    {"type_variety": "first", "type_def": "fixed_gain", "gain_flatmax": 12, "gain_min": 12, "p_max": -30, "nf0": 0},
    {"type_variety": "second", "type_def": "fixed_gain", "gain_flatmax": 30, "gain_min": 5, "p_max": 0, "nf0": 6},
    {"type_variety": "flat 2", "type_def": "dual_stage", "gain_min": 12, "preamp_variety": "first",
     "booster_variety": "second"},)");
  const std::string topology = with(network, R"("type_variety": "flat")", R"("type_variety": "flat 2")");
  const auto amplifier = [&](const std::string& text) {
    return std::get<coherent::LineAmplifier>(gnpy_path(files(text, topology)).line.elements[1].element);
  };
  const coherent::LineAmplifier one = amplifier(library);
  EXPECT_NEAR(to_db(one.gain), 20.0, 1e-9);
  EXPECT_NEAR(one.noise_figure - 1.0 / one.gain, 1.0 + std::pow(10.0, 0.6 - 1.2), 1e-9);
  // Two channels of −30 dBm come in: −15 dBm is 12.0 dB above them, and the second stage has gain_min 5.
  const coherent::LineAmplifier limited = amplifier(with(library, R"("p_max": 0)", R"("p_max": -15)"));
  EXPECT_NEAR(to_db(limited.gain), 15.0 - to_db(2.0), 1e-9);
  const double padding = 5.0 - (15.0 - to_db(2.0) - 12.0);
  EXPECT_NEAR(limited.noise_figure - 1.0 / limited.gain, 1.0 + std::pow(10.0, 0.1 * (6.0 + padding - 12.0)),
              1e-9);
}

TEST(GnpyNetwork, ModesHaveTheirPenaltiesInOrder) {
  const GnpyMode mode = gnpy_mode(files(), "trx", "m");
  EXPECT_NEAR(to_db(mode.budget.specified_osnr), 20.0, 1e-9);
  EXPECT_NEAR(mode.budget.required_snr, 100.0 * 12.5 / 40.0, 1e-9);
  EXPECT_EQ(mode.budget.pdl.at, (std::vector<double>{1.0, 4.0}));
  EXPECT_EQ(mode.budget.pdl.penalty_db, (std::vector<double>{0.5, 2.0}));
  EXPECT_DOUBLE_EQ(mode.least_spacing, 150e9);
  EXPECT_EQ(gnpy_modes(files()).size(), 1u);
}

TEST(GnpyNetwork, ErrorsNameTheFileTheLineAndTheElement) {
  const auto path_error = [](const std::string& library, const std::string& topology) {
    return error_of([&] { gnpy_path(files(library, topology)); });
  };
  ErrorInfo error =
      path_error(equipment, with(network, R"("type_variety": "SSMF")", R"("type_variety": "SMF")"));
  EXPECT_EQ(error.mark.file, "net.json");
  EXPECT_EQ(error.mark.line, 4);
  EXPECT_EQ(error.path, "elements.span 1.type_variety");
  EXPECT_EQ(error.allowed, "SSMF");
  EXPECT_EQ(error.nearest, "SSMF");
  error = path_error(equipment, with(network, R"("uid": "span 1", )", ""));
  EXPECT_THAT(error.message, HasSubstr("element 2 of 7"));
  error = path_error(with(equipment, R"("nf0": 5,)", ""), network);
  EXPECT_EQ(error.mark.file, "eqpt.json");
  EXPECT_EQ(error.path, "Edfa.flat.nf0");
  error = path_error(equipment, with(network, R"("loss_coef": 0.2)", R"("loss_coef": {"value": [0.2]})"));
  EXPECT_EQ(error.path, "elements.span 1.params.loss_coef");
  EXPECT_THAT(error.message, HasSubstr("a table, not a number"));
  error = path_error(equipment,
                     with(network, R"("loss_coef": 0.2)", R"("loss_coef": 0.2, "lumped_losses": [{}])"));
  EXPECT_EQ(error.path, "elements.span 1.params.lumped_losses");
  error = path_error(equipment, with(network, R"("loss_coef": 0.2)", R"("loss_coef": 20)"));
  EXPECT_EQ(error.path, "elements.span 1");
  EXPECT_EQ(error.message, "a channel has -2.01e+03 dBm behind it");
  error = path_error(equipment, network.substr(0, network.find("\"span 1\"")));
  EXPECT_EQ(error.mark.file, "net.json");
  EXPECT_EQ(error.mark.line, 4);
  error = error_of([] { gnpy_path(files(), "A", "amplifier 1"); });
  EXPECT_EQ(error.message, "'amplifier 1' is no transceiver");
  error = error_of([] { gnpy_path(files(), "B", "A"); });
  EXPECT_EQ(error.message, "no path leads from 'B' to 'A'");
  error = error_of([] { gnpy_mode(files(), "trx", "n"); });
  EXPECT_EQ(error.path, "Transceiver.trx.mode");
}

// Whatever is cut off or changed in a file, it is refused or read: nothing else.
TEST(GnpyNetwork, CutFilesAreRefused) {
  for (std::size_t length = 0; length < network.size() - 2; length += 7)
    EXPECT_THROW(files(equipment, network.substr(0, length)), Error) << length;
  for (std::size_t length = 0; length < equipment.size() - 2; length += 7)
    EXPECT_THROW(files(equipment.substr(0, length)), Error) << length;
}

}  // namespace
}  // namespace waverack::io
