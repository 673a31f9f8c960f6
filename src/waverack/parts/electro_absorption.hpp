#pragma once
// An electro-absorption modulator: voltage in, optical field out. With a CW laser before it, it is an EML.

#include "waverack/parts/decibel.hpp"
#include "waverack/parts/interface.hpp"
#include "waverack/parts/response_file.hpp"

namespace waverack::parts {

// The junction stands at the reverse voltage u = bias_voltage − v, so that light rises with v. Field (facts:
// photonics 4.4), with a(u) the absorption and α_H(u) the chirp parameter, both curves through tabulated
// points:
//   |E_out|² = P_in/IL·T(u),  T(u) = 10^(−a(u)/10 dB),  dφ = ½·α_H(u)·d(ln T)
// The phase is that of Koyama and Iga, dφ/dt = α_H/2·(dP/dt)/P: with α_H > 0 rising light is blue-shifted.
// Outside of the table absorption and phase keep their last values; remarks() says so where the bias is
// outside. Memory is one RC pole.
struct ElectroAbsorption {
  std::vector<double> voltage{-0.5, 0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0};      // reverse, rising [V]
  std::vector<double> absorption{0.3, 0.6, 1.4, 3.0, 5.6, 9.0, 12.5, 15.0};  // at each voltage [dB]
  std::vector<double> chirp{2.0, 1.5, 1.0, 0.5, 0.0, -0.5, -1.0, -1.5};      // α_H at each voltage
  double bias_voltage = 1.2;                                                 // reverse [V]
  double insertion_loss = from_db(3.0);  // coupling and residual loss beside the absorption, power ratio
  double rc_bandwidth = 65e9;            // [Hz]
  double return_loss = from_db(26.0);    // power ratio, seen from the fibre
  ResponseFile response_file;            // in place of the pole
};

inline FieldList describe(Tag<ElectroAbsorption>) {
  using P = ElectroAbsorption;
  return fields<P>(
      "Electro-absorption modulator with transient chirp; with a laser before it, an EML.",
      field<&P::voltage>("voltage", "V", -2.0, 20.0,
                         "Reverse voltages of the table, rising; negative is forward.")
          .from(Kind::choice, ""),
      field<&P::absorption>("absorption", "", 0.0, 60.0, "Absorption in dB at each voltage of the table.")
          .from(Kind::assumed,
                "10 dB or more static, outer 3.5 to 6 dB for 1.0 to 1.5 V (facts: photonics 4.4)"),
      field<&P::chirp>("chirp", "", -20.0, 20.0, "Chirp parameter at each voltage of the table.")
          .from(Kind::assumed,
                "0.5 to 2 at low bias, through 0 to negative with reverse bias (facts: photonics 4.4)"),
      field<&P::bias_voltage>("bias_voltage", "V", 0.0, 20.0, "Reverse bias about which the driver swings.")
          .from(Kind::choice, ""),
      field<&P::insertion_loss>("insertion_loss", "dB", 0.0, 30.0, "Loss of coupling, beside the absorption.")
          .from(Kind::assumed, "lens and facet"),
      field<&P::rc_bandwidth>("rc_bandwidth", "GHz", 1.0, 10000.0, "Bandwidth of the junction.")
          .from(Kind::assumed, "60 to 70 GHz for 200G, 100 GHz and more for 400G (facts: photonics 4.4)"),
      field<&P::return_loss>("return_loss", "dB", 0.0, 100.0, "Return loss seen from the fibre.")
          .from(Kind::datasheet,
                "transmitter reflectance at most -26 dB, 800G-DR8 data sheet (facts: photonics 4.4)"),
      response_file_field<&P::response_file>());
}

template <>
struct PartTraits<ElectroAbsorption> {
  static constexpr std::string_view type = "electro_absorption";
  static constexpr Domain input = Domain::voltage, output = Domain::field;
  static constexpr Place place = Place::module;
};

// Refuses a table whose columns differ in length or whose voltages do not rise.
void resolve(ElectroAbsorption&, ReadContext&, const Node&, const std::string& path);

Response input_response(const ElectroAbsorption&, const Conditions&);
// Field for light of conditions.light.power [sqrt(W)].
FieldLaw law(const ElectroAbsorption&, const Conditions&, std::span<const float> in);
// dP/dv [W/V].
void slope(const ElectroAbsorption&, const Conditions&, std::span<const float> in, std::span<float> slope);
// Bias voltage times the photocurrent of the absorbed light, one electron for each photon [W].
double power(const ElectroAbsorption&, const Conditions&);
double reflectance(const ElectroAbsorption&);
// Insertion loss and the least absorption of the table.
double optical_loss(const ElectroAbsorption&);
std::vector<std::string> remarks(const ElectroAbsorption&, const Conditions&);
// Keys that do not count beside a response_file.
std::vector<std::string_view> unused(const ElectroAbsorption&);

}  // namespace waverack::parts
