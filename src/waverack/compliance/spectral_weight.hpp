#pragma once
// How much a frequency counts for a receiver.

namespace waverack::compliance {

// W(f) = sinc²(f/symbol_rate) / (1 + (f/transmitter_bandwidth)⁴) / (1 + (f/receiver_bandwidth)⁸): the power
// spectrum of random symbols behind a transmitter and a 4th-order Butterworth receiver, 1 at 0 Hz. All in Hz,
// f ≥ 0, the others > 0. Weights the integrated crosstalk noise (802.3 92.10.7) and the insertion loss
// deviation (93A.4).
double spectral_weight(double f, double symbol_rate, double transmitter_bandwidth, double receiver_bandwidth);

// The −3 dB frequency of that transmitter, 0.2365/T for a transition time T > 0 [s] from 20 % to 80 %.
double transmitter_bandwidth(double transition_time);

}  // namespace waverack::compliance
