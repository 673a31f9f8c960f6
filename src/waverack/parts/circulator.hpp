#pragma once
// An optical circulator at one end of a fibre that carries both directions.

#include "waverack/parts/decibel.hpp"
#include "waverack/parts/interface.hpp"

namespace waverack::parts {

// A lane has two of them: the first sends its light into the fibre, the second takes it out; each serves the
// lane of the other direction at the same time. What stands between them sends that lane's light back into
// this one's receiver (link/reflections.hpp). Not modelled: its polarisation dependence and its wavelength
// dependence.
struct Circulator {
  double insertion_loss = from_db(0.8);  // of one pass, power ratio
  double return_loss = from_db(50.0);    // at the fibre, power ratio
  double isolation = from_db(50.0);      // of ways that light is not to take, power ratio
};

inline FieldList describe(Tag<Circulator>) {
  using P = Circulator;
  constexpr std::string_view usual = "usual circulator of telecommunication; no data sheet was read";
  return fields<P>("Optical circulator at one end of a fibre that carries both directions; a lane needs two.",
                   field<&P::insertion_loss>("insertion_loss", "dB", 0.0, 10.0, "Loss of one pass.")
                       .from(Kind::assumed, usual),
                   field<&P::return_loss>("return_loss", "dB", 0.0, 100.0,
                                          "Loss of the light that it sends back into the fibre.")
                       .from(Kind::assumed, usual),
                   field<&P::isolation>(
                       "isolation", "dB", 0.0, 100.0,
                       "Loss from its transmitter to the receiver beside it, and from the fibre back to its "
                       "transmitter.")
                       .from(Kind::assumed, usual));
}

template <>
struct PartTraits<Circulator> {
  static constexpr std::string_view type = "circulator";
  static constexpr Domain input = Domain::field, output = Domain::field;
  static constexpr Place place = Place::module;
};

Response response(const Circulator&, const Conditions&);
double reflectance(const Circulator&);
// Of one pass.
double optical_loss(const Circulator&);

}  // namespace waverack::parts
