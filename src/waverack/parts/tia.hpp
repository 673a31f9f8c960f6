#pragma once
// A transimpedance amplifier: photocurrent in, differential voltage out.

#include "waverack/parts/decibel.hpp"
#include "waverack/parts/interface.hpp"
#include "waverack/parts/response_file.hpp"
#include "waverack/parts/warming.hpp"

namespace waverack::parts {

// The offset loop takes the mean current out, and as a first-order high-pass what is slower than its corner:
// baseline wander. Gain control lowers the transimpedance so that the pattern's peak-to-peak output before
// compression is at most `output_swing`; then v = V_s·tanh(Z·(i − mean)/V_s), V_s half of `saturation_swing`.
struct Tia {
  double transimpedance = 1412.537544622754;  // largest [ohm]; 63 dBohm
  double bandwidth = 32e9;                    // −3 dB [Hz]
  double peaking = 1.0;                       // largest |H|² over |H(0)|²
  double output_swing = 0.4;                  // target of the gain control, differential peak-to-peak [V]
  double saturation_swing = 1.0;              // largest output, differential peak-to-peak [V]
  double noise_density = 16.9e-12;            // input-referred at low frequency, one-sided [A/sqrt(Hz)]
  double noise_corner = 0.0;                  // where the f² part equals the white part [Hz]; 0: white
  double offset_loop_corner = 100e3;          // −3 dB of the offset loop [Hz]; 0: takes out the mean alone
  double power = 0.047;                       // [W]
  double bandwidth_drift = -1e-3;             // relative, from 25 °C [1/K]
  double power_drift = 1e-3;                  // relative, from 25 °C [1/K]
  ResponseFile response_file;                 // in place of bandwidth and peaking
};

inline FieldList describe(Tag<Tia>) {
  using P = Tia;
  constexpr std::string_view finfet = "16 nm FinFET TIA, JSSC 2022 (facts: photonics 6.2)";
  return fields<P>(
      "Transimpedance amplifier: gain control, second-order low-pass, tanh compression, input-referred "
      "noise.",
      field<&P::transimpedance>("transimpedance", "dBohm", 20.0, 100.0,
                                "Largest transimpedance (differential output).")
          .from(Kind::measured, finfet),
      field<&P::bandwidth>("bandwidth", "GHz", 1.0, 500.0, "-3 dB bandwidth, peaking included.")
          .from(Kind::measured, finfet),
      field<&P::peaking>("peaking", "dB", 0.0, 20.0,
                         "Largest gain over the gain at low frequency; 0 dB is maximally flat.")
          .from(Kind::choice, ""),
      field<&P::output_swing>("output_swing", "V", 0.01, 10.0,
                              "Differential peak-to-peak output that the gain control does not exceed.")
          .from(Kind::assumed, "300 mVpp to 800 mVpp are published (facts: photonics 6.2)"),
      field<&P::saturation_swing>(
          "saturation_swing", "V", 0.01, 20.0,
          "Largest differential peak-to-peak output; the gain is 1 dB down at 0.546 of it.")
          .from(Kind::assumed, "third harmonic about 1 % at the output swing"),
      field<&P::noise_density>("noise_density", "pA/sqrt(Hz)", 0.0, 1000.0,
                               "One-sided input-referred noise current at low frequency.")
          .from(Kind::measured, finfet),
      field<&P::noise_corner>(
          "noise_corner", "GHz", 0.0, 10000.0,
          "Frequency at which the f^2 part of the noise equals the white part; 0 for white noise.")
          .from(Kind::choice, "0: the published densities are averages over the band"),
      field<&P::offset_loop_corner>(
          "offset_loop_corner", "kHz", 0.0, 1e6,
          "-3 dB corner of the offset loop, a first-order high-pass; 0 takes out the mean alone.")
          .from(Kind::assumed,
                "largest of a 10 Gb/s TIA, 30 kHz typical: TI ONET8531T (SLLS891B, AC characteristics)"),
      field<&P::power>("power", "mW", 0.0, 10000.0, "Electrical power per lane.")
          .from(Kind::measured, finfet),
      bandwidth_drift_field<&P::bandwidth_drift>(), power_drift_field<&P::power_drift>(),
      response_file_field<&P::response_file>());
}

template <>
struct PartTraits<Tia> {
  static constexpr std::string_view type = "tia";
  static constexpr Domain input = Domain::current, output = Domain::voltage;
  static constexpr Place place = Place::module;
};

Response input_response(const Tia&, const Conditions&);
// `in` is one whole period of the pattern (or a block long enough for its mean and extremes).
RealLaw law(const Tia&, const Conditions&, std::span<const float> in);
// dv/di at each sample [ohm], gain control and mean held.
void slope(const Tia&, const Conditions&, std::span<const float> in, std::span<float> slope);
// noise_density²·(1 + (f/noise_corner)²) at the input [A²/Hz].
std::vector<NoiseSource> noise(const Tia&, const Conditions&);
double power(const Tia&, const Conditions&);
double high_pass_corner(const Tia&);
// Of the response file.
std::vector<std::string> remarks(const Tia&, const Conditions&);
// Keys that do not count beside a response_file.
std::vector<std::string_view> unused(const Tia&);

}  // namespace waverack::parts
