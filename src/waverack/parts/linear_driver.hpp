#pragma once
// A linear modulator driver: bandwidth with peaking, gain, compression, output noise.

#include "waverack/parts/decibel.hpp"
#include "waverack/parts/interface.hpp"
#include "waverack/parts/response_file.hpp"
#include "waverack/parts/warming.hpp"

namespace waverack::parts {

// v_out = V_s·tanh(G·v_in / V_s) after a second-order low-pass, with V_s half of `saturation_swing`. The gain
// is 1 dB down at an output swing of 0.546 × saturation_swing (solve tanh(x)/x = 10^(−1/20)).
struct LinearDriver {
  double bandwidth = 45e9;         // −3 dB [Hz]
  double peaking = 1.0;            // largest |H|² over |H(0)|²
  double gain = from_db(12.0);     // small-signal, 20·log10 of the voltage ratio
  double saturation_swing = 6.0;   // largest output, differential peak-to-peak [V]
  double noise_density = 8e-9;     // at the output, in the middle of the band, one-sided [V/sqrt(Hz)]
  double power = 0.2125;           // [W]
  double bandwidth_drift = -1e-3;  // relative, from 25 °C [1/K]
  double power_drift = 1e-3;       // relative, from 25 °C [1/K]
  ResponseFile response_file;      // in place of bandwidth and peaking
};

inline FieldList describe(Tag<LinearDriver>) {
  using P = LinearDriver;
  return fields<P>(
      "Linear modulator driver: second-order low-pass with peaking, gain, tanh compression, output noise.",
      field<&P::bandwidth>("bandwidth", "GHz", 1.0, 500.0, "-3 dB bandwidth, peaking included.")
          .from(Kind::assumed,
                "LPO needs 40 to 45 GHz at 53 GBd, DesignCon 2025 p. 234 (facts: photonics 4.1)"),
      field<&P::peaking>("peaking", "dB", 0.0, 20.0,
                         "Largest gain over the gain at low frequency; 0 dB is maximally flat.")
          .from(Kind::choice, ""),
      field<&P::gain>("gain", "dB", -40.0, 60.0, "Small-signal voltage gain, 20·log10.")
          .from(Kind::choice, ""),
      field<&P::saturation_swing>(
          "saturation_swing", "V", 0.1, 20.0,
          "Largest differential peak-to-peak output; the gain is 1 dB down at 0.546 of it.")
          .from(Kind::assumed,
                "bandwidth x swing below 180 GHz V for SiGe, T&F ch. 14 (facts: photonics 6.3)"),
      field<&P::noise_density>("noise_density", "nV/sqrt(Hz)", 0.0, 1000.0,
                               "One-sided output noise; white at the input, so that it passes the bandwidth.")
          .from(Kind::assumed, "2 nV/sqrt(Hz) at the input times 12 dB of gain"),
      field<&P::power>("power", "W", 0.0, 10.0, "Electrical power per lane.")
          .from(Kind::derived,
                "2 pJ/bit of a 4 x 112G SiGe LPO driver at 106.25 Gb/s, JEIT 47(8), 2945 (facts: photonics "
                "6.3)"),
      bandwidth_drift_field<&P::bandwidth_drift>(), power_drift_field<&P::power_drift>(),
      response_file_field<&P::response_file>());
}

template <>
struct PartTraits<LinearDriver> {
  static constexpr std::string_view type = "linear_driver";
  static constexpr Domain input = Domain::voltage, output = Domain::voltage;
  static constexpr Place place = Place::module;
};

Response input_response(const LinearDriver&, const Conditions&);
RealLaw law(const LinearDriver&, const Conditions&, std::span<const float> in);
void slope(const LinearDriver&, const Conditions&, std::span<const float> in, std::span<float> slope);
// Referred to the input: (noise_density / gain)² [V²/Hz].
std::vector<NoiseSource> noise(const LinearDriver&, const Conditions&);
double power(const LinearDriver&, const Conditions&);
// Of the response file.
std::vector<std::string> remarks(const LinearDriver&, const Conditions&);
// Keys that do not count beside a response_file.
std::vector<std::string_view> unused(const LinearDriver&);

}  // namespace waverack::parts
