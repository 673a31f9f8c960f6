#pragma once
// A passive optical joint: fibre connector, or coupling between fibre and chip.

#include "waverack/parts/decibel.hpp"
#include "waverack/parts/interface.hpp"
#include "waverack/parts/loss_step.hpp"

namespace waverack::parts {

struct Connector {
  double insertion_loss = from_db(0.25);   // power ratio
  double return_loss = from_db(55.0);      // power ratio
  double end_of_life_loss = from_db(0.2);  // what is added until the end of life, power ratio
};

inline FieldList describe(Tag<Connector>) {
  using P = Connector;
  constexpr std::string_view lc = "LC connector, docs.nvidia.com cabling (facts: photonics 7.1)";
  return fields<P>(
      "Optical connector or fibre-to-chip coupling: a loss and a reflection.",
      field<&P::insertion_loss>("insertion_loss", "dB", 0.0, 40.0, "Loss.").from(Kind::datasheet, lc),
      field<&P::return_loss>("return_loss", "dB", 0.0, 100.0, "Loss of the reflected light.")
          .from(Kind::datasheet, lc),
      field<&P::end_of_life_loss>("end_of_life_loss", "dB", 0.0, 10.0, "Further loss until the end of life.")
          .from(Kind::assumed, repeated_mating));
}

template <>
struct PartTraits<Connector> {
  static constexpr std::string_view type = "connector";
  static constexpr Domain input = Domain::field, output = Domain::field;
  static constexpr Place place = Place::module;
};

Response response(const Connector&, const Conditions&);
double reflectance(const Connector&);
double optical_loss(const Connector&);

}  // namespace waverack::parts
