#pragma once
// A thin-film lithium niobate Mach-Zehnder modulator: voltage in, optical field out.

#include "waverack/parts/decibel.hpp"
#include "waverack/parts/interface.hpp"
#include "waverack/parts/response_file.hpp"

namespace waverack::parts {

// The Pockels effect is linear in the voltage and costs no light: no depletion law, no voltage-dependent
// loss, no junction to charge. One electrode between the arms drives both with opposite signs, so there is no
// chirp beyond that of the finite extinction. Memory comes from the electrode alone (travelling_wave.hpp).
// Field (facts: photonics 4.3), with the arm amplitude ratio r:
//   E_out = E_in·√(e^(−αL)/IL)·[ e^(jψ/2) + r·e^(−jψ/2) ] / (1 + r),  ψ = π·v·L/VpiL − π/2 + bias_phase −
//   bias_drift
// V_π of the electrode's voltage is VpiL/L: at quadrature P = P_in·½·(1 + sin(π·v/V_π)).
struct LithiumNiobate {
  double v_pi_l = 0.020;                 // of the push-pull electrode, at low frequency [V m]
  double length = 7e-3;                  // of the electrode [m]
  double bias_phase = 0.0;               // set point from quadrature; negative is towards the null [rad]
  double bias_drift = 0.0349;            // what drift takes away between two corrections of the bias [rad]
  double insertion_loss = from_db(2.5);  // splitters and one facet, on-state, as a power ratio
  double waveguide_loss = from_db_per_cm(0.3);  // of power [1/m]
  double static_extinction = from_db(25.0);     // power ratio, from r
  double rf_loss = from_db_per_cm(6.3);         // of power at rf_loss_frequency, growing with √f [1/m]
  double rf_loss_frequency = 50e9;              // [Hz]
  double rf_index_mismatch = 0.0;               // n_RF − n_g
  double return_loss = from_db(26.0);           // power ratio, seen from the fibre
  double bias_power = 0.015;                    // heater [W]
  ResponseFile response_file;                   // in place of the electrode
};

inline FieldList describe(Tag<LithiumNiobate>) {
  using P = LithiumNiobate;
  return fields<P>(
      "Thin-film lithium niobate Mach-Zehnder modulator with travelling-wave electrodes.",
      field<&P::v_pi_l>("v_pi_l", "V cm", 0.01, 1000.0,
                        "Half-wave voltage times length at low frequency, push-pull.")
          .from(Kind::assumed, "1.8 to 2.2 V cm in the O band (facts: photonics 4.3)"),
      field<&P::length>("length", "mm", 0.01, 100.0, "Length of the electrode.")
          .from(Kind::assumed, "5 to 10 mm (facts: photonics 4.3)"),
      field<&P::bias_phase>("bias_phase", "deg", -90.0, 90.0,
                            "Set point of the bias, from quadrature; negative is towards the null.")
          .from(Kind::choice, ""),
      field<&P::bias_drift>(
          "bias_drift", "deg", -90.0, 90.0,
          "How far drift moves the working point, towards the null, before the bias loop corrects it.")
          .from(
              Kind::assumed,
              "2 degrees with a thermo-optic bias; electro-optic bias drifts freely (facts: photonics 4.3)"),
      field<&P::insertion_loss>("insertion_loss", "dB", 0.0, 30.0, "On-state loss of splitters and facet.")
          .from(Kind::assumed,
                "1 to 2 dB on chip less the waveguide, and 1 to 1.5 dB for a facet (facts: photonics 4.3)"),
      field<&P::waveguide_loss>("waveguide_loss", "dB/cm", 0.0, 100.0, "Loss of the waveguide.")
          .from(Kind::assumed, "0.2 to 0.5 dB/cm (facts: photonics 4.3)"),
      field<&P::static_extinction>("static_extinction", "dB", 3.0, 200.0,
                                   "Ratio of largest to smallest output, from the arm imbalance.")
          .from(Kind::assumed, "above 20 dB (facts: photonics 4.3)"),
      field<&P::rf_loss>("rf_loss", "dB/cm", 0.0, 100.0,
                         "Electrode loss at rf_loss_frequency; it grows with the root of frequency.")
          .from(Kind::assumed,
                "105 GHz of bandwidth for 7 mm by the 6.4 dB rule; 100 to 110 GHz are usual (facts: "
                "photonics 4.1, 4.3)"),
      field<&P::rf_loss_frequency>("rf_loss_frequency", "GHz", 1.0, 500.0,
                                   "Frequency at which rf_loss is stated.")
          .from(Kind::choice, ""),
      field<&P::rf_index_mismatch>("rf_index_mismatch", "", -5.0, 5.0,
                                   "Index of the electrical wave less the group index of light.")
          .from(Kind::assumed, "matched by design"),
      field<&P::return_loss>("return_loss", "dB", 0.0, 100.0, "Return loss seen from the fibre.")
          .from(Kind::datasheet,
                "transmitter reflectance at most -26 dB, 800G-DR8 data sheet (facts: photonics 4.4)"),
      field<&P::bias_power>("bias_power", "mW", 0.0, 1000.0, "Mean power of the bias heater.")
          .from(Kind::assumed, "half of 30 mW per pi; 20 to 40 mW per pi is usual (facts: photonics 4.3)"),
      response_file_field<&P::response_file>());
}

template <>
struct PartTraits<LithiumNiobate> {
  static constexpr std::string_view type = "lithium_niobate";
  static constexpr Domain input = Domain::voltage, output = Domain::field;
  static constexpr Place place = Place::module;
};

// Of the electrode.
Response input_response(const LithiumNiobate&, const Conditions&);
// Field for light of conditions.light.power [sqrt(W)].
FieldLaw law(const LithiumNiobate&, const Conditions&, std::span<const float> in);
// dP/dv [W/V].
void slope(const LithiumNiobate&, const Conditions&, std::span<const float> in, std::span<float> slope);
// Heater power [W].
double power(const LithiumNiobate&, const Conditions&);
double reflectance(const LithiumNiobate&);
// Loss at full transmission; modulation and bias point are not in it.
double optical_loss(const LithiumNiobate&);
// Of the response file.
std::vector<std::string> remarks(const LithiumNiobate&, const Conditions&);
// Keys that do not count beside a response_file.
std::vector<std::string_view> unused(const LithiumNiobate&);

}  // namespace waverack::parts
