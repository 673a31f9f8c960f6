#pragma once
// The optical front end of a coherent receiver: 90° hybrids, balanced photodiodes and transimpedance
// amplifiers for both polarisations.

#include "waverack/parts/branch_errors.hpp"
#include "waverack/parts/decibel.hpp"
#include "waverack/parts/dual_action.hpp"
#include "waverack/parts/interface.hpp"

namespace waverack::parts {

// With S the signal and L the local oscillator of one polarisation, half of its light each, behind the loss
// of the hybrid, the in-phase branch gives i = R·Re(S·L*) + χ·(R/2)·(|S|² + |L|²), the quadrature branch the
// imaginary part; χ = 10^(−CMRR/20). Shot noise of both photodiodes, 2q·(R/2)·(|S|² + |L|²), the noise of
// the TIA, and the local oscillator's RIN through χ.
struct CoherentFrontEnd {
  double hybrid_loss = from_db(3.0);  // beyond the splitting, signal and local oscillator, power ratio
  double responsivity = 0.9;          // [A/W]
  double common_mode_rejection = from_db(20.0);  // as 20·log10 of currents: power ratio of them squared
  double noise_density = 20e-12;                 // of each TIA, input-referred, one-sided [A/sqrt(Hz)]
  double bandwidth = 60e9;                       // photodiodes and TIA, −3 dB, second order [Hz]
  double output_swing = 0.5;                     // of the gain control, peak to peak [V]
  double saturation_swing = 2.0;                 // [V]
  BranchErrors errors;
  double power = 1.0;  // of all TIAs [W]
};

inline FieldList describe(Tag<CoherentFrontEnd>) {
  using P = CoherentFrontEnd;
  return fields<P>(
      "Optical front end of a coherent receiver: hybrids, balanced photodiodes, transimpedance amplifiers.",
      field<&P::hybrid_loss>("hybrid_loss", "dB", 0.0, 30.0,
                             "Loss of signal and local oscillator beyond their splitting.")
          .from(Kind::assumed, "silicon photonics, coupling included: 2 to 5 dB"),
      field<&P::responsivity>("responsivity", "A/W", 0.01, 2.0, "Of the photodiodes.")
          .from(Kind::assumed, "germanium at 1550 nm, 0.8 to 1.0 A/W"),
      field<&P::common_mode_rejection>("common_mode_rejection", "dB", 0.0, 80.0,
                                       "Rejection of what is common to a balanced pair.")
          .from(Kind::assumed, "OIF micro-ICR: 20 dB and less at high frequency"),
      field<&P::noise_density>("noise_density", "pA/sqrt(Hz)", 0.0, 1000.0,
                               "Input-referred noise current of each TIA.")
          .from(Kind::assumed, "15 to 25 pA/sqrt(Hz) of coherent TIAs"),
      field<&P::bandwidth>("bandwidth", "GHz", 1.0, 500.0, "-3 dB bandwidth of photodiodes and TIA.")
          .from(Kind::assumed, "40 to 70 GHz of products"),
      field<&P::output_swing>("output_swing", "V", 0.01, 10.0,
                              "Peak-to-peak output that the gain control settles at, as 8 times the rms.")
          .from(Kind::assumed, "0.4 to 0.6 V"),
      field<&P::saturation_swing>("saturation_swing", "V", 0.01, 20.0, "Largest peak-to-peak output.")
          .from(Kind::assumed, "total harmonic distortion of some percent at the output swing"),
      field<&P::errors>("errors", "Errors between its four branches."),
      field<&P::power>("power", "W", 0.0, 20.0, "Of all four TIAs.")
          .from(Kind::claim, "1 W of an 800ZR module (facts: coherent 5)"));
}

template <>
struct PartTraits<CoherentFrontEnd> {
  static constexpr std::string_view type = "coherent_front_end";
  static constexpr Domain input = Domain::dual_field, output = Domain::branches;
  static constexpr Place place = Place::module;
};

Response branch_response(const CoherentFrontEnd&, const Conditions&);

// Noise over signal, both in the matched filter, of a signal of `power` (both polarisations, at the hybrid's
// input) and a symbol rate of conditions.symbol_rate.
struct FrontEndNoise {
  double shot = 0.0, amplifier = 0.0, oscillator_rin = 0.0, self_beat = 0.0;
};
FrontEndNoise noise_ratios(const CoherentFrontEnd&, const Conditions&, double power);

DualAction action(const CoherentFrontEnd&, const Conditions&, const DualContext&);
double power(const CoherentFrontEnd&, const Conditions&);

}  // namespace waverack::parts
