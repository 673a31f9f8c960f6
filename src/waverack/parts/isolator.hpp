#pragma once
// An optical isolator between a laser and what may send light back to it.

#include "waverack/parts/decibel.hpp"
#include "waverack/parts/interface.hpp"

namespace waverack::parts {

struct Isolator {
  double insertion_loss = from_db(0.5);  // forward, power ratio
  double isolation = from_db(30.0);      // backward, power ratio
  double return_loss = from_db(55.0);    // of its own faces, power ratio
};

inline FieldList describe(Tag<Isolator>) {
  using P = Isolator;
  constexpr std::string_view usual = "usual single-stage isolator";
  return fields<P>(
      "Optical isolator: little loss forward, much loss backward.",
      field<&P::insertion_loss>("insertion_loss", "dB", 0.0, 10.0, "Loss of the light that goes forward.")
          .from(Kind::assumed, usual),
      field<&P::isolation>("isolation", "dB", 0.0, 100.0, "Loss of the light that comes back.")
          .from(Kind::assumed, usual),
      field<&P::return_loss>("return_loss", "dB", 0.0, 100.0, "Return loss of the isolator itself.")
          .from(Kind::assumed, usual));
}

template <>
struct PartTraits<Isolator> {
  static constexpr std::string_view type = "isolator";
  static constexpr Domain input = Domain::light, output = Domain::light;
  static constexpr Place place = Place::module;
};

double reflectance(const Isolator&);
// Forward.
double optical_loss(const Isolator&);

}  // namespace waverack::parts
