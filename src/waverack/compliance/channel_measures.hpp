#pragma once
// What a signal-integrity engineer asks of a channel, all of it (docs/theory/channel-measures.md).

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "waverack/compliance/effective_return_loss.hpp"
#include "waverack/compliance/insertion_loss_fit.hpp"
#include "waverack/compliance/integrated_crosstalk.hpp"
#include "waverack/compliance/pulse_response.hpp"
#include "waverack/compliance/tdr.hpp"

namespace waverack::compliance {

struct ChannelSettings {
  double symbol_rate = 53.125e9;  // [Bd]
  int levels = 4;
  double error_ratio = 1e-5;
  int samples_per_symbol = 32;
  double edge = 0.4;  // transition time of the pulse's transmitter [UI]
  InsertionLossFitSettings fit;
  IntegratedCrosstalkSettings icn;
  EffectiveReturnLossSettings erl;
};

inline FieldList describe(Tag<ChannelSettings>) {
  using S = ChannelSettings;
  constexpr std::string_view sheet = "IEEE 802.3ck COM sheets, 100G C2C 120F column (facts: standards 5.4)";
  return fields<S>(
      "Measures of a channel.",
      field<&S::symbol_rate>("symbol_rate", "Bd", 1e6, 1e12,
                             "Symbol rate; half of it is the Nyquist frequency.")
          .from(Kind::standard, sheet),
      field<&S::levels>("levels", "", 2, 16, "Levels of the PAM.").from(Kind::standard, sheet),
      field<&S::error_ratio>("error_ratio", "", 1e-15, 0.4, "Error ratio at which reflections are read.")
          .from(Kind::standard, sheet),
      field<&S::samples_per_symbol>("samples_per_symbol", "", 8, 256,
                                    "Samples per symbol of responses in time.")
          .from(Kind::standard, sheet),
      field<&S::edge>("edge", "UI", 0.3, 10.0, "Transition time of the transmitter of the pulse response.")
          .from(Kind::standard, "IEEE 802.3ck COM sheets: 7.5 ps at 53.125 GBd"),
      field<&S::fit>("fit", "Fitted insertion loss."), field<&S::icn>("icn", "Integrated crosstalk noise."),
      field<&S::erl>("erl", "Effective return loss."));
}

struct ChannelNetworks {
  network::Network through;                         // differential or single-ended two-port
  std::optional<network::Network> modes;            // mixed_mode() of the same, where it has four ports
  std::vector<network::Network> far_end, near_end;  // two-ports of the aggressors
};

struct ReturnLoss {
  double at_nyquist_db = 0.0;
  double least_db = 0.0;  // up to the Nyquist frequency
  double least_frequency = 0.0;
};

// The largest share of a differential wave that leaves as a common one, up to the Nyquist frequency.
struct ModeConversion {
  double through_db = 0.0;  // Scd21 over its incident wave
  double through_frequency = 0.0;
  double reflected_db = 0.0;  // Scd11 or Scd22
  double reflected_frequency = 0.0;
};

struct ChannelMeasures {
  double nyquist = 0.0;  // [Hz]
  double loss_db = 0.0;  // at Nyquist
  InsertionLossFit fit;
  std::array<ReturnLoss, 2> return_loss;
  std::optional<ModeConversion> conversion;
  IntegratedCrosstalk crosstalk;
  double latency = 0.0;  // [s], to the front of the pulse
  EffectiveReturnLoss erl;
  PulseResponse response;
  std::array<ImpedanceProfile, 2> profile;
  std::vector<std::string> remarks;  // of the through path
};

// Errors: those of its parts; data that end below the Nyquist frequency are an Error. Cost: about 0.2 s for
// 5000 points.
ChannelMeasures channel_measures(const ChannelNetworks&, const ChannelSettings&);

}  // namespace waverack::compliance
