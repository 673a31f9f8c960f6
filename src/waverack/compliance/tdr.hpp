#pragma once
// Time-domain reflectometry: the impedance along a channel as its reflected step shows it
// (docs/theory/channel-measures.md, section 6).

#include <string>
#include <vector>

#include "waverack/network/network.hpp"

namespace waverack::compliance {

// Sample n belongs to the time start + n·step after the incident step; a place is seen after twice its delay.
struct ImpedanceProfile {
  double start = 0.0;              // [s], negative: the edge begins before 0
  double step = 0.0;               // [s]
  double transition_time = 0.0;    // of the incident step [s]
  std::vector<double> reflection;  // of the step, relative to it
  std::vector<double> impedance;   // R·(1 + ρ)/(1 − ρ) with the reference R of the network [ohm]
  std::vector<std::string> remarks;
};

// Port `port` of a network, the others matched, up to `duration` > 0 [s]. The incident step is Gaussian and
// rises from 20 % to 80 % in `transition_time`; 0 takes 1/f of the last frequency, the fastest that does not
// ring: the spectrum has then fallen to 1e-3. Beyond the data nothing is reflected. Multiple reflections and
// losses are not taken out, as on any instrument: |ρ| is held below 0.999. Throws Error as uniform_spectrum()
// does, and for times out of range.
ImpedanceProfile impedance_profile(const network::Network&, int port, double duration,
                                   double transition_time = 0.0);

}  // namespace waverack::compliance
