#pragma once
// A polarisation splitter-rotator in front of a photodiode with two inputs.

#include "waverack/parts/decibel.hpp"
#include "waverack/parts/interface.hpp"

namespace waverack::parts {

// Fibre light of any polarisation comes apart into two waveguides of one polarisation, and both end in one
// photodiode, whose current is the sum. The share `rotated` of the power takes the path of the rotator, which
// loses `pdl` more and arrives `delay` later. The photodiode is the next part of the chain.
struct PolarisationSplitter {
  double insertion_loss = from_db(1.0);  // of the path without rotation, power ratio
  double pdl = from_db(0.5);             // loss of the rotated path over the other, power ratio
  double delay = 0.5e-12;                // of the rotated path behind the other [s]
  double rotated = 0.5;                  // share of the power that comes in the polarisation to rotate
  double return_loss = from_db(40.0);    // power ratio
};

inline FieldList describe(Tag<PolarisationSplitter>) {
  using P = PolarisationSplitter;
  return fields<P>(
      "Polarisation splitter-rotator in front of a dual-input photodiode: loss, PDL, delay between the "
      "inputs.",
      field<&P::insertion_loss>("insertion_loss", "dB", 0.0, 20.0, "Loss of the path without rotation.")
          .from(Kind::assumed, "usual splitter-rotator in silicon"),
      field<&P::pdl>("pdl", "dB", 0.0, 20.0, "Loss of the rotated path over the other.")
          .from(Kind::assumed,
                "edge coupler 2.0 dB TM against 1.52 dB TE, APN 4, 026004 (facts: photonics 7.1)"),
      field<&P::delay>("delay", "ps", -100.0, 100.0, "Delay of the rotated path behind the other.")
          .from(Kind::assumed, "40 um of waveguide with a group index of 4"),
      field<&P::rotated>(
          "rotated", "", 0.0, 1.0,
          "Share of the light in the polarisation to rotate: 0.5 is the worst for the delay, 1 "
          "for the loss.")
          .from(Kind::choice, "worst case of the delay"),
      field<&P::return_loss>("return_loss", "dB", 0.0, 100.0, "Return loss of the input.")
          .from(Kind::assumed, "waveguide device behind a coupler"));
}

template <>
struct PartTraits<PolarisationSplitter> {
  static constexpr std::string_view type = "polarisation_splitter";
  static constexpr Domain input = Domain::field, output = Domain::field;
  static constexpr Place place = Place::module;
};

// The loss of both paths together.
Response response(const PolarisationSplitter&, const Conditions&);
// The delay between them.
Response intensity_response(const PolarisationSplitter&, const Conditions&);
double reflectance(const PolarisationSplitter&);
double optical_loss(const PolarisationSplitter&);

}  // namespace waverack::parts
