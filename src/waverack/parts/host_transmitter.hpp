#pragma once
// The host's PAM transmitter: levels, FIR, rise time, distortion, noise and jitter.

#include <cstdint>

#include "waverack/parts/interface.hpp"

namespace waverack::parts {

// Symbols enter as levels 0 … M−1. The output before the rise-time filter holds each FIR sample for one
// unit interval: v(t) = swing/2 · Σ_i taps[i]·level(symbol[k + main − i]), level in [−1, 1].
struct HostTransmitter {
  double swing = 0.8;                         // differential peak-to-peak before the FIR [V]
  std::vector<double> taps{0.0, 1.0, 0.0};    // FIR, one per UI, first is the earliest pre-cursor
  int main_tap = 1;                           // index of the cursor in `taps`
  double r_lm = 0.95;                         // level separation mismatch ratio, Annex 120D
  std::vector<double> levels;                 // relative to half the swing; none: r_lm or equal spacing
  double rise_time = 7.5e-12;                 // 20–80 % of the Gaussian edge [s]
  double sndr = 1995.262314968879;            // signal to noise and distortion as a power ratio
  double random_jitter = 0.01;                // rms [UI]
  double dual_dirac_jitter = 0.02;            // A_DD, half the Dirac distance [UI]
  double sinusoidal_jitter = 0.0;             // peak-to-peak [UI]
  double sinusoidal_jitter_frequency = 40e6;  // [Hz]
  double clock_linewidth = 0.0;     // of a clock at the symbol rate whose phase is a random walk [Hz]
  double source_resistance = 50.0;  // single-ended [ohm]
  double power = 0.058;             // of the transmitting half of the SerDes, per lane [W]
};

inline FieldList describe(Tag<HostTransmitter>) {
  using P = HostTransmitter;
  constexpr std::string_view com = "IEEE 802.3ck COM sheets, 100G C2C 120F column (facts: standards 5.4)";
  return fields<P>(
      "Host PAM transmitter: levels, FIR taps, Gaussian edge, SNDR noise and jitter.",
      field<&P::swing>("swing", "V", 0.05, 3.0, "Differential peak-to-peak swing before the FIR.")
          .from(Kind::assumed, "2·A_v of the COM sheets is 0.826 V"),
      field<&P::taps>("taps", "", -1.0, 1.0, "FIR taps, one per UI, earliest pre-cursor first.")
          .from(Kind::choice, ""),
      field<&P::main_tap>("main_tap", "", 0, 64, "Index of the cursor in `taps`, counted from 0.")
          .from(Kind::choice, ""),
      field<&P::r_lm>("r_lm", "", 0.5, 1.0, "Level separation mismatch ratio (Annex 120D).")
          .from(Kind::standard, com),
      field<&P::levels>(
          "levels", "", -1.0, 1.0,
          "Levels relative to half the swing, lowest first, as many as the modulation has: "
          "pre-distortion against a modulator's curve. None: PAM4 by r_lm, others equally spaced.")
          .from(Kind::choice, "none"),
      field<&P::rise_time>("rise_time", "ps", 0.0, 100.0, "20-80 % rise time of the Gaussian edge.")
          .from(Kind::standard, com),
      field<&P::sndr>(
          "sndr", "dB", 10.0, 80.0,
          "Signal to noise and distortion, COM SNR_TX: noise rms = peak level / 10^(SNDR/20), one value per "
          "symbol held for one UI, injected after the FIR and before the edge filter.")
          .from(Kind::standard, com),
      field<&P::random_jitter>("random_jitter", "UI", 0.0, 0.2, "Random jitter, rms (sigma_RJ of COM).")
          .from(Kind::standard, com),
      field<&P::dual_dirac_jitter>("dual_dirac_jitter", "UI", 0.0, 0.3,
                                   "Half the distance of the two Dirac pulses (A_DD of COM).")
          .from(Kind::standard, com),
      field<&P::sinusoidal_jitter>(
          "sinusoidal_jitter", "UI", 0.0, 20.0,
          "Sinusoidal jitter, peak-to-peak; the receiver's clock recovery follows it.")
          .from(Kind::choice, "0: a stress of receiver tests"),
      field<&P::sinusoidal_jitter_frequency>("sinusoidal_jitter_frequency", "MHz", 1e-3, 1e3,
                                             "Frequency of the sinusoidal jitter.")
          .from(Kind::choice, "ten times the usual bandwidth of clock recovery: hardly followed"),
      field<&P::clock_linewidth>(
          "clock_linewidth", "Hz", 0.0, 1e6,
          "Linewidth of a free-running clock at the symbol rate, whose phase is a random walk with the phase "
          "noise linewidth/(2·pi·f^2): 628 Hz are -100 dBc/Hz at 1 MHz. Clock recovery follows it.")
          .from(Kind::choice, "0: COM counts what is not followed as random jitter"),
      field<&P::source_resistance>("source_resistance", "ohm", 1.0, 1000.0, "Single-ended source resistance.")
          .from(Kind::standard, com),
      field<&P::power>("power", "W", 0.0, 10.0,
                       "Electrical power of the transmitting half of the SerDes, per lane.")
          .from(Kind::derived,
                "half of an XSR SerDes below 1.1 pJ/bit at 106.25 Gb/s, LSSC 8, 33 (facts: photonics 6.3)"));
}

template <>
struct PartTraits<HostTransmitter> {
  static constexpr std::string_view type = "host_transmitter";
  static constexpr Domain input = Domain::symbols, output = Domain::voltage;
  static constexpr Place place = Place::host;
};

// Refuses a FIR without taps, a cursor outside of it, and levels that do not rise.
void resolve(HostTransmitter&, ReadContext&, const Node&, const std::string& path);

// Voltages of the levels before the FIR, lowest first [V]: `levels` where they are given; else within
// ±swing/2, for PAM4 with the inner levels moved outwards to give r_lm (signal::pam4_levels), equally spaced
// for any other number of levels. A given list of another length is an error of the caller; the plan refuses
// it.
std::vector<double> level_voltages(const HostTransmitter&, int levels);

// The periodic FIR output, one value per symbol [V]: v[k] = Σ_i taps[i]·level[symbol[k + main_tap − i]],
// indices modulo the period. Every symbol is below `levels`.
std::vector<float> symbol_voltages(const HostTransmitter&, int levels, std::span<const std::uint8_t> symbols);

// Gaussian edge exp(−2(π·f·T_r/1.6832)²) of COM (facts: standards 5.2 step 4); the hold over one UI is not
// part of it.
Response response(const HostTransmitter&, const Conditions&);
// SNDR noise at the input of the edge filter: each symbol has a Gaussian value of rms
// σ = swing/2·|taps[main_tap]|/10^(SNDR/20), held for one UI T, so the one-sided density is 2σ²T·sinc²(fT)
// [V²/Hz]. This is σ_TX of COM: after an ideal equaliser it is h(0)·10^(−SNR_TX/20).
std::vector<NoiseSource> noise(const HostTransmitter&, const Conditions&);
Jitter jitter(const HostTransmitter&, const Conditions&);
double power(const HostTransmitter&, const Conditions&);

}  // namespace waverack::parts
