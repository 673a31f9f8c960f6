// Path planning against GNPy (github.com/Telecominfraproject/oopt-gnpy, BSD-3-Clause): its own example files
// in, its printed results out. Where the files are missing, the tests are skipped.
//
// Both compute the same closed form (arXiv 1209.0394, eq. 120), so what may differ is 0.05 dB: GNPy equalises
// and counts interference of channels with their noise, and treats each channel in each ROADM.

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "coherent_lines.hpp"
#include "waverack/base/error.hpp"
#include "waverack/coherent/amplifier_noise.hpp"
#include "waverack/coherent/gn_model.hpp"
#include "waverack/coherent/link_closure.hpp"
#include "waverack/io/gnpy_modes.hpp"
#include "waverack/io/gnpy_network.hpp"

namespace waverack {
namespace {

using coherent::in_db;

std::string folder() { return WAVERACK_SOURCE_DIR "/../shared/data/gnpy/"; }

std::string file(const std::string& name) {
  std::ifstream stream(folder() + name);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

#define SKIP_WITHOUT_FILES() \
  if (!std::filesystem::exists(folder())) GTEST_SKIP() << "no GNPy examples in " << folder()

struct Snrs {  // dB; in 0.1 nm and in the signal's bandwidth
  double nonlinear, osnr, osnr_signal, gsnr, gsnr_signal;
};

Snrs snrs(const coherent::Line& line, double transmitter_osnr) {
  const auto end = coherent::amplifier_noise(line, transmitter_osnr).back();
  const double ase = coherent::snr_in_symbol_rate(end, line.channel);
  const double nonlinear = 1.0 / coherent::gn_noise(line, {.noise = true}).ratio();
  const double gsnr = 1.0 / (1.0 / ase + 1.0 / nonlinear),
               band = line.channel.symbol_rate / coherent::osnr_bandwidth;
  return {in_db(nonlinear), in_db(ase * band), in_db(ase), in_db(gsnr * band), in_db(gsnr)};
}

Snrs mean(const io::GnpyPath& path) {
  Snrs sum{};
  for (std::size_t k = 0; k < path.channels.size(); ++k) {
    const Snrs one = snrs(io::line_of(path, k), path.transmitter_osnr);
    sum.nonlinear += one.nonlinear;
    sum.osnr += one.osnr;
    sum.osnr_signal += one.osnr_signal;
    sum.gsnr += one.gsnr;
    sum.gsnr_signal += one.gsnr_signal;
  }
  const auto count = static_cast<double>(path.channels.size());
  return {sum.nonlinear / count, sum.osnr / count, sum.osnr_signal / count, sum.gsnr / count,
          sum.gsnr_signal / count};
}

// The number behind `label` in the last transceiver's block of GNPy's output.
double printed(const std::string& output, const std::string& label) {
  const std::size_t at = output.find(label, output.rfind("\nTransceiver "));
  if (at == std::string::npos) throw std::runtime_error("no " + label);
  return std::stod(output.substr(output.find(':', at) + 1));
}

io::GnpyPath one_span() {
  return io::gnpy_path(
      io::load_gnpy(folder() + "one_span/eqpt_config.json", folder() + "one_span/edfa_example_network.json"));
}

TEST(Gnpy, OneSpanOf76Channels) {
  SKIP_WITHOUT_FILES();
  const io::GnpyPath path = one_span();
  ASSERT_EQ(path.channels.size(), 76u);
  const std::string output = file("one_span/transmission_main_example.expected.txt");
  const Snrs all = mean(path);
  EXPECT_NEAR(all.gsnr, printed(output, "GSNR (0.1nm, dB)"), 0.02);
  EXPECT_NEAR(all.gsnr_signal, printed(output, "GSNR (signal bw, dB)"), 0.02);
  EXPECT_NEAR(all.osnr, printed(output, "OSNR ASE (0.1nm, dB)"), 0.02);
  EXPECT_NEAR(all.osnr_signal, printed(output, "OSNR ASE (signal bw, dB)"), 0.02);
  EXPECT_NEAR(std::abs(total_dispersion(path.line)) * 2.0 * M_PI * 299792458.0 / std::pow(1550e-9, 2) * 1e3,
              printed(output, "CD (ps/nm)"), 0.01);
  EXPECT_NEAR(mean_dgd(path.line) * 1e12, printed(output, "PMD (ps)"), 0.01);
  // The amplifier that GNPy designed: 15 dB and 6.62 dB.
  const auto& amplifier = std::get<coherent::LineAmplifier>(path.line.elements[1].element);
  EXPECT_NEAR(in_db(amplifier.gain), 15.0, 0.005);
  EXPECT_NEAR(in_db(amplifier.noise_figure - 1.0 / amplifier.gain), 6.62, 0.005);
}

// Channels 1, 19, 38 and 76, from a run of GNPy itself.
TEST(Gnpy, ChannelsOfOneSpan) {
  SKIP_WITHOUT_FILES();
  const io::GnpyPath path = one_span();
  const struct {
    std::size_t number;
    double nonlinear, gsnr;
  } rows[] = {{1, 32.89, 27.69}, {19, 31.21, 27.10}, {38, 30.98, 27.00}, {76, 32.47, 27.51}};
  for (const auto& row : rows) {
    const Snrs one = snrs(io::line_of(path, row.number - 1), path.transmitter_osnr);
    EXPECT_NEAR(one.nonlinear, row.nonlinear, 0.05) << row.number;
    EXPECT_NEAR(one.gsnr_signal, row.gsnr, 0.05) << row.number;
  }
  EXPECT_NEAR(snrs(io::line_of(path, 37), path.transmitter_osnr).osnr_signal, 29.21, 0.02);
}

io::GnpyFiles sweden() {
  return io::load_gnpy(folder() + "openroadm_v4/eqpt_config_openroadm_ver4.json",
                       folder() + "openroadm_v4/Sweden_OpenROADMv4_example_network.json");
}

TEST(Gnpy, StockholmToGothenburg) {
  SKIP_WITHOUT_FILES();
  const io::GnpyFiles files = sweden();
  const io::GnpyPath path = io::gnpy_path(files, "trx_Stockholm", "trx_Gothenburg");
  ASSERT_EQ(path.channels.size(), 96u);
  const std::string output = file("openroadm_v4/openroadm-v4-Stockholm-Gothenburg.expected.txt");
  const Snrs all = mean(path);
  EXPECT_NEAR(all.gsnr, printed(output, "GSNR (0.1nm, dB)"), 0.05);
  EXPECT_NEAR(all.gsnr_signal, printed(output, "GSNR (signal bw, dB)"), 0.05);
  EXPECT_NEAR(all.osnr, printed(output, "OSNR ASE (0.1nm, dB)"), 0.05);
  EXPECT_NEAR(all.osnr_signal, printed(output, "OSNR ASE (signal bw, dB)"), 0.05);
  const coherent::TransceiverBudget module =
      io::gnpy_mode(files, "OpenROADM MSA ver. 4.0", "100 Gbit/s, 31.57 Gbaud, DP-QPSK").budget;
  EXPECT_NEAR(in_db(module.transmitter_osnr), 35.0, 1e-9);
  const auto closure = coherent::close_link(path.line, module, coherent::NonlinearModel::closed_form);
  // D·L at the channel's own wavelength; GNPy prints it at 1550 nm.
  EXPECT_NEAR(closure.dispersion * 1e3 / std::pow(299792458.0 / 1550e-9 / path.line.channel.frequency, -2),
              printed(output, "CD (ps/nm)"), 0.02);
  EXPECT_NEAR(closure.dgd * 1e12, printed(output, "PMD (ps)"), 0.005);
  EXPECT_NEAR(closure.pdl_db, printed(output, "PDL (dB)"), 0.005);
  EXPECT_NEAR(coherent::total_latency(path.line, 1.468) * 1e3, printed(output, "Latency (ms)"), 0.005);
  // On the way, behind the last fibre: all light of a channel, noise with it, has −11.53 dBm.
  for (std::size_t i = 0; i < closure.points.size(); ++i)
    if (const auto& point = closure.points[i]; point.name.starts_with("fiber (Borås")) {
      const double noise = point.noise_density * path.line.channel.symbol_rate + closure.nonlinear_power[i];
      EXPECT_NEAR(in_db((point.power + noise) / 1e-3), -11.53, 0.02);
    }
  // Penalties by the mode's tables: CD 8350 between 4000 (0) and 40000 (0.5); PMD below 10 ps; PDL 3.74
  // between 2 (1 dB) and 4 (2.5 dB).
  EXPECT_NEAR(closure.penalties[0].db, 0.5 * (8350.42 - 4000.0) / 36000.0, 0.002);
  EXPECT_NEAR(closure.penalties[1].db, 0.0, 1e-9);
  EXPECT_NEAR(closure.penalties[2].db, 1.0 + 1.5 * (3.74 - 2.0) / 2.0, 0.005);
}

TEST(Gnpy, ErrorsSayWhatIsMissing) {
  SKIP_WITHOUT_FILES();
  const io::GnpyFiles files = sweden();
  EXPECT_THROW(io::gnpy_path(files, "trx_Stockholm", "trx_Oslo"), Error);
  EXPECT_THROW(io::gnpy_path(files), Error);  // 15 transceivers
  EXPECT_THROW(io::gnpy_mode(files, "OpenROADM MSA ver. 4.0", "no such mode"), Error);
}

}  // namespace
}  // namespace waverack
