#pragma once
// Single-mode fibre of long links: one span, or several alike with an amplifier behind each.

#include "waverack/coherent/line.hpp"
#include "waverack/parts/decibel.hpp"
#include "waverack/parts/interface.hpp"

namespace waverack::parts {

struct FibreSpan {
  double length = 80e3;                        // of one span [m]
  int spans = 1;                               // alike, one behind the other
  double attenuation = from_db_per_m(0.2e-3);  // of power [1/m]
  double dispersion = 17e-6;                   // at the carrier [s/m²]
  double dispersion_slope = 60.0;              // [s/m³]
  double nonlinearity = 1.3e-3;                // γ [1/(W m)]
  double pmd = 0.04e-12 / 31.622776601683793;  // [s/sqrt(m)]
  double joint_loss = from_db(0.5);            // of the connector at either end of each span
  double noise_figure = 1.0;   // of an amplifier behind each span that makes up for its loss; 1: none
  double amplifier_pdl = 1.0;  // of each such amplifier, power ratio ≥ 1
};

inline FieldList describe(Tag<FibreSpan>) {
  using P = FibreSpan;
  return fields<P>(
      "Spans of single-mode fibre with attenuation, dispersion, Kerr effect and PMD, and their amplifiers.",
      field<&P::length>("length", "km", 0.0, 400.0, "Length of one span.")
          .from(Kind::standard, "ZR: 80 to 120 km (facts: coherent 3.1)"),
      field<&P::spans>("spans", "", 1, 100, "Number of spans alike.").from(Kind::choice, "1"),
      field<&P::attenuation>("attenuation", "dB/km", 0.0, 5.0, "Attenuation.")
          .from(Kind::assumed, "G.652.D cable at 1550 nm, 0.2 dB/km (facts: coherent 9.1)"),
      field<&P::dispersion>("dispersion", "ps/(nm km)", -200.0, 200.0, "Dispersion at the carrier.")
          .from(Kind::assumed, "G.652 at 1550 nm, 16.7 to 17 ps/(nm km) (facts: coherent 9.1, 9.3)"),
      field<&P::dispersion_slope>("dispersion_slope", "ps/(nm^2 km)", -1.0, 1.0, "Slope of the dispersion.")
          .from(Kind::assumed, "G.652 about 0.06 ps/(nm^2 km)"),
      field<&P::nonlinearity>("nonlinearity", "1/(W km)", 0.0, 100.0, "Kerr coefficient gamma.")
          .from(Kind::assumed, "G.652 about 1.3 1/(W km) (facts: coherent 9.3)"),
      field<&P::pmd>("pmd", "ps/sqrt(km)", 0.0, 10.0, "Polarisation-mode dispersion coefficient.")
          .from(Kind::assumed, "G.652 cable below 0.1 ps/sqrt(km)"),
      field<&P::joint_loss>("joint_loss", "dB", 0.0, 10.0, "Connector at either end of each span.")
          .from(Kind::assumed, "0.5 dB as in the GNPy example (facts: coherent 9.1)"),
      field<&P::noise_figure>("noise_figure", "dB", 0.0, 20.0,
                              "Of an amplifier behind each span that makes up for its loss; 0 dB: none.")
          .from(Kind::choice, "0 dB: none"),
      field<&P::amplifier_pdl>("amplifier_pdl", "dB", 0.0, 10.0,
                               "Polarisation-dependent loss of each such amplifier.")
          .from(Kind::choice, "0 dB"));
}

template <>
struct PartTraits<FibreSpan> {
  static constexpr std::string_view type = "fibre_span";
  static constexpr Domain input = Domain::dual_field, output = Domain::dual_field;
  static constexpr Place place = Place::host;
};

// The elements of the line, named after `name`.
std::vector<coherent::NamedElement> line_elements(const FibreSpan&, const Conditions&, double input_power,
                                                  const std::string& name);
double latency(const FibreSpan&, const Conditions&);  // of all spans [s]
std::vector<std::string> remarks(const FibreSpan&, const Conditions&);

}  // namespace waverack::parts
