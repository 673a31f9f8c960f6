#pragma once
// A place of a line where loss or delay depends on polarisation.

#include "waverack/coherent/line.hpp"
#include "waverack/parts/decibel.hpp"
#include "waverack/parts/interface.hpp"

namespace waverack::parts {

struct PolarisationElement {
  double pdl = 1.0;  // power ratio ≥ 1
  double dgd = 0.0;  // [s]
};

inline FieldList describe(Tag<PolarisationElement>) {
  using P = PolarisationElement;
  return fields<P>(
      "Polarisation-dependent loss and differential group delay in one place, turned at random.",
      field<&P::pdl>("pdl", "dB", 0.0, 20.0, "Loss of the worse over that of the better polarisation.")
          .from(Kind::choice, "0 dB"),
      field<&P::dgd>("dgd", "ps", 0.0, 1000.0, "Differential group delay.").from(Kind::choice, "0 ps"));
}

template <>
struct PartTraits<PolarisationElement> {
  static constexpr std::string_view type = "polarisation_element";
  static constexpr Domain input = Domain::dual_field, output = Domain::dual_field;
  static constexpr Place place = Place::host;
};

std::vector<coherent::NamedElement> line_elements(const PolarisationElement&, const Conditions&,
                                                  double input_power, const std::string& name);

}  // namespace waverack::parts
