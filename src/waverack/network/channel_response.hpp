#pragma once
// A channel for simulation from tabulated S-parameters: the transmission of a two-port at any frequency,
// without its bulk delay. The theory is in docs/theory/network.md, sections 3 to 6.

#include <string>
#include <vector>

#include "waverack/network/network.hpp"
#include "waverack/signal/response.hpp"

namespace waverack::network {

struct Channel {
  // S21 with the delay `latency` taken out, H(−f) = conj(H(f)), H(0) real; defined at every finite f.
  // Immutable and shared by its copies, so copying is cheap and threads may use it at the same time.
  signal::Response response;
  double latency = 0.0;          // [s] ≥ 0, from input to the front of the pulse
  double first_frequency = 0.0;  // of the data [Hz]
  double last_frequency = 0.0;
  // What the data left to the model, one sentence each; empty if they start at 0 Hz and raise no doubt.
  std::vector<std::string> remarks;
};

// The channel between matched ends: H = S21, the voltage at a load of the reference resistance relative to
// the voltage there without the channel. Reflections between the channel and its neighbours are not part of
// it.
//
//   within the data     a cubic Hermite curve through the complex samples with the delay taken out
//   below them          −ln|H| = c + a·√f with the phase −a·√f of the skin effect, to a real H(0)
//   above them          −ln|H| = c + a·√f + b·f, fitted to the upper half of the band, and constant group
//   delay
//
// The latency is the time at which the response to a short Gaussian pulse first reaches 2 % of its peak, less
// the same for the pulse itself. Delays are known from the phase only if they are below half of the inverse
// frequency step.
//
// Throws Error if the network is not a two-port, has fewer than two points or transmits nothing. Cost: one
// transform of 4096 to 65 536 points.
Channel channel_response(const Network& two_port);

}  // namespace waverack::network
