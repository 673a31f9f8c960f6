#pragma once
// A multiplexer, demultiplexer or wavelength-selective switch in the path of one channel.

#include "waverack/coherent/line.hpp"
#include "waverack/parts/decibel.hpp"
#include "waverack/parts/interface.hpp"

namespace waverack::parts {

struct OpticalFilter {
  double bandwidth = 140e9;              // full, −3 dB [Hz]
  int order = 4;                         // of the super-Gaussian
  double centre_offset = 0.0;            // of the pass band from the channel [Hz]
  double insertion_loss = from_db(5.0);  // power ratio
};

inline FieldList describe(Tag<OpticalFilter>) {
  using P = OpticalFilter;
  return fields<P>(
      "Optical filter of super-Gaussian shape: multiplexer, demultiplexer, wavelength-selective switch.",
      field<&P::bandwidth>("bandwidth", "GHz", 1.0, 2000.0, "Full width at -3 dB.")
          .from(Kind::assumed, "150 GHz grid of 800ZR; OpenZR+ 70 to 76 GHz on 75 GHz (facts: coherent 3.2)"),
      field<&P::order>("order", "", 1, 20, "Order of the super-Gaussian.").from(Kind::assumed, "3 to 5"),
      field<&P::centre_offset>("centre_offset", "GHz", -100.0, 100.0, "Of the pass band from the channel.")
          .from(Kind::choice, "0"),
      field<&P::insertion_loss>("insertion_loss", "dB", 0.0, 40.0, "Loss in the middle of the pass band.")
          .from(Kind::assumed, "5 dB of arrayed waveguide gratings"));
}

template <>
struct PartTraits<OpticalFilter> {
  static constexpr std::string_view type = "optical_filter";
  static constexpr Domain input = Domain::dual_field, output = Domain::dual_field;
  static constexpr Place place = Place::host;
};

std::vector<coherent::NamedElement> line_elements(const OpticalFilter&, const Conditions&, double input_power,
                                                  const std::string& name);
double optical_loss(const OpticalFilter&);

}  // namespace waverack::parts
