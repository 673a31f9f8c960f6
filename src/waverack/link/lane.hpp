#pragma once
// A lane as the design file states it: a chain of parts from one host's transmitter to the other host's
// decision, and the light that feeds its modulator.

#include <string>
#include <vector>

#include "waverack/base/reader.hpp"
#include "waverack/compliance/electrical_interface.hpp"
#include "waverack/compliance/pmd.hpp"
#include "waverack/link/aggressor.hpp"
#include "waverack/parts/part.hpp"

namespace waverack::link {

enum class Modulation { pam2, pam4, pam6, pam8, dp_qpsk, dp_8qam, dp_16qam };
enum class Fec { none, kr4, kp4, kp4_inner, cfec, ofec };
enum class Ethernet { rate_100g, rate_100g_two_way, rate_200g, rate_400g, rate_800g, rate_1600g };
enum class Pattern { prbs9q, prbs13q, ssprq };

// Wavelength neighbours of a lane on the same fibre, from its first multiplexer to its last demultiplexer.
// They carry data of their own at the same rate, and are as wide open. Of a coherent lane: the other channels
// of its line, from its modulator on.
struct Neighbours {
  int shorter = 0;                 // channels at shorter wavelengths
  int longer = 0;                  // at longer ones
  double spacing = 20e-9;          // of the grid [m]
  double frequency_spacing = 0.0;  // of a grid of frequencies [Hz]; 0: `spacing` holds
  double power_ratio = 1.0;        // of each neighbour over this lane, where they are joined
  double symbol_rate = 0.0;        // of a coherent lane's neighbours [Bd]; 0: the lane's
};

inline FieldList describe(Tag<Neighbours>) {
  using P = Neighbours;
  return fields<P>(
      "Wavelength neighbours on the same fibre.",
      field<&P::shorter>("shorter", "", 0, 64, "Neighbours at shorter wavelengths.").from(Kind::choice, ""),
      field<&P::longer>("longer", "", 0, 64, "Neighbours at longer wavelengths.").from(Kind::choice, ""),
      field<&P::spacing>("spacing", "nm", 0.01, 100.0, "Distance of the wavelengths.")
          .from(Kind::standard, "CWDM grid of 20 nm"),
      field<&P::frequency_spacing>("frequency_spacing", "GHz", 0.0, 20000.0,
                                   "Distance of the channels on a grid of frequencies, which coherent lanes "
                                   "need; 0: that of the wavelengths.")
          .from(Kind::choice, "0: the grid is one of wavelengths"),
      field<&P::power_ratio>("power_ratio", "dB", -20.0, 20.0,
                             "Power of each neighbour over this lane where they are joined.")
          .from(Kind::choice, "0 dB: all alike"),
      field<&P::symbol_rate>("symbol_rate", "GBd", 0.0, 1000.0,
                             "Symbol rate of a coherent lane's neighbours; 0: that of the lane.")
          .from(Kind::choice, "0: all alike"));
}

struct Lane {
  double symbol_rate = 53.125e9;  // [Bd]
  Modulation modulation = Modulation::pam4;
  Fec fec = Fec::kp4;
  Ethernet ethernet = Ethernet::rate_800g;
  bool precoding = false;     // 1/(1 + D) mod M
  double ber_limit = 2.4e-4;  // before FEC
  Pattern pattern = Pattern::ssprq;
  int samples_per_symbol = 16;
  double temperature = 298.15;         // of the surroundings of all parts [K]
  Neighbours neighbours;               // on other wavelengths of the same fibre
  std::vector<parts::Instance> light;  // CW laser … modulator input; empty for copper
  std::vector<parts::Instance> chain;
  std::vector<Aggressor> aggressor;  // neighbours that couple into the chain
  ProfileOf<compliance::Pmd> pmd;    // the optical standard that its light is held against, if any
  ProfileOf<compliance::ElectricalInterface> electrical;  // the same of its electrical ends
};

inline FieldList describe(Tag<Lane>) {
  using P = Lane;
  return fields<P>(
      "One lane: a chain of parts from the transmitter of one host to the decision of the other.",
      field<&P::symbol_rate>("symbol_rate", "GBd", 0.1, 1000.0, "Symbol rate.")
          .from(Kind::standard, "")
          .must_be_given(),
      field<&P::modulation>("modulation",
                            "PAM2 (NRZ), PAM4, PAM6 (five bits on two symbols), PAM8; of coherent lanes "
                            "DP-QPSK, DP-8QAM or DP-16QAM."),
      field<&P::fec>("fec",
                     "Forward error correction that follows: none, KR4, KP4, or KP4 with the inner code of "
                     "802.3dj on the light; C-FEC and oFEC of coherent lanes."),
      field<&P::ethernet>(
          "ethernet",
          "Ethernet interface whose codewords the lane carries: how many are interleaved, and "
          "how PCS lanes are multiplexed.")
          .from(Kind::choice, "800G: four codewords, as 1.6T has"),
      field<&P::precoding>(
          "precoding",
          "Whether receivers with decision feedback or sequence detection get precoded symbols, "
          "1/(1 + D) modulo 2 or 4: what goes wrong in a row then leaves two wrong symbols.")
          .from(Kind::choice, ""),
      field<&P::ber_limit>("ber_limit", "", 1e-18, 0.1, "Largest bit error ratio before FEC.")
          .from(Kind::standard,
                "802.3bs/cd/db: 2.4e-4 for PAM4 optical PMDs with KP4 (facts: standards 4.1)"),
      field<&P::pattern>("pattern", "Test pattern that the semi-analytic solver runs."),
      field<&P::samples_per_symbol>("samples_per_symbol", "", 4, 64,
                                    "Waveform samples per symbol; a power of two.")
          .from(Kind::choice, ""),
      field<&P::temperature>("temperature", "degC", -50.0, 150.0,
                             "Temperature of the surroundings of all parts of the lane.")
          .from(Kind::choice, "25 degC: room temperature"),
      field<&P::neighbours>("neighbours", "Wavelength neighbours on the same fibre."),
      field<&P::light>("light", "Parts that carry continuous light to the modulator, laser first."),
      field<&P::chain>("chain", "Parts from the transmitter to the deciding receiver.").must_be_given(),
      field<&P::aggressor>("aggressor", "Neighbouring transmitters that couple into the chain."),
      field<&P::pmd>(
          "pmd",
          "Optical standard that the light at the test points is held against: the name of a PMD profile."),
      field<&P::electrical>("electrical",
                            "Electrical interface that the voltages at the test points between host and "
                            "module are held against: "
                            "the name of an electrical profile."));
}

}  // namespace waverack::link

namespace waverack {
template <>
struct EnumNames<link::Modulation> {
  static constexpr std::array<EnumName<link::Modulation>, 7> list{{{"PAM2", link::Modulation::pam2},
                                                                   {"PAM4", link::Modulation::pam4},
                                                                   {"PAM6", link::Modulation::pam6},
                                                                   {"PAM8", link::Modulation::pam8},
                                                                   {"DP-QPSK", link::Modulation::dp_qpsk},
                                                                   {"DP-8QAM", link::Modulation::dp_8qam},
                                                                   {"DP-16QAM", link::Modulation::dp_16qam}}};
};
template <>
struct EnumNames<link::Fec> {
  static constexpr std::array<EnumName<link::Fec>, 6> list{{{"none", link::Fec::none},
                                                            {"KR4", link::Fec::kr4},
                                                            {"KP4", link::Fec::kp4},
                                                            {"KP4+inner", link::Fec::kp4_inner},
                                                            {"C-FEC", link::Fec::cfec},
                                                            {"oFEC", link::Fec::ofec}}};
};
template <>
struct EnumNames<link::Ethernet> {
  static constexpr std::array<EnumName<link::Ethernet>, 6> list{
      {{"100G", link::Ethernet::rate_100g},
       {"100G two-way", link::Ethernet::rate_100g_two_way},
       {"200G", link::Ethernet::rate_200g},
       {"400G", link::Ethernet::rate_400g},
       {"800G", link::Ethernet::rate_800g},
       {"1.6T", link::Ethernet::rate_1600g}}};
};
template <>
struct EnumNames<link::Pattern> {
  static constexpr std::array<EnumName<link::Pattern>, 3> list{{{"PRBS9Q", link::Pattern::prbs9q},
                                                                {"PRBS13Q", link::Pattern::prbs13q},
                                                                {"SSPRQ", link::Pattern::ssprq}}};
};
}  // namespace waverack
