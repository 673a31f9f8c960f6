#pragma once
// An optical amplifier of a coherent link: booster, pre-amplifier, or inside a module.

#include "waverack/coherent/line.hpp"
#include "waverack/parts/decibel.hpp"
#include "waverack/parts/interface.hpp"

namespace waverack::parts {

struct OpticalAmplifier {
  double output_power = 0.0;           // per channel [W]; 0: `gain` counts
  double gain = from_db(20.0);         // power ratio
  double noise_figure = from_db(5.5);  // ratio
  double pdl = 1.0;                    // power ratio ≥ 1
  double power = 0.0;                  // electrical, per channel [W]
};

inline FieldList describe(Tag<OpticalAmplifier>) {
  using P = OpticalAmplifier;
  return fields<P>(
      "Optical amplifier with flat gain; noise enters in each polarisation on its own.",
      field<&P::output_power>("output_power", "mW", 0.0, 1000.0,
                              "Power of the channel at its output; 0: `gain` counts.")
          .from(Kind::choice, "0: fixed gain"),
      field<&P::gain>("gain", "dB", -10.0, 50.0, "Gain.").from(Kind::choice, ""),
      field<&P::noise_figure>("noise_figure", "dB", 0.0, 20.0, "Noise figure at this gain.")
          .from(Kind::assumed, "EDFA 5 to 6 dB; the GNPy example has 6.62 dB at 15 dB (facts: coherent 9.1)"),
      field<&P::pdl>("pdl", "dB", 0.0, 10.0, "Polarisation-dependent gain or loss.")
          .from(Kind::choice, "0 dB"),
      field<&P::power>("power", "W", 0.0, 50.0, "Electrical power for this channel.")
          .from(Kind::choice, "0 W: of the line, not of the module"));
}

template <>
struct PartTraits<OpticalAmplifier> {
  static constexpr std::string_view type = "optical_amplifier";
  static constexpr Domain input = Domain::dual_field, output = Domain::dual_field;
  static constexpr Place place = Place::module;
};

// `input_power`: of the channel at its input [W]; it counts where the output power is given.
std::vector<coherent::NamedElement> line_elements(const OpticalAmplifier&, const Conditions&,
                                                  double input_power, const std::string& name);
std::vector<std::string_view> unused(const OpticalAmplifier&);
double power(const OpticalAmplifier&, const Conditions&);

}  // namespace waverack::parts
