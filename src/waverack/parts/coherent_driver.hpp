#pragma once
// Four linear drivers between the DACs and the IQ modulators of both polarisations.

#include "waverack/parts/decibel.hpp"
#include "waverack/parts/dual_action.hpp"
#include "waverack/parts/interface.hpp"
#include "waverack/parts/warming.hpp"

namespace waverack::parts {

// v_out = V_s·tanh(g·v/V_s), V_s half of the saturation swing, behind a second-order low-pass.
struct CoherentDriver {
  double gain = 16.0;              // of voltage
  double bandwidth = 60e9;         // −3 dB [Hz]
  double saturation_swing = 10.0;  // largest output, differential peak to peak [V]
  double noise_density = 2e-9;     // input-referred, one-sided [V/sqrt(Hz)]
  double power = 2.0;              // of all four [W]
  double bandwidth_drift = -1e-3;  // relative, from 25 °C [1/K]
};

inline FieldList describe(Tag<CoherentDriver>) {
  using P = CoherentDriver;
  return fields<P>(
      "Four linear drivers of a dual-polarisation IQ modulator.",
      field<&P::gain>("gain", "", 0.1, 1000.0, "Voltage gain.")
          .from(Kind::choice, "24 dB: near the best drive of the modulator"),
      field<&P::bandwidth>("bandwidth", "GHz", 1.0, 500.0, "-3 dB bandwidth.")
          .from(Kind::assumed, "CDM and HB-CDM parts of the 64 and 96 GBd classes: 40 to 65 GHz"),
      field<&P::saturation_swing>("saturation_swing", "V", 0.01, 50.0,
                                  "Largest differential peak-to-peak output.")
          .from(Kind::assumed, "6 to 10 V drivers for a 3 to 4 V modulator"),
      field<&P::noise_density>("noise_density", "nV/sqrt(Hz)", 0.0, 1000.0,
                               "One-sided input-referred noise voltage.")
          .from(Kind::assumed, "usual value of SiGe drivers"),
      field<&P::power>("power", "W", 0.0, 50.0, "Electrical power of all four.")
          .from(Kind::claim, "2 W of an 800ZR module (facts: coherent 5)"),
      bandwidth_drift_field<&P::bandwidth_drift>());
}

template <>
struct PartTraits<CoherentDriver> {
  static constexpr std::string_view type = "coherent_driver";
  static constexpr Domain input = Domain::branches, output = Domain::branches;
  static constexpr Place place = Place::module;
};

Response branch_response(const CoherentDriver&, const Conditions&);
DualAction action(const CoherentDriver&, const Conditions&, const DualContext&);
double power(const CoherentDriver&, const Conditions&);

}  // namespace waverack::parts
