#pragma once
// A shielded pair of copper wires with a connector at either end: the cable of a DAC or an AEC.

#include "waverack/parts/decibel.hpp"
#include "waverack/parts/interface.hpp"

namespace waverack::parts {

// Loss by conductor gauge (facts: standards 7), with the phase that makes it causal (theory: parts, eq. 7a to
// 7d):
//   loss [dB/m] = skin_loss·(1 mm/d)·√(f/GHz) + dielectric_loss·(f/GHz),  d = 0.127 mm·92^((36 − gauge)/39)
// The two coefficients are fitted to the loss table of the facts, from AWG 26 to 34 at 26.6 and 53.1 GHz;
// the table itself is not measured, so a measured cable wants its own coefficients. Intra-pair skew takes the
// differential signal away as cos(πf·skew), the worst case of two wires that do not couple; what it takes
// becomes common mode and is lost. Neglected: the rise of the resistance with temperature, crosstalk between
// pairs, and reflections between this part and its neighbours in the chain.
struct Twinax {
  double gauge = 28.0;                             // AWG of the conductors
  double length = 2.0;                             // [m]
  double skin_loss = from_db_per_m(0.349);         // of power, of a conductor of 1 mm at 1 GHz [1/m]
  double dielectric_loss = from_db_per_m(0.0523);  // of power at 1 GHz [1/m]
  double delay = 4.6e-9;                           // [s/m]
  double skew_per_length = 0.5e-12;                // between the two wires [s/m]
  double connector_loss = from_db(1.0);            // of each end at connector_frequency, power ratio
  double connector_frequency = 53.125e9;           // [Hz]
  double connector_return_loss = from_db(15.0);    // of each end, power ratio
  double suck_out_depth = 1.0;                     // power ratio at suck_out_frequency; 1: none
  double suck_out_frequency = 60e9;                // [Hz]
  double suck_out_quality = 20.0;                  // suck_out_frequency over the width of the notch
};

inline FieldList describe(Tag<Twinax>) {
  using P = Twinax;
  constexpr std::string_view fit =
      "least squares of relative error to the loss of AWG 26 to 34 at 26.56 and 53.125 GHz, a table from "
      "memory (facts: standards 7)";
  return fields<P>(
      "Twinax cable by conductor gauge and length, with a connector at either end.",
      field<&P::gauge>("gauge", "", 20.0, 40.0, "Gauge of the conductors (AWG).").from(Kind::choice, ""),
      field<&P::length>("length", "m", 0.0, 50.0, "Length of the cable.").from(Kind::choice, ""),
      field<&P::skin_loss>(
          "skin_loss", "dB/m", 0.0, 10.0,
          "Skin-effect loss of a pair with conductors of 1 mm at 1 GHz; it goes as sqrt(f)/d.")
          .from(Kind::assumed, fit),
      field<&P::dielectric_loss>("dielectric_loss", "dB/m", 0.0, 1.0,
                                 "Dielectric loss at 1 GHz; it goes as f, whatever the gauge.")
          .from(Kind::assumed, fit),
      field<&P::delay>("delay", "ns/m", 3.0, 10.0, "Delay per length.")
          .from(Kind::claim, "twinax 4.6 ns/m (facts: cluster 8.2)"),
      field<&P::skew_per_length>("skew_per_length", "ps/m", 0.0, 50.0,
                                 "Difference of the delays of the two wires of a pair, per length.")
          .from(Kind::assumed, "of the order of a picosecond for a cable of 2 m (facts: standards 7)"),
      field<&P::connector_loss>("connector_loss", "dB", 0.0, 10.0,
                                "Loss of each end, connector and board, at connector_frequency; it goes as "
                                "sqrt(f).")
          .from(Kind::assumed, "a mated connector and some millimetres of board"),
      field<&P::connector_frequency>("connector_frequency", "GHz", 0.1, 200.0,
                                     "Frequency at which connector_loss is stated.")
          .from(Kind::choice, "half of 106.25 GBd"),
      field<&P::connector_return_loss>("connector_return_loss", "dB", 0.0, 100.0,
                                       "Reflection of each end; the echo between the two is the ripple.")
          .from(Kind::assumed, "as of a good mated connector"),
      field<&P::suck_out_depth>("suck_out_depth", "dB", 0.0, 60.0,
                                "Extra loss at suck_out_frequency, as of a periodic shield; 0 dB for none.")
          .from(Kind::choice, "0 dB: longitudinal shields have none"),
      field<&P::suck_out_frequency>("suck_out_frequency", "GHz", 1.0, 200.0, "Centre of the suck-out.")
          .from(Kind::choice, ""),
      field<&P::suck_out_quality>("suck_out_quality", "", 0.5, 200.0,
                                  "Centre frequency of the suck-out over its width at half of its depth in "
                                  "lost amplitude.")
          .from(Kind::choice, ""));
}

template <>
struct PartTraits<Twinax> {
  static constexpr std::string_view type = "twinax";
  static constexpr Domain input = Domain::voltage, output = Domain::voltage;
  static constexpr Place place = Place::module;
};

// Diameter of a solid conductor [m]: 0.127 mm·92^((36 − gauge)/39), the definition of the American wire
// gauge.
double conductor_diameter(double gauge);

// Loss of the cable alone over its length at f ≥ 0 [dB]: without ends, skew and suck-out.
double cable_loss_db(const Twinax&, double f);

// Differential voltage between matched ends, without the bulk delay. |H| ≤ 1.
Response response(const Twinax&, const Conditions&);

// delay·length [s].
double latency(const Twinax&, const Conditions&);

// Skew that takes the signal away altogether below half the symbol rate; a gauge beyond the fitted ones.
std::vector<std::string> remarks(const Twinax&, const Conditions&);

}  // namespace waverack::parts
