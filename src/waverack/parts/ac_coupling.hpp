#pragma once
// A blocking capacitor in each wire of a differential line.

#include "waverack/parts/interface.hpp"

namespace waverack::parts {

// A first-order high-pass: the mean goes, and what is slower than the corner wanders (theory: semi-analytic,
// section 3). With capacitors C and R the sum of the source and load resistances of one wire, the corner is
// 1/(2πRC): 16 kHz for 100 nF between 50 Ω and 50 Ω. Parasitic inductance and pads are not modelled.
struct AcCoupling {
  double corner = 50e3;  // −3 dB [Hz]
};

inline FieldList describe(Tag<AcCoupling>) {
  using P = AcCoupling;
  return fields<P>("Blocking capacitors of a differential line: a first-order high-pass.",
                   field<&P::corner>("corner", "kHz", 1e-3, 1e6, "-3 dB corner.")
                       .from(Kind::assumed,
                             "50 kHz, the largest that OIF CEI and IEEE 802.3 allow, from memory; 100 nF in "
                             "a 50 ohm line has 16 kHz"));
}

template <>
struct PartTraits<AcCoupling> {
  static constexpr std::string_view type = "ac_coupling";
  static constexpr Domain input = Domain::voltage, output = Domain::voltage;
  static constexpr Place place = Place::module;
};

// 1 at all frequencies.
Response response(const AcCoupling&, const Conditions&);
double high_pass_corner(const AcCoupling&);

}  // namespace waverack::parts
