#pragma once
// What the signal processing of a coherent module draws: operations counted, times their energy at the node.

#include "waverack/base/reader.hpp"

namespace waverack::parts {

// Energies at 7 nm; another node scales them by (node/7 nm)^node_exponent. Their size is assumed; together
// they give a 7 nm 400ZR chip of about 8 W and a 5 nm 800ZR chip of about 16 W (facts: coherent 5).
struct DspEnergy {
  double node = 5e-9;                // of the process [m]
  double node_exponent = 1.2;        // of energy with the node's name
  double multiplication = 0.08e-12;  // one real 8-bit multiplication with its addition [J]
  double conversion = 25e-15;        // of converters, per effective step and sample (Walden) [J]
  double soft_row = 0.30e-9;         // one soft decoding of one component codeword of 256 bits [J]
  double hard_row = 0.02e-9;         // one hard decoding of one [J]
  double encoding = 0.15e-12;        // FEC, framing and mapping, per information bit [J]
  double interface_bit = 1.6e-12;    // SerDes towards the host, per bit of one direction [J]
  double standing = 1.0;             // clocks, control and leakage of the chip [W]
};

inline FieldList describe(Tag<DspEnergy>) {
  using P = DspEnergy;
  constexpr std::string_view fitted =
      "sized with the others so that the sum meets the published modules (facts: coherent 5)";
  return fields<P>(
      "Energies of the operations of a coherent DSP chip.",
      field<&P::node>("node", "nm", 1.0, 65.0, "Name of the CMOS node.")
          .from(Kind::assumed, "5 nm: 800ZR chips of 2024; 7 nm: 400ZR of 2020"),
      field<&P::node_exponent>("node_exponent", "", 0.0, 3.0,
                               "Energy goes with the node's name to this power.")
          .from(Kind::assumed, "a node from 7 to 5 nm is sold with 30 % less power"),
      field<&P::multiplication>("multiplication", "pJ", 0.0, 100.0,
                                "One real multiplication and addition at 7 nm.")
          .from(Kind::assumed, fitted),
      field<&P::conversion>(
          "conversion", "fJ", 0.0, 1e5,
          "Figure of merit of the converters at 7 nm: energy per sample and effective step.")
          .from(Kind::assumed, fitted),
      field<&P::soft_row>("soft_row", "pJ", 0.0, 1e6,
                          "Soft decoding of one component codeword of 256 bits at 7 nm.")
          .from(Kind::assumed, fitted),
      field<&P::hard_row>("hard_row", "pJ", 0.0, 1e6, "Hard decoding of one component codeword at 7 nm.")
          .from(Kind::assumed, fitted),
      field<&P::encoding>("encoding", "pJ", 0.0, 100.0,
                          "Encoding, framing and mapping of one information bit at 7 nm.")
          .from(Kind::assumed, fitted),
      field<&P::interface_bit>("interface_bit", "pJ", 0.0, 100.0,
                               "SerDes towards the host at 7 nm, per bit of each direction.")
          .from(Kind::assumed, fitted),
      field<&P::standing>("standing", "W", 0.0, 50.0, "Clocks, control and leakage.")
          .from(Kind::assumed, fitted));
}

// Scale of the energies at the node.
double node_scale(const DspEnergy&);

// The work of one direction of one module.
struct DspWork {
  double symbol_rate = 0.0;       // [Bd]
  double information_rate = 0.0;  // [bit/s]
  double samples_per_symbol = 2.0;
  double converter_enob = 0.0;  // of four converters; 0: none
  int dispersion_taps = 0;      // of the overlap-save filter
  int equaliser_taps = 0;       // of each of the four filters
  int phases = 0;               // of the blind phase search
  int shaping_taps = 0;         // of the transmit filter, each polarisation
  double soft_sweeps = 0.0, hard_sweeps = 0.0;
  double row_information_bits = 111.0;  // new information bits of one component codeword
};

// Watts by cause, each at the node.
struct DspWatts {
  double converters = 0.0, dispersion = 0.0, equaliser = 0.0, carrier = 0.0, shaping = 0.0, decoder = 0.0,
         encoder = 0.0, interface = 0.0;
  double sum() const {
    return converters + dispersion + equaliser + carrier + shaping + decoder + encoder + interface;
  }
};

// Multiplications are counted as in the filters of this program: overlap-save in blocks of four times the
// taps.
DspWatts transmitting_watts(const DspEnergy&, const DspWork&);
DspWatts receiving_watts(const DspEnergy&, const DspWork&);

}  // namespace waverack::parts
