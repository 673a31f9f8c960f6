#pragma once
// Integrated crosstalk noise, ICN (802.3 92.10.7; docs/theory/channel-measures.md, section 3).

#include <array>
#include <span>

#include "waverack/base/describe.hpp"
#include "waverack/base/reader.hpp"
#include "waverack/network/network.hpp"

namespace waverack::compliance {

// What the squared amplitude of an aggressor is spread over.
enum class CrosstalkDensity {
  symbol_rate,        // A²/f_b: the standard's
  highest_frequency,  // A²/f_2: as the task force's COM code 4.50 prints it
};

struct IntegratedCrosstalkSettings {
  double far_end_amplitude = 0.6;             // A_ft, peak differential [V]
  double near_end_amplitude = 0.6;            // A_nt [V]
  double far_end_bandwidth_ratio = 0.59357;   // f_ft of its transmitters over the symbol rate
  double near_end_bandwidth_ratio = 0.59357;  // f_nt
  double receiver_bandwidth_ratio = 0.75;     // f_r
  double lowest_frequency = 0.05e9;           // [Hz]
  double highest_frequency = 40e9;            // f_2 [Hz]
  CrosstalkDensity density = CrosstalkDensity::symbol_rate;
};

}  // namespace waverack::compliance

namespace waverack {
template <>
struct EnumNames<compliance::CrosstalkDensity> {
  static constexpr std::array<EnumName<compliance::CrosstalkDensity>, 2> list{
      {{"symbol_rate", compliance::CrosstalkDensity::symbol_rate},
       {"highest_frequency", compliance::CrosstalkDensity::highest_frequency}}};
};
}  // namespace waverack

namespace waverack::compliance {

inline FieldList describe(Tag<IntegratedCrosstalkSettings>) {
  using S = IntegratedCrosstalkSettings;
  constexpr std::string_view sheet = "IEEE 802.3ck COM sheets, 100G C2C 120F column (facts: standards 5.4)";
  return fields<S>(
      "Integrated crosstalk noise.",
      field<&S::far_end_amplitude>("far_end_amplitude", "V", 0.0, 10.0,
                                   "Peak amplitude of far-end aggressors.")
          .from(Kind::standard, sheet),
      field<&S::near_end_amplitude>("near_end_amplitude", "V", 0.0, 10.0,
                                    "Peak amplitude of near-end aggressors.")
          .from(Kind::standard, sheet),
      field<&S::far_end_bandwidth_ratio>("far_end_bandwidth_ratio", "", 0.01, 1e3,
                                         "Bandwidth over symbol rate of far-end transmitters.")
          .from(Kind::standard, sheet),
      field<&S::near_end_bandwidth_ratio>("near_end_bandwidth_ratio", "", 0.01, 1e3,
                                          "Bandwidth over symbol rate of near-end transmitters.")
          .from(Kind::standard, sheet),
      field<&S::receiver_bandwidth_ratio>("receiver_bandwidth_ratio", "", 0.01, 1e3,
                                          "Bandwidth over symbol rate of the receiver.")
          .from(Kind::standard, sheet),
      field<&S::lowest_frequency>("lowest_frequency", "Hz", 0.0, 1e12, "Lowest frequency of the sum.")
          .from(Kind::standard, sheet),
      field<&S::highest_frequency>("highest_frequency", "Hz", 1.0, 1e13, "Highest frequency of the sum.")
          .from(Kind::standard, sheet),
      field<&S::density>("density", "What the squared amplitude is spread over.")
          .from(Kind::standard, "IEEE 802.3 92.10.7: the symbol rate"));
}

struct IntegratedCrosstalk {
  double far_end = 0.0;   // σ_fx [V rms]
  double near_end = 0.0;  // σ_nx
  double total = 0.0;     // ICN, the root of the sum of squares
};

// Σ 2Δf·W(f)·|S21|² over the aggressors' two-ports and their frequencies between the limits, W = (A²/f_b)
// times spectral_weight(); a point counts for half of the distance to each neighbour in the range. Throws
// Error if a network is not a two-port, the symbol rate is not positive, or the data of one end below half of
// the symbol rate. Cost: linear.
IntegratedCrosstalk integrated_crosstalk(std::span<const network::Network> far_end,
                                         std::span<const network::Network> near_end, double symbol_rate,
                                         const IntegratedCrosstalkSettings& = {});

}  // namespace waverack::compliance
