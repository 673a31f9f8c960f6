#pragma once
// Effective return loss, ERL: the reflections of a channel as a receiver's equaliser leaves them (802.3
// 93A.5; docs/theory/channel-measures.md, section 4).

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "waverack/base/describe.hpp"
#include "waverack/base/reader.hpp"
#include "waverack/network/network.hpp"

namespace waverack::compliance {

struct EffectiveReturnLossSettings {
  double transition_time = 10e-12;         // T_r of the pulse [s]
  double receiver_bandwidth_ratio = 0.75;  // f_r over the symbol rate
  bool receiver_filter = true;
  bool window = true;                           // raised cosine from f_r·f_b to f_b
  int length = 2000;                            // N [symbols]
  int equalised = 6;                            // N_bx, symbols whose reflections the equaliser reduces
  double incident_share = 0.618;                // ρ_x
  double loss_rate = 0.0;                       // β_x, as a rate of power [1/s]
  std::vector<double> fixture_delay{0.0, 0.0};  // T_fx at each port [s]
  double termination = 0.0;                     // 2·Z_t [ohm]; 0: the reference resistance of the file
  bool second_port_only = false;
};

inline FieldList describe(Tag<EffectiveReturnLossSettings>) {
  using S = EffectiveReturnLossSettings;
  constexpr std::string_view sheet = "IEEE 802.3ck COM sheets, 100G C2C 120F column (facts: standards 5.4)";
  return fields<S>(
      "Effective return loss.",
      field<&S::transition_time>("transition_time", "s", 0.0, 1e-6,
                                 "Transition time of the pulse, 20 % to 80 %.")
          .from(Kind::standard, sheet),
      field<&S::receiver_bandwidth_ratio>("receiver_bandwidth_ratio", "", 0.01, 100.0,
                                          "Bandwidth of the receiver filter over the symbol rate.")
          .from(Kind::standard, sheet),
      field<&S::receiver_filter>("receiver_filter", "Whether the receiver's Butterworth filter is applied.")
          .from(Kind::standard, sheet),
      field<&S::window>(
          "window", "Whether the spectrum is taken to zero from the receiver's bandwidth to the symbol rate.")
          .from(Kind::standard, sheet),
      field<&S::length>("length", "", 1, 1e6, "Symbols of the reflected pulse that count.")
          .from(Kind::standard, sheet),
      field<&S::equalised>("equalised", "", 0, 1e6, "Symbols whose reflections the equaliser reduces, N_bx.")
          .from(Kind::standard, sheet),
      field<&S::incident_share>("incident_share", "", 0.0, 1.0, "rho_x of the gate.")
          .from(Kind::standard, sheet),
      field<&S::loss_rate>("loss_rate", "1/s", 0.0, 1e13,
                           "beta_x of the gate, as a rate of power: ln(10)/10 of the dB/s.")
          .from(Kind::standard, sheet),
      field<&S::fixture_delay>("fixture_delay", "s", 0.0, 1e-6,
                               "Delay of the test fixture at each of the two ports.")
          .from(Kind::standard, sheet),
      field<&S::termination>("termination", "ohm", 0.0, 1e4,
                             "Differential termination 2·Z_t; 0 takes the reference of the file.")
          .from(Kind::choice, ""),
      field<&S::second_port_only>("second_port_only", "Whether port 2 alone counts.")
          .from(Kind::standard, sheet));
}

// The signal whose reflections are judged.
struct ReflectedSignal {
  double symbol_rate = 0.0;     // [Bd]
  int levels = 4;               // of the PAM
  double error_ratio = 1e-5;    // DER_0, at which the reflections' amplitude is read
  int samples_per_symbol = 32;  // M
};

struct ReflectedPulse {
  std::vector<double> value;  // gated pulse, N·M samples, relative to the incident pulse
  double erl_db = 0.0;
  int phase = 0;  // the sampling phase that was read
};

struct EffectiveReturnLoss {
  double erl_db = 0.0;  // of the worse port
  std::array<ReflectedPulse, 2> ports;
  std::vector<std::string> remarks;
};

// What the result is computed with, for reports.
inline constexpr std::string_view erl_method = "IEEE 802.3 93A.5, conventions of COM 4.50";

// The gate: 0 before the fixture's end, then ρ_x(1 + ρ_x)·exp(−(x − N_bx − 1)²/(N_bx + 1)²)·10^(β_x(t −
// t_k)/20) up to x = N_bx + 1, then 1; x = (t − T_fx)/UI. `loss` = β_x·UI in nepers of power.
double reflection_gate(double x, int equalised, double incident_share, double loss);

// Port 1 and port 2 of a differential two-port. The pulse is the reflection of one symbol's rectangle behind
// the transition (Gaussian), the receiver filter and the window; sample k is its value at (k − ½)·UI/M, gated
// at k·UI/M. Above the data their filtered spectrum keeps its last magnitude and group delay, to half of the
// sample rate. Of the M sampling phases the one with the largest rms is read: the amplitude that the sum of
// its samples, each times a random PAM level in −1 … 1, exceeds with probability error_ratio; ERL =
// −20·log10 of it. Both conventions are those that reproduce the published results (channel-measures, section
// 4).
//
// Throws Error if the network is not a two-port or ends below half of the symbol rate, and for a signal out
// of range. Cost: about 0.1 s for 5000 points, N = 2000, M = 32.
EffectiveReturnLoss effective_return_loss(const network::Network& two_port, const ReflectedSignal&,
                                          const EffectiveReturnLossSettings& = {});

}  // namespace waverack::compliance
