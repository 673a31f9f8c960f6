#pragma once
// Fibre routed inside a box: on a flexible foil or through a shuffle, with its bends, splices and connectors.

#include <vector>

#include "waverack/parts/decibel.hpp"
#include "waverack/parts/interface.hpp"
#include "waverack/parts/loss_step.hpp"

namespace waverack::parts {

// A bent fibre loses light exponentially the more, the tighter the bend (D. Marcuse, J. Opt. Soc. Am. 66,
// 216, 1976). One full turn of radius R loses, in dB,
//   L(R) = turn_loss·exp(−(R − turn_radius)/decay_radius)
// and a quarter turn a quarter of it. That a bend radiates abruptly where it begins and ends is not modelled,
// nor the fibre's dispersion and polarisation.
struct FibreFlex {
  double length = 0.5;                          // [m]
  double attenuation = from_db_per_cm(0.4e-5);  // of power [1/m]
  int bends = 8;                                // quarter turns
  double bend_radius = 15e-3;                   // [m]
  double turn_loss = from_db(0.1);              // of one full turn of turn_radius, power ratio
  double turn_radius = 10e-3;                   // [m]
  double decay_radius = 1.553e-3;               // [m]
  int splices = 2;
  double splice_loss = from_db(0.05);  // of each, power ratio
  int connectors = 0;
  double connector_loss = from_db(0.35);             // of each, power ratio
  double connector_return_loss = from_db(60.0);      // of each, power ratio
  double connector_end_of_life_loss = from_db(0.2);  // further loss of each at the end of life, power ratio
};

inline FieldList describe(Tag<FibreFlex>) {
  using P = FibreFlex;
  constexpr std::string_view bend_class =
      "ITU-T G.657.A2, limits at 1550 nm of 0.1 dB at 10 mm and 0.5 dB at 7.5 mm, not read again; shorter "
      "waves lose less";
  constexpr std::string_view mpo = "MPO connector, docs.nvidia.com cabling (facts: photonics 7.1)";
  return fields<P>(
      "Fibre flex or shuffle inside a box: bends, splices, connectors.",
      field<&P::length>("length", "m", 0.0, 100.0, "Length of the fibre.").from(Kind::choice, "in a box"),
      field<&P::attenuation>("attenuation", "dB/km", 0.0, 100.0, "Attenuation.")
          .from(Kind::datasheet, "OS2 fibre, docs.nvidia.com cabling (facts: photonics 7.1)"),
      field<&P::bends>("bends", "", 0, 1000, "Quarter turns on the way.")
          .from(Kind::assumed, "four changes of direction on a foil and as many through a shuffle"),
      field<&P::bend_radius>("bend_radius", "mm", 1.0, 1000.0, "Radius of the bends.")
          .from(Kind::assumed, "smallest usual radius of a routed foil"),
      field<&P::turn_loss>("turn_loss", "dB", 0.0, 20.0, "Loss of one full turn of turn_radius.")
          .from(Kind::assumed, bend_class),
      field<&P::turn_radius>("turn_radius", "mm", 1.0, 1000.0, "Radius at which turn_loss is stated.")
          .from(Kind::assumed, bend_class),
      field<&P::decay_radius>("decay_radius", "mm", 0.01, 100.0,
                              "The loss in dB falls by 1/e over this rise of the radius.")
          .from(Kind::assumed, bend_class),
      field<&P::splices>("splices", "", 0, 64, "Splices on the way.")
          .from(Kind::assumed, "pigtails at either end"),
      field<&P::splice_loss>("splice_loss", "dB", 0.0, 5.0, "Loss of each splice.")
          .from(Kind::assumed, "fusion splice, usually below 0.1 dB"),
      field<&P::connectors>("connectors", "", 0, 16, "Connectors on the way, none at its ends.")
          .from(Kind::choice, "0"),
      field<&P::connector_loss>("connector_loss", "dB", 0.0, 10.0, "Loss of each connector.")
          .from(Kind::datasheet, mpo),
      field<&P::connector_return_loss>("connector_return_loss", "dB", 0.0, 100.0,
                                       "Return loss of each connector.")
          .from(Kind::datasheet, mpo),
      field<&P::connector_end_of_life_loss>("connector_end_of_life_loss", "dB", 0.0, 10.0,
                                            "Further loss of each connector until the end of life.")
          .from(Kind::assumed, repeated_mating));
}

template <>
struct PartTraits<FibreFlex> {
  static constexpr std::string_view type = "fibre_flex";
  static constexpr Domain input = Domain::field, output = Domain::field;
  static constexpr Place place = Place::module;
};

// Loss of one full turn of this radius [m], power ratio.
double turn_loss(const FibreFlex&, double radius);

// "fibre", "bends", "splices", "connectors"; steps without loss are left out.
std::vector<LossStep> loss_steps(const FibreFlex&);

Response response(const FibreFlex&, const Conditions&);
// Of all its connectors together, as if they added in power.
double reflectance(const FibreFlex&);
// Product of all steps.
double optical_loss(const FibreFlex&);

}  // namespace waverack::parts
