#pragma once
// What the branches of one polarisation do to each other: unlike delays, gains and an angle that is not 90°.

#include <functional>
#include <numbers>

#include "waverack/base/reader.hpp"
#include "waverack/parts/decibel.hpp"

namespace waverack::parts {

// Delay and gain of the quadrature against the in-phase branch, in each polarisation alike.
struct BranchErrors {
  double iq_skew = 0.25e-12;                                  // [s]
  double iq_gain = from_db(0.33);                             // power ratio
  double quadrature_error = 1.66 * std::numbers::pi / 180.0;  // beyond 90° [rad]
  double polarisation_skew = 1.6e-12;                         // of y behind x [s]
  double polarisation_gain = from_db(0.5);                    // of y over x, power ratio
};

inline FieldList describe(Tag<BranchErrors>) {
  using P = BranchErrors;
  constexpr std::string_view limits = "a third of the OpenZR+ 3.0 limit (facts: coherent 3.2)";
  return fields<P>(
      "Errors between the four branches of a coherent transmitter or receiver, after its calibration.",
      field<&P::iq_skew>("iq_skew", "ps", -20.0, 20.0, "Delay of the quadrature behind the in-phase branch.")
          .from(Kind::assumed, limits),
      field<&P::iq_gain>("iq_gain", "dB", -6.0, 6.0, "Gain of the quadrature over the in-phase branch.")
          .from(Kind::assumed, limits),
      field<&P::quadrature_error>("quadrature_error", "deg", -45.0, 45.0,
                                  "Angle between the branches less 90 degrees.")
          .from(Kind::assumed, limits),
      field<&P::polarisation_skew>("polarisation_skew", "ps", -100.0, 100.0, "Delay of y behind x.")
          .from(Kind::assumed, limits),
      field<&P::polarisation_gain>("polarisation_gain", "dB", -6.0, 6.0, "Power of y over that of x.")
          .from(Kind::assumed, limits));
}

// Branches that are as they should be.
BranchErrors without_errors();

// Image power over signal power that gain and angle leave where nothing corrects them:
// |1 − g·exp(jδ)|²/|1 + g·exp(jδ)|², g the amplitude ratio.
double image_ratio(double iq_gain, double quadrature_error);
// The same of a skew, behind a matched filter and an equaliser that makes the band flat. At u = f/R between 0
// and ½ the spectrum of symbols comes from f and, folded, from f − R; `direct_share` is the part that f has,
// A(u): the raised cosine where nothing else shapes the pulses. With t(u) = tan(π·u·s), s = `skew_symbols`
// between −0.5 and 0.5,
//   2·∫ |A·t(u) − (1 − A)·t(1−u)·exp(jθ(1−2u))|² du   over u = 0 … ½
// since the image has opposite signs at f and f − R. θ = `dispersion` = β2·L·(2πR)² [rad] lies between the
// skew and where it is undone: it turns the image twice, and both parts lose touch. (theory: coherent-lane,
// eq. 3)
double skew_image_ratio(double skew_symbols, const std::function<double(double)>& direct_share,
                        double dispersion);

}  // namespace waverack::parts
