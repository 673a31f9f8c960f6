#pragma once
// A differential electrical line between two terminations: package, board trace, or a synthetic channel whose
// loss at one frequency is stated.

#include "waverack/parts/decibel.hpp"
#include "waverack/parts/interface.hpp"

namespace waverack::parts {

// The transmission line of COM (IEEE 802.3 Annex 93A; facts: standards 5.2 step 2):
//   gamma(f) = gamma_0 + a_1·(1 + j)·√f + [a_2·(1 − j·(2/π)·ln(f/GHz)) + j·2π·delay]·f
// with a capacitance to ground on either end. Only the through path between its two terminations is modelled;
// reflections between this part and its neighbours in the chain are not.
struct PackageLine {
  double length = 0.031;             // [m]
  double loss = 1.0;                 // power ratio at loss_frequency; beyond 0 dB it sets the length
  double loss_frequency = 53.125e9;  // [Hz]
  double impedance = 87.5;           // differential characteristic impedance [ohm]
  double gamma_0 = 0.0;              // [1/m]
  double a_1 = 9.909e-1 * 3.1622776601683795e-5;  // 9.909e-4 sqrt(ns)/mm [sqrt(s)/m]
  double a_2 = 2.772e-10;                         // 2.772e-4 ns/mm [s/m]
  double delay = 6.141e-9;                        // 6.141e-3 ns/mm [s/m]
  double input_capacitance = 0.0;                 // each conductor to ground [F]
  double output_capacitance = 0.0;                // [F]
  double source_resistance = 100.0;               // differential [ohm]
  double load_resistance = 100.0;                 // differential [ohm]
};

inline FieldList describe(Tag<PackageLine>) {
  using P = PackageLine;
  constexpr std::string_view com = "IEEE 802.3ck COM sheets, 100G C2C 120F column (facts: standards 5.4)";
  return fields<P>(
      "Differential transmission line with the loss law of the COM package, between two terminations.",
      field<&P::length>("length", "mm", 0.0, 20000.0, "Length of the line.").from(Kind::standard, com),
      field<&P::loss>("loss", "dB", 0.0, 100.0,
                      "Loss at loss_frequency, reflections aside; where it is above 0 dB it sets the length.")
          .from(Kind::choice, "0 dB: the length counts"),
      field<&P::loss_frequency>("loss_frequency", "GHz", 0.1, 200.0, "Frequency at which `loss` is stated.")
          .from(Kind::choice, "half of 106.25 GBd"),
      field<&P::impedance>("impedance", "ohm", 20.0, 500.0, "Differential characteristic impedance.")
          .from(Kind::standard, com),
      field<&P::gamma_0>("gamma_0", "1/mm", 0.0, 1.0, "Loss that does not depend on frequency.")
          .from(Kind::standard, com),
      field<&P::a_1>("a_1", "sqrt(ns)/mm", 0.0, 1.0, "Skin-effect loss.").from(Kind::standard, com),
      field<&P::a_2>("a_2", "ns/mm", 0.0, 1.0, "Dielectric loss.").from(Kind::standard, com),
      field<&P::delay>("delay", "ns/mm", 0.0, 1.0, "Delay per length (tau of COM).")
          .from(Kind::standard, com),
      field<&P::input_capacitance>("input_capacitance", "fF", 0.0, 1000.0,
                                   "Capacitance of each conductor to ground at the input (die pad or ball).")
          .from(Kind::choice, "0: ideal pads; C_d of COM is 120 fF"),
      field<&P::output_capacitance>("output_capacitance", "fF", 0.0, 1000.0,
                                    "Capacitance of each conductor to ground at the output.")
          .from(Kind::choice, "0: ideal pads; C_p of COM is 87 fF"),
      field<&P::source_resistance>("source_resistance", "ohm", 1.0, 1000.0, "Differential source resistance.")
          .from(Kind::standard, com),
      field<&P::load_resistance>("load_resistance", "ohm", 1.0, 1000.0, "Differential load resistance.")
          .from(Kind::standard, com));
}

template <>
struct PartTraits<PackageLine> {
  static constexpr std::string_view type = "package_line";
  static constexpr Domain input = Domain::voltage, output = Domain::voltage;
  static constexpr Place place = Place::host;
};

// Length that counts [m]: `length`, or the one that gives `loss` at loss_frequency. With gamma_0 = a_1 = a_2
// = 0 no length gives a loss; then `length` counts and `remarks` says so.
double line_length(const PackageLine&);

// Voltage at the load relative to the voltage there without a line, (R_s + R_l)/R_l·V_load/V_source, without
// the bulk delay. |H| ≤ 1 where source and load resistance are equal.
Response response(const PackageLine&, const Conditions&);

// delay·length [s].
double latency(const PackageLine&, const Conditions&);

std::vector<std::string> remarks(const PackageLine&, const Conditions&);

}  // namespace waverack::parts
