#pragma once
// Single-mode fibre: attenuation and chromatic dispersion on the complex field.

#include "waverack/parts/decibel.hpp"
#include "waverack/parts/interface.hpp"

namespace waverack::parts {

struct Fibre {
  double length = 500.0;                        // [m]
  double attenuation = from_db_per_cm(0.4e-5);  // of power [1/m]
  double zero_dispersion_wavelength = 1312e-9;  // lambda_0 [m]
  double dispersion_slope = 92.0;               // S_0 at lambda_0 [s/m^3]; 0.092 ps/(nm^2 km)
  double group_index = 1.467;                   // of the bulk delay
};

inline FieldList describe(Tag<Fibre>) {
  using P = Fibre;
  return fields<P>(
      "Single-mode fibre with attenuation and chromatic dispersion; no nonlinearity and no polarisation.",
      field<&P::length>("length", "m", 0.0, 200000.0, "Length of the fibre.")
          .from(Kind::choice, "500 m: IEEE 802.3 DR"),
      field<&P::attenuation>("attenuation", "dB/km", 0.0, 10.0, "Attenuation.")
          .from(Kind::datasheet, "OS2 fibre 0.4 dB/km, docs.nvidia.com cabling (facts: photonics 7.1)"),
      field<&P::zero_dispersion_wavelength>("zero_dispersion_wavelength", "nm", 1000.0, 2000.0,
                                            "Wavelength without chromatic dispersion.")
          .from(Kind::assumed, "middle of 1300 to 1324 nm (facts: photonics 7.2)"),
      field<&P::dispersion_slope>("dispersion_slope", "ps/(nm^2 km)", 0.0, 0.5,
                                  "Dispersion slope at the zero-dispersion wavelength.")
          .from(Kind::assumed, "at most 0.092 to 0.093 ps/(nm^2 km) (facts: photonics 7.2)"),
      field<&P::group_index>("group_index", "", 1.0, 2.0, "Group index, for the delay.")
          .from(Kind::assumed, "usual value of standard fibre in the O band"));
}

template <>
struct PartTraits<Fibre> {
  static constexpr std::string_view type = "fibre";
  static constexpr Domain input = Domain::field, output = Domain::field;
  static constexpr Place place = Place::module;
};

// D(λ) = S_0/4·(λ − λ_0⁴/λ³) [s/m²], λ in m (facts: photonics 7.2).
double dispersion(const Fibre&, double wavelength);

// Frequency of the n-th null (n = 0, 1, …) of the small-signal response of light without chirp, from
// f²·λ²·|D|·L/c = ½ + n [Hz]; infinity without dispersion.
double fading_null(const Fibre&, double wavelength, int n = 0);

// Field to field, f relative to the carrier, time convention exp(+j2πft):
//   H(f) = √(loss)·exp(−j(β2·Ω²/2 + β3·Ω³/6)·L),  Ω = 2πf,
//   β2 = −D·λ²/(2πc),  β3 = λ³·(λ·dD/dλ + 2D)/(2πc)².
// With D > 0 higher optical frequencies arrive earlier. The bulk delay is left out. Without light
// (conditions.light.wavelength = 0) there is only the loss.
Response response(const Fibre&, const Conditions&);

// The response of a field to an accumulated dispersion D·L [s/m] at `wavelength` [m] and nothing else.
Response dispersion_response(double accumulated, double wavelength);

// group_index·length/c [s].
double latency(const Fibre&, const Conditions&);

// Power ratio ≥ 1.
double optical_loss(const Fibre&);

}  // namespace waverack::parts
