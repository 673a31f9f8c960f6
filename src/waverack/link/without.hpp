#pragma once
// What is taken away from a lane for a question such as "what would the link be without laser noise?".

#include <set>
#include <string>

namespace waverack::link {

struct Without {
  std::set<std::string> noises;       // paths of noise sources and of baseline wander
  std::set<std::string> memory;       // elements made flat at their DC value, by element name
  std::set<std::string> compression;  // voltage parts made linear, by element name
  std::set<std::string> crosstalk;    // paths of aggressors
  bool level_mismatch = false;        // R_LM of the transmitter
  bool random_jitter = false;
  bool dual_dirac_jitter = false;
  bool sinusoidal_jitter = false;
  bool clock_wander = false;  // random walk of the transmitter's clock
  bool interleaving = false;  // mismatch of the receiver's interleaved converters
  bool reflections = false;   // multi-path interference
  bool neighbours = false;    // on other wavelengths
  bool quantisation = false;  // of the receiver's converter
  bool adaptation = false;    // of the taps: they stay where they are best
  double attenuation = 1.0;   // extra optical loss before the photodiode, power ratio
};

}  // namespace waverack::link
