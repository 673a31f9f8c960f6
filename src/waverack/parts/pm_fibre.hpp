#pragma once
// Polarisation-maintaining fibre from an external laser to a chip that uses one polarisation.

#include "waverack/parts/decibel.hpp"
#include "waverack/parts/interface.hpp"

namespace waverack::parts {

// Each joint that is turned by an angle θ puts sin²θ of the light on the wrong axis; its extinction ratio is
// 1/tan²θ. What `joints` of them have put there comes back in any phase, and in the worst one the angles add:
//   loss = exp(αL)/cos²(joints·θ)
// The chip takes the right axis only.
struct PmFibre {
  double length = 2.0;                          // [m]
  double attenuation = from_db_per_cm(0.5e-5);  // of power [1/m]
  double extinction_ratio = from_db(20.0);      // of each joint, power ratio
  int joints = 2;
};

inline FieldList describe(Tag<PmFibre>) {
  using P = PmFibre;
  return fields<P>(
      "Polarisation-maintaining fibre of an external laser: what its joints lose by turned axes.",
      field<&P::length>("length", "m", 0.0, 1000.0, "Length of the fibre.").from(Kind::choice, "in the rack"),
      field<&P::attenuation>("attenuation", "dB/km", 0.0, 100.0, "Attenuation.")
          .from(Kind::assumed, "usual PM fibre at 1310 nm"),
      field<&P::extinction_ratio>("extinction_ratio", "dB", 3.0, 60.0,
                                  "Polarisation extinction ratio of each joint.")
          .from(Kind::assumed, "usual PM connector, 18 to 23 dB"),
      field<&P::joints>("joints", "", 0, 16, "Joints whose axes may be turned.")
          .from(Kind::choice, "one at either end"));
}

template <>
struct PartTraits<PmFibre> {
  static constexpr std::string_view type = "pm_fibre";
  static constexpr Domain input = Domain::light, output = Domain::light;
  static constexpr Place place = Place::laser;
};

// Refuses joints whose angles together reach a right angle: no light would be left.
void resolve(PmFibre&, ReadContext&, const Node&, const std::string& path);

// Of the worst phases.
double optical_loss(const PmFibre&);

}  // namespace waverack::parts
