#pragma once
// The fitted insertion loss of a channel, and how far the loss strays from it (802.3 93A.3 and 93A.4;
// docs/theory/channel-measures.md, section 2).

#include "waverack/base/describe.hpp"
#include "waverack/base/reader.hpp"
#include "waverack/network/network.hpp"

namespace waverack::compliance {

struct InsertionLossFitSettings {
  double lowest_frequency = 0.0;           // of the fit [Hz]
  double highest_frequency_ratio = 1.0;    // of the fit, over the symbol rate
  double transition_time = 7.5e-12;        // of the transmitter that weights the deviation [s]
  double receiver_bandwidth_ratio = 0.75;  // of the receiver that weights it, over the symbol rate
};

inline FieldList describe(Tag<InsertionLossFitSettings>) {
  using S = InsertionLossFitSettings;
  constexpr std::string_view sheet = "IEEE 802.3ck COM sheets, 100G C2C 120F column (facts: standards 5.4)";
  return fields<S>(
      "Fitted insertion loss and its deviation.",
      field<&S::lowest_frequency>("lowest_frequency", "Hz", 0.0, 1e12, "Lowest frequency of the fit.")
          .from(Kind::derived, "reproduces the fitted loss of two channels to 1e-4 dB (com-reference 2, 3)"),
      field<&S::highest_frequency_ratio>(
          "highest_frequency_ratio", "", 0.01, 100.0,
          "Highest frequency of the fit over the symbol rate; no further than the data.")
          .from(Kind::derived, "reproduces the fitted loss of two channels to 1e-4 dB (com-reference 2, 3)"),
      field<&S::transition_time>(
          "transition_time", "s", 1e-15, 1e-6,
          "Transition time, 20 % to 80 %, of the transmitter that weights the deviation.")
          .from(Kind::standard, sheet),
      field<&S::receiver_bandwidth_ratio>(
          "receiver_bandwidth_ratio", "", 0.01, 1e3,
          "Bandwidth over symbol rate of the receiver that weights the deviation.")
          .from(Kind::standard, sheet));
}

// IL(f) = constant + root·√f + linear·f + square·f², f in Hz, the loss in dB: the a0, a1, a2, a4 of the
// standard.
struct InsertionLossFit {
  double constant = 0.0;
  double root = 0.0;
  double linear = 0.0;
  double square = 0.0;
  double deviation_rms_db = 0.0;  // FOM_ILD: √(mean of W·ILD²) over the points of the fit
  double lowest_frequency = 0.0;  // of the points fitted [Hz]
  double highest_frequency = 0.0;
  double at(double f) const;
};

// The fit to −20·log10|S21| of a two-port with the least Σ |S21|²·(IL − fit)². The deviation is weighted by
// spectral_weight(). Throws Error if the network is not a two-port, the symbol rate is not positive, fewer
// than four points lie in the range or one of them transmits nothing. Cost: linear.
InsertionLossFit fit_insertion_loss(const network::Network& two_port, double symbol_rate,
                                    const InsertionLossFitSettings& = {});

// −20·log10|S_{to,from}| at f [Hz], on a straight line between the points; at most 300. Throws Error outside
// of the data.
double loss_db(const network::Network&, int to, int from, double f);

}  // namespace waverack::compliance
