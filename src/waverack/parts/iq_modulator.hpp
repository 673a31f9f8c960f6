#pragma once
// The dual-polarisation IQ modulator: two nested Mach-Zehnders at their null for each polarisation.

#include "waverack/parts/decibel.hpp"
#include "waverack/parts/dual_action.hpp"
#include "waverack/parts/interface.hpp"

namespace waverack::parts {

// Each polarisation gets half of the light, E_in = √(P/2):
//   E = (E_in/2)·(m(v_I) + exp(j(π/2 + δ))·m(v_Q)),
//   m(v) = sin(π(v + V_e)/(2V_π)) + jε·(cos(π(v + V_e)/(2V_π)) − 1),  ε = 10^(−ER/20), V_e the error of the
// bias. The mean of what finite extinction leaves, ε, the bias of the other branch takes away.
struct IqModulator {
  double v_pi = 4.0;                        // push-pull, differential [V]
  double bandwidth = 60e9;                  // −3 dB of the electro-optic response, second order [Hz]
  double insertion_loss = from_db(9.0);     // at full transmission, power ratio ≥ 1
  double extinction_ratio = from_db(28.0);  // of the inner interferometers, power ratio
  double bias_error = 0.008;                // of the inner interferometers, relative to V_π
  double bias_power = 0.3;                  // of bias control and heaters [W]
};

inline FieldList describe(Tag<IqModulator>) {
  using P = IqModulator;
  return fields<P>(
      "Dual-polarisation IQ modulator of two nested Mach-Zehnders for each polarisation, biased at null.",
      field<&P::v_pi>("v_pi", "V", 0.1, 20.0, "Half-wave voltage, push-pull and differential.")
          .from(Kind::assumed, "silicon 5 to 6 V, indium phosphide 1.5 to 3 V, lithium niobate 2 to 3 V"),
      field<&P::bandwidth>("bandwidth", "GHz", 1.0, 500.0, "-3 dB electro-optic bandwidth.")
          .from(Kind::assumed, "40 to 70 GHz of products"),
      field<&P::insertion_loss>("insertion_loss", "dB", 0.0, 40.0,
                                "Loss at full transmission, both polarisations together.")
          .from(Kind::assumed, "silicon photonics 8 to 12 dB"),
      field<&P::extinction_ratio>("extinction_ratio", "dB", 10.0, 80.0, "Of the inner interferometers.")
          .from(Kind::assumed, "25 to 30 dB of products"),
      field<&P::bias_error>("bias_error", "", -0.5, 0.5,
                            "Error of the inner bias points, relative to the half-wave voltage.")
          .from(Kind::assumed,
                "leaves the carrier about 30 dB below the signal; the OpenZR+ limit is -26 dB (facts: "
                "coherent 3.2)"),
      field<&P::bias_power>("bias_power", "W", 0.0, 20.0, "Bias control and heaters.")
          .from(Kind::claim, "0.3 W of an 800ZR module (facts: coherent 5)"));
}

template <>
struct PartTraits<IqModulator> {
  static constexpr std::string_view type = "iq_modulator";
  static constexpr Domain input = Domain::branches, output = Domain::dual_field;
  static constexpr Place place = Place::module;
};

// Of voltages to the light, for small signals.
Response branch_response(const IqModulator&, const Conditions&);
// Power of what the error of the bias lets pass beside the signal, sin²(π·bias_error/2)·E[cos²θ], nearly all
// of it carrier, over that of the signal, E[sin²θ], for normal voltages: sin²(π·bias_error/2)·coth(σ²).
double carrier_ratio(const IqModulator&, double rms);

DualAction action(const IqModulator&, const Conditions&, const DualContext&);
double power(const IqModulator&, const Conditions&);

}  // namespace waverack::parts
