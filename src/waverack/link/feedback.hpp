#pragma once
// Light that the optical path sends back into the laser, against the level at which the laser loses its
// coherence.

#include <string>
#include <vector>

#include "waverack/link/lane.hpp"

namespace waverack::link {

// One point of reflection as the laser sees it.
struct FeedbackReflector {
  std::string name;
  int count = 1;       // how many the laser sees: behind a split each lane has its own
  double level = 0.0;  // power that comes back from one of them over the power that left
};

struct Feedback {
  bool present = false;  // the lane has a diode_laser
  std::string laser;     // its name
  double level = 0.0;    // all reflectors together, powers added
  double critical_level = 0.0;
  // The formula of the critical level gave more than all of the light, so it is held at 1.
  bool critical_level_held = false;
  std::vector<FeedbackReflector> reflectors;  // in the order in which the light meets them

  double ratio() const { return critical_level > 0.0 ? level / critical_level : 0.0; }
};

// The reflectors of lane.light and of lane.chain from the modulator to the photodiode. A reflector of
// reflectance R behind a one-way loss L sends R/L² back; an isolator or a circulator on the way takes its
// isolation once. A part reflects before its own loss. The modulator counts at full transmission, which is
// the worst: at quadrature what lies behind it sends 6 dB less. (theory: parts, eq. 16; facts: photonics 5.2)
//
// Without a diode_laser at the head of lane.light nothing is known of the laser, and `present` is false.
Feedback feedback_of(const Lane&, const parts::Conditions&);

// What a user should know: coherence collapse, the end of the noise model just below it, a critical level
// outside of its formula.
std::vector<Warning> feedback_warnings(const Feedback&);

}  // namespace waverack::link
