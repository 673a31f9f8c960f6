#pragma once
// A port of a wavelength multiplexer or demultiplexer: passband, loss, and what it lets through of the
// neighbours.

#include "waverack/parts/decibel.hpp"
#include "waverack/parts/interface.hpp"

namespace waverack::parts {

// What the port does with the neighbours' light: a multiplexer joins them behind it, a demultiplexer keeps
// them out.
enum class WdmRole { multiplexer, demultiplexer };

// gaussian: a (super-)Gaussian of thin films, arrayed waveguides and cascaded interferometers, flat for
// order > 1. ring: the drop port of `order` equal rings, one behind the other, as in a ring bank.
enum class Passband { gaussian, ring };

// With x the distance from `centre` over half of the bandwidth b, both in frequency:
//   gaussian  |H|² = 2^(−|x|^(2·order)), real: thin films and waveguide lattices are nearly linear in phase
//   ring      H = 1/(1 + j·x·√(2^(1/order) − 1))^order
// so that the power is 3 dB down at x = ±1. Far from the passband no more than `isolation` is kept out.
struct WdmFilter {
  WdmRole role = WdmRole::demultiplexer;
  Passband passband = Passband::gaussian;
  int order = 3;
  double centre = 1311e-9;               // [m]
  double bandwidth = 16e-9;              // full width, 3 dB down [m]
  double insertion_loss = from_db(1.0);  // at the centre, power ratio
  double isolation = from_db(25.0);      // largest suppression relative to the centre, power ratio
  double return_loss = from_db(40.0);    // power ratio
};

inline FieldList describe(Tag<WdmFilter>) {
  using P = WdmFilter;
  constexpr std::string_view on_chip = "on-chip mux 1 to 2 dB, isolation 20 to 30 dB (facts: photonics 7.1)";
  return fields<P>(
      "Port of a wavelength multiplexer or demultiplexer: passband, loss, isolation.",
      field<&P::role>("role", "multiplexer joins the neighbours, demultiplexer keeps them out."),
      field<&P::passband>("passband", "gaussian, flat for order > 1, or ring for the drop port of rings."),
      field<&P::order>("order", "", 1, 10, "Order of the Gaussian, or rings one behind the other.")
          .from(Kind::assumed, "flat-top filter of a coarse grid"),
      field<&P::centre>("centre", "nm", 400.0, 2500.0, "Wavelength at the centre of the passband.")
          .from(Kind::choice, "the laser of DR; FR4 stands at 1271, 1291, 1311, 1331 nm"),
      field<&P::bandwidth>("bandwidth", "nm", 0.001, 200.0, "Full width of the passband, 3 dB down.")
          .from(Kind::assumed, "a coarse grid of 20 nm with lasers within 6.5 nm of it"),
      field<&P::insertion_loss>("insertion_loss", "dB", 0.0, 40.0, "Loss at the centre.")
          .from(Kind::assumed, on_chip),
      field<&P::isolation>("isolation", "dB", 0.0, 100.0, "Largest suppression relative to the centre.")
          .from(Kind::assumed, on_chip),
      field<&P::return_loss>("return_loss", "dB", 0.0, 100.0, "Return loss.")
          .from(Kind::assumed, "waveguide device behind a coupler"));
}

template <>
struct PartTraits<WdmFilter> {
  static constexpr std::string_view type = "wdm_filter";
  static constexpr Domain input = Domain::field, output = Domain::field;
  static constexpr Place place = Place::module;
};

// Passband about the carrier, f relative to conditions.light.wavelength, with the insertion loss. Without
// light (wavelength 0) the carrier is at the centre.
Response response(const WdmFilter&, const Conditions&);
// Power that the filter lets through at `neighbour` over that at `own` (wavelengths [m]); 1 for a
// multiplexer, whose ports do not see the neighbours.
double crosstalk(const WdmFilter&, double own, double neighbour);
double reflectance(const WdmFilter&);
// At the centre.
double optical_loss(const WdmFilter&);
// Where the light is more than 0.5 dB down the slope of the passband.
std::vector<std::string> remarks(const WdmFilter&, const Conditions&);

}  // namespace waverack::parts

namespace waverack {
template <>
struct EnumNames<parts::WdmRole> {
  static constexpr std::array<EnumName<parts::WdmRole>, 2> list{
      {{"multiplexer", parts::WdmRole::multiplexer}, {"demultiplexer", parts::WdmRole::demultiplexer}}};
};
template <>
struct EnumNames<parts::Passband> {
  static constexpr std::array<EnumName<parts::Passband>, 2> list{
      {{"gaussian", parts::Passband::gaussian}, {"ring", parts::Passband::ring}}};
};
}  // namespace waverack
