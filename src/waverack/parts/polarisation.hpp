#pragma once
// What the polarisation of the light does on the way through fibre and joints: differential group delay (DGD)
// and polarisation-dependent loss (PDL).

#include "waverack/parts/decibel.hpp"
#include "waverack/parts/interface.hpp"

namespace waverack::parts {

// First-order polarisation-mode dispersion of the whole way: the share `late` of the power travels on the
// slow axis and arrives `delay` later. The two axes are orthogonal, so a photodiode adds their powers; half
// and half is the worst. The loss is that of the worst polarisation. Neither drifts within a run.
struct Polarisation {
  double delay = 2.3e-12;     // between the axes [s]
  double late = 0.5;          // share of the power on the slow axis
  double pdl = from_db(0.2);  // loss of the worst polarisation over the best, power ratio
};

inline FieldList describe(Tag<Polarisation>) {
  using P = Polarisation;
  return fields<P>(
      "Polarisation effects of a fibre link: differential group delay and polarisation-dependent loss.",
      field<&P::delay>("delay", "ps", 0.0, 100.0, "Differential group delay between the axes.")
          .from(Kind::assumed, "largest of 500 m and 2 km links of 802.3, about 2.3 ps"),
      field<&P::late>("late", "", 0.0, 1.0, "Share of the power on the slow axis; 0.5 is the worst.")
          .from(Kind::choice, "worst case"),
      field<&P::pdl>("pdl", "dB", 0.0, 20.0, "Loss of the worst polarisation over the best; counted in full.")
          .from(Kind::assumed, "two connectors of 0.1 dB"));
}

template <>
struct PartTraits<Polarisation> {
  static constexpr std::string_view type = "polarisation";
  static constexpr Domain input = Domain::field, output = Domain::field;
  static constexpr Place place = Place::module;
};

// The loss.
Response response(const Polarisation&, const Conditions&);
// The delay.
Response intensity_response(const Polarisation&, const Conditions&);
double optical_loss(const Polarisation&);

}  // namespace waverack::parts
