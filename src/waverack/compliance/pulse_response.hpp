#pragma once
// What comes out of a channel for an impulse, a step and a symbol (docs/theory/channel-measures.md, section
// 5).

#include <vector>

#include "waverack/network/channel_response.hpp"

namespace waverack::compliance {

// Sample n of each belongs to the time start + n·step after the input.
struct PulseResponse {
  double start = 0.0;                 // [s]
  double step = 0.0;                  // [s]
  std::vector<double> impulse;        // [1/s]
  std::vector<double> step_response;  // integral of the impulse response
  std::vector<double> pulse;          // response to one symbol of 1
};

// The channel behind a transmitter whose step rises from 20 % to 80 % in `transition_time` > 0 [s], as a
// Gaussian. The edge ends the spectrum well below half of the sample rate, so nothing rings: transition_time
// is at least two samples, else Error is thrown; so it is for a symbol rate that is not positive and fewer
// than 4 samples per symbol. The record reaches from 4 symbols before the front of the pulse to 4 symbols
// after the pulse was last above 1e-4 of its peak. Cost: a transform as long as the inverse of the data's
// frequency step, of up to 2^20 samples.
PulseResponse pulse_response(const network::Channel&, double frequency_step, double symbol_rate,
                             int samples_per_symbol, double transition_time);

}  // namespace waverack::compliance
