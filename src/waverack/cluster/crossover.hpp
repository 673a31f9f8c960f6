#pragma once
// At which rate, reach, price, cage power or host loss one technology takes over from another: scaling laws
// whose inputs have ranges. (theory: technology-choice, section 6)

#include <string>
#include <vector>

#include "waverack/cluster/economics.hpp"
#include "waverack/cluster/host_power.hpp"
#include "waverack/cluster/technology.hpp"

namespace waverack::cluster {

struct CrossoverInputs {
  double cages = 64.0;  // of a switch of two rack units
  double lanes_per_cage = 8.0;
  double asked_rate = 3.2e12;                       // of a module [bit/s]
  double asked_lane_rate = 200e9;                   // [bit/s]
  Ranged cage_power{35.0, 30.0, 40.0};              // [W]
  Ranged dsp_energy{15.6e-12, 12.5e-12, 18.8e-12};  // of a retimed module of 1.6 Tb/s [J/bit]
  Ranged dsp_per_doubling{1.0, 0.89, 1.0};
  Ranged lpo_energy{6.25e-12, 5.2e-12, 6.3e-12};  // [J/bit]
  Ranged cpo_energy{5.6e-12, 4.4e-12, 6.8e-12};   // with its lasers [J/bit]
  HostPower host;
  Ranged host_loss{158.48931924611142, 158.48931924611142, 3981.0717055349733};  // 22 dB, 22 to 36 dB
  Ranged linear_host_loss{15.848931924611133, 10.0, 39.810717055349734};         // 12 dB, 10 to 16 dB
  Ranged cpo_host_loss{2.51188643150958, 2.51188643150958, 15.848931924611133};  // 4 dB, 4 to 12 dB
  Ranged loss_exponent{0.75, 0.5, 1.0};
  Ranged serdes_reach{3981.0717055349733, 630.957344480193, 3981.0717055349733};  // 36 dB, 28 to 36 dB
  Ranged dac_reach{2.0, 2.0, 2.5};                                                // at 100 Gb/s a lane [m]
  Ranged aec_reach{5.5, 4.0, 7.0};                                                // at 100 Gb/s a lane [m]
  Ranged rack_reach{2.0, 1.5, 3.0};                                               // that is needed [m]
  Ranged electricity_price = Economics{}.electricity_price;                       // [USD/J]
  Ranged pue{1.25, 1.12, 1.4};
  Ranged years{5.0, 4.0, 6.0};
};

inline FieldList describe(Tag<CrossoverInputs>) {
  using P = CrossoverInputs;
  return fields<P>(
      "What decides where one technology takes over from another.",
      field<&P::cages>("cages", "", 1.0, 4096.0, "Cages at the faceplate of a switch of two rack units.")
          .from(Kind::derived, "64 OSFP in 2U (facts: cluster 9)"),
      field<&P::lanes_per_cage>("lanes_per_cage", "", 1.0, 256.0, "Lanes of a pluggable in each direction.")
          .from(Kind::standard, "OSFP: eight"),
      field<&P::asked_rate>("asked_rate", "Tb/s", 0.1, 1000.0,
                            "Rate of a module for which the cage power is asked.")
          .from(Kind::claim, "pluggables up to 3.2T, launch claim C17 (facts: cluster 3.1)"),
      field<&P::asked_lane_rate>("asked_lane_rate", "Gb/s", 1.0, 10000.0,
                                 "Rate of a lane for which reach and host loss are asked.")
          .from(Kind::choice, "200 Gb/s"),
      field<&P::cage_power>("cage_power", "W", 0.0, 1000.0, "What a cage may draw and is cooled for.")
          .from(Kind::assumed, "30 to 40 W with air; 30 W stated (facts: cluster 5.3, 9)"),
      field<&P::dsp_energy>("dsp_energy", "pJ/bit", 0.0, 1000.0, "Of a retimed module of 1.6 Tb/s.")
          .from(Kind::claim, "25 W in 3 nm, 20 W in 2 nm, NVIDIA 30 W (facts: cluster 5.1)"),
      field<&P::dsp_per_doubling>("dsp_per_doubling", "", 0.1, 2.0,
                                  "Ratio of its energy per bit from one rate to twice that rate.")
          .from(Kind::derived,
                "1.6T over 800G 0.89; 3.2T of about 50 W over 1.6T of 25 W 1.0 (facts: cluster 5.1, 9)"),
      field<&P::lpo_energy>("lpo_energy", "pJ/bit", 0.0, 1000.0, "Of a linear module.")
          .from(Kind::claim, "1.6T of about 10 W; split 5.2 (facts: cluster 5.1, photonics 8.3)"),
      field<&P::cpo_energy>("cpo_energy", "pJ/bit", 0.0, 1000.0,
                            "Of a co-packaged engine with its lasers at the wall plug.")
          .from(Kind::claim, "Davisson 4.4, NVIDIA 5.6, Bailly 6.8 (facts: cluster 5.1)"),
      field<&P::host>("host", "Energy of the hosts' SerDes."),
      field<&P::host_loss>("host_loss", "dB", 0.0, 100.0,
                           "Loss from a switch to its cages at 200 Gb/s a lane.")
          .from(Kind::claim,
                "NVIDIA 22 dB, as fly-over cables; traces up to 36 dB (facts: cluster 9, standards 5.1)"),
      field<&P::linear_host_loss>("linear_host_loss", "dB", 0.0, 100.0, "The same where modules are linear.")
          .from(Kind::assumed, "the 12 dB of the built-in linear design"),
      field<&P::cpo_host_loss>("cpo_host_loss", "dB", 0.0, 100.0, "Loss from a switch to engines beside it.")
          .from(Kind::claim, "NVIDIA 4 dB; up to 12 dB (facts: cluster 9, standards 5.1)"),
      field<&P::loss_exponent>("loss_exponent", "", 0.1, 2.0,
                               "Loss in dB goes as frequency to this power, reach of copper as its inverse.")
          .from(Kind::derived, "skin effect 0.5, dielectric 1 (facts: cluster 9)"),
      field<&P::serdes_reach>("serdes_reach", "dB", 0.0, 100.0, "Largest loss that a SerDes equalises.")
          .from(Kind::standard, "KR 28 dB; 200G AUI up to 36 dB (facts: standards 5.1)"),
      field<&P::dac_reach>("dac_reach", "m", 0.0, 100.0, "Reach of passive copper at 100 Gb/s a lane.")
          .from(Kind::claim, "2 m, 802.3ck (facts: standards 7)"),
      field<&P::aec_reach>("aec_reach", "m", 0.0, 100.0, "Reach of active copper at 100 Gb/s a lane.")
          .from(Kind::claim, "4 to 7 m, Credo (facts: cluster 9)"),
      field<&P::rack_reach>("rack_reach", "m", 0.0, 100.0, "Length that links in a rack need.")
          .from(Kind::assumed, "up to 2 m, middle of row below 3 m (facts: cluster 4.4)"),
      field<&P::electricity_price>("electricity_price", "USD/(kW h)", 0.0, 10.0, "Price of electricity.")
          .from(Kind::assumed, "industrial tariffs of large users; no source"),
      field<&P::pue>("pue", "", 1.0, 3.0, "Power at the meter over that of the electronics.")
          .from(Kind::claim, "1.25, 1.12 with liquid (facts: cluster 6)"),
      field<&P::years>("years", "", 0.1, 30.0, "Years of use.").from(Kind::choice, "5"));
}

// The energies, host losses and reaches of solved technologies in place of the published ones, with their
// ranges; null where there is none. Energies are taken for the module and its lasers.
struct SolvedTechnologies {
  const Technology *dsp = nullptr, *lpo = nullptr, *cpo = nullptr, *dac = nullptr, *aec = nullptr;
};
CrossoverInputs with_technologies(CrossoverInputs, const SolvedTechnologies&);

struct CrossoverPoint {
  double x = 0.0;
  double need = 0.0, limit = 0.0;  // the change comes where the first exceeds the second
};

// How much one input moves a crossing.
struct CrossoverCause {
  std::string input;             // "cage_power"
  double low = 0.0, high = 0.0;  // the crossing with that input alone at its ends
};

struct Crossover {
  std::string id;                  // "cpo-rate"
  std::string challenger;          // "CPO"
  std::string incumbent;           // "pluggables"
  std::string variable;            // "rate of a module"
  std::string unit;                // of variable and crossing, SI: "bit/s"
  std::string need, limit;         // what is compared: "watts of a module", "watts of a cage"
  bool above = true;               // the challenger holds above the crossing, else below it
  bool found = false;              // within the range that was searched
  bool challenger_always = false;  // where none was found
  double from = 0.0, to = 0.0;     // the range that was searched
  // With all inputs at their values, and the least and greatest with every input at the end that moves it
  // there; `from` or `to` where it leaves the range.
  double value = 0.0, low = 0.0, high = 0.0;
  std::vector<CrossoverCause> causes;  // those that move it, most first
  std::vector<CrossoverPoint> curve;   // at the values, evenly in the logarithm of the variable
};

// All of them. The ends of the range are found one input at a time: each law is monotone in every input while
// the others stand.
// Cost: some milliseconds.
std::vector<Crossover> crossovers(const CrossoverInputs&);

// "above 3.2T": how the crossing of CPO against pluggables along the rate of a module stands to a stated
// rate.
struct RateVerdict {
  Crossover crossing;          // the first of cage power and host loss
  Crossover by_cage, by_loss;  // each alone
  double stated = 0.0;         // [bit/s]
  double last_served = 0.0;    // largest of 400, 800 Gb/s, 1.6 … Tb/s that pluggables serve, at the values
  double last_served_low = 0.0, last_served_high = 0.0;
  std::string decided_by;  // "cage power" or "host loss"
  bool holds = false;      // last_served is the stated rate
  bool possible = false;   // it lies within last_served_low and _high
};
RateVerdict judge_rate(const CrossoverInputs&, double stated = 3.2e12);

}  // namespace waverack::cluster
