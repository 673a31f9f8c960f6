#pragma once
// A photodiode: optical field in, current out.

#include "waverack/parts/decibel.hpp"
#include "waverack/parts/interface.hpp"
#include "waverack/parts/response_file.hpp"

namespace waverack::parts {

// i = responsivity·|E|² + dark current, then a low-pass of order 1 (RC) or 2 (RC and transit time: two equal
// real poles). Saturation is not modelled.
struct Photodiode {
  double responsivity = 0.91;           // [A/W]
  double dark_current = 10e-9;          // at 25 °C [A]
  double dark_current_doubling = 10.0;  // rise of temperature that doubles it [K]
  double bandwidth = 58e9;              // −3 dB of the photocurrent, 20·log10 [Hz]
  int order = 1;
  double return_loss = from_db(26.0);  // power ratio
  ResponseFile response_file;          // in place of bandwidth and order
};

inline FieldList describe(Tag<Photodiode>) {
  using P = Photodiode;
  constexpr std::string_view ge =
      "dual-input Ge photodiode, Micromachines 17, 386 (2026) (facts: photonics 6.1)";
  return fields<P>(
      "Photodiode: responsivity, dark current, bandwidth, shot noise of both currents.",
      field<&P::responsivity>("responsivity", "A/W", 0.0, 2.0, "Photocurrent per optical power.")
          .from(Kind::measured, ge),
      field<&P::dark_current>("dark_current", "nA", 0.0, 1e6, "Dark current at 25 degC.")
          .from(Kind::assumed, "1 to 50 nA, doubling every 10 K (facts: photonics 6.1)"),
      field<&P::dark_current_doubling>("dark_current_doubling", "K", 1.0, 1000.0,
                                       "Rise of temperature that doubles the dark current.")
          .from(Kind::assumed, "doubles every 10 K (facts: photonics 6.1)"),
      field<&P::bandwidth>("bandwidth", "GHz", 1.0, 1000.0, "-3 dB bandwidth of the photocurrent.")
          .from(Kind::measured, ge),
      field<&P::order>("order", "", 1, 2, "1: one pole; 2: two equal poles, junction and transit time.")
          .from(Kind::choice, ""),
      field<&P::return_loss>("return_loss", "dB", 0.0, 100.0, "Return loss of the receiver port.")
          .from(Kind::assumed, "as the transmitter's -26 dB; see the reference case of facts: photonics 7.3"),
      response_file_field<&P::response_file>());
}

template <>
struct PartTraits<Photodiode> {
  static constexpr std::string_view type = "photodiode";
  static constexpr Domain input = Domain::field, output = Domain::current;
  static constexpr Place place = Place::module;
};

// dark_current·2^(rise above 25 °C / dark_current_doubling) [A].
double dark_current(const Photodiode&, const Conditions&);
RealLaw law(const Photodiode&, const Conditions&, std::span<const std::complex<float>> in);
void apply(const Photodiode&, const Conditions&, std::span<const std::complex<float>> in,
           std::span<float> out);
// The responsivity [A/W].
void slope(const Photodiode&, const Conditions&, std::span<const std::complex<float>> in,
           std::span<float> slope);
Response output_response(const Photodiode&, const Conditions&);
// Shot noise of the total current, 2q·i(t) [A²/Hz]. apply's output holds the dark current, so its shot noise
// is in it.
std::vector<NoiseSource> noise(const Photodiode&, const Conditions&);
double reflectance(const Photodiode&);
// Of the response file.
std::vector<std::string> remarks(const Photodiode&, const Conditions&);
// Keys that do not count beside a response_file.
std::vector<std::string_view> unused(const Photodiode&);

}  // namespace waverack::parts
