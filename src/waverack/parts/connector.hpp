#pragma once
// A passive optical joint: fibre connector, or coupling between fibre and chip.

#include "waverack/parts/decibel.hpp"
#include "waverack/parts/interface.hpp"
#include "waverack/parts/loss_step.hpp"

namespace waverack::parts {

struct Connector {
  double insertion_loss = from_db(0.25);              // aligned, power ratio
  double return_loss = from_db(55.0);                 // power ratio
  double end_of_life_loss = from_db(0.2);             // what is added until the end of life, power ratio
  double mode_field = 9.2e-6, mode_field_2 = 9.2e-6;  // diameters on either side [m]
  double offset_x = 0.0, offset_y = 0.0;              // of the two modes from each other [m]
};

inline FieldList describe(Tag<Connector>) {
  using P = Connector;
  constexpr std::string_view lc = "LC connector, docs.nvidia.com cabling (facts: photonics 7.1)";
  constexpr std::string_view fibre = "9.2 um: single-mode fibre at 1310 nm, ITU-T G.652";
  return fields<P>(
      "Optical connector or fibre-to-chip coupling: a loss and a reflection.",
      field<&P::insertion_loss>("insertion_loss", "dB", 0.0, 40.0, "Loss where both sides are aligned.")
          .from(Kind::datasheet, lc),
      field<&P::return_loss>("return_loss", "dB", 0.0, 100.0, "Loss of the reflected light.")
          .from(Kind::datasheet, lc),
      field<&P::end_of_life_loss>("end_of_life_loss", "dB", 0.0, 10.0, "Further loss until the end of life.")
          .from(Kind::assumed, repeated_mating),
      field<&P::mode_field>("mode_field", "um", 0.1, 100.0,
                            "Mode field diameter on one side; it counts where the sides are not aligned.")
          .from(Kind::standard, fibre),
      field<&P::mode_field_2>("mode_field_2", "um", 0.1, 100.0, "Mode field diameter on the other side.")
          .from(Kind::standard, fibre),
      field<&P::offset_x>("offset_x", "um", -100.0, 100.0, "Sideways offset of the two modes along the edge.")
          .from(Kind::choice, "0: aligned, as the loss was measured"),
      field<&P::offset_y>("offset_y", "um", -100.0, 100.0, "The same across the edge.")
          .from(Kind::choice, "0: aligned, as the loss was measured"));
}

template <>
struct PartTraits<Connector> {
  static constexpr std::string_view type = "connector";
  static constexpr Domain input = Domain::field, output = Domain::field;
  static constexpr Place place = Place::module;
};

Response response(const Connector&, const Conditions&);
double reflectance(const Connector&);
// insertion_loss, and what the offset adds (mode_overlap.hpp). A loss by different mode fields is part of
// insertion_loss already.
double optical_loss(const Connector&);

}  // namespace waverack::parts
