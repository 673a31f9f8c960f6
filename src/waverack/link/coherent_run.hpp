#pragma once
// The waveform of a coherent lane: symbols in frames, every part's action, the line by the split step, and
// the receiver's signal processing, on a stream of windows whose memory does not grow with its length.

#include <complex>
#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "waverack/link/coherent_lane.hpp"
#include "waverack/link/coherent_result.hpp"

namespace waverack::link {

struct CoherentRunOptions {
  std::uint64_t symbols = 65536;  // to be judged, of each polarisation
  std::uint64_t seed = 1;
  bool linear_fibre = false;  // without the Kerr effect
  // Names of parts (of the chain; "line" for amplifier noise, "light" for the lasers) that are ideal.
  std::vector<std::string> ideal;
  // Noise over the channel's power, white, at the end of the line: what neighbours do that are not simulated
  // (coherent_budget.hpp, neighbours_noise).
  double neighbours = 0.0;
  bool decode = false;   // run the code's decoder over what was received
  std::stop_token stop;  // ends the run with the result so far
};

// What charts show of a run.
struct CoherentPictures {
  std::vector<std::complex<float>> received_x, received_y;  // payload symbols, the last ones
  std::vector<double> frequency, transmitted,
      received;                          // spectra: f [Hz], power densities [dB over the peak]
  std::vector<double> tap_magnitude[4];  // of xx, xy, yx, yy
};

struct CoherentRun {
  CoherentSimulation result;
  CoherentPictures pictures;
  bool interrupted = false;
};

// Cost on one core: 2 to 6 µs a symbol instant; the receiver first takes what its start needs, about 40 000
// symbols. The same seed gives the same result, to rounding on other CPUs.
CoherentRun run_coherent(const CoherentPlan&, const CoherentRunOptions&);

}  // namespace waverack::link
