#pragma once
// The plan: a chain of parts compiled into segments of elements that a solver runs.
//
// A segment goes from a transmitter to a decision. Its elements are linear responses, nonlinear parts and
// test points, in order; every noise source knows the element before which it enters. Runs of linear
// elements are fused when they are run (propagate.hpp); nothing is fused across a nonlinear part.

#include <complex>
#include <string>
#include <vector>

#include "waverack/link/feedback.hpp"
#include "waverack/link/lane.hpp"
#include "waverack/link/wdm.hpp"

namespace waverack::link {

struct Element {
  enum class Kind { linear, nonlinear, test_point };
  Kind kind = Kind::linear;
  std::string name;                               // of the part
  std::string label;                              // type of the part, for people
  parts::Domain domain = parts::Domain::voltage;  // of its output
  signal::Response response;             // linear: H(f); test point: the oscilloscope's filter, or empty
  const parts::AnyPart* part = nullptr;  // nonlinear
  double temperature = 298.15;           // nonlinear: of the part's surroundings [K]
  double high_pass_corner = 0.0;         // of a first-order high-pass before it [Hz] (baseline_wander.hpp)
};

// The conditions of the lane at the place of a nonlinear element.
parts::Conditions conditions_of(const Element&, parts::Conditions lane);

struct PlacedNoise {
  std::string path;  // "lane.chain.tia.input"
  parts::NoiseSource source;
  std::size_t element = 0;  // it enters before this element
};

// A point of reflection in the optical path, for multi-path interference.
struct Reflector {
  std::string name;
  double reflectance = 0.0;   // power ratio
  double loss_to_next = 1.0;  // power ratio ≥ 1 between this reflector and the next
  double isolation = 0.0;     // of a circulator, power ratio; 0: it is none
  double loss = 1.0;          // of a circulator's pass, power ratio ≥ 1
};

// An aggressor of the segment (aggressor.hpp).
struct Crosstalk {
  std::string path;  // "lane.aggressor.fext1"
  std::string name;
  parts::HostTransmitter
      transmitter;            // its levels, swing and FIR; symbols of the lane's rate, each held for one UI
  signal::Response response;  // from the held symbols to where they enter, without bulk delay
  std::size_t element = 0;    // they enter before this element
};

struct Segment {
  std::string name;  // "host_transmitter → receiver"
  parts::HostTransmitter transmitter;
  parts::Receiver receiver;
  // Limits of each feedback tap of the receiver relative to the cursor, in place of its dfe_tap_limit.
  std::vector<double> feedback_lowest, feedback_highest;
  std::string transmitter_path;  // "lane.chain.host_transmitter"
  std::string receiver_path;
  std::vector<Element> elements;  // after the hold of the transmitter, up to the sampler
  std::vector<PlacedNoise> noises;
  std::vector<Reflector> reflectors;
  std::vector<Crosstalk> crosstalk;
  std::vector<WdmLight> neighbours;  // at the photodiode
  bool optical = false;
  bool inner_coded = false;  // the inner code of 802.3dj begins and ends here
  bool precoded = false;     // 1/(1 + D) mod M before the transmitter, its inverse behind the decisions
};

struct Plan {
  parts::Conditions conditions;
  std::vector<Segment> segments;
  double latency = 0.0;  // parts and channels, coding excluded [s]
  bool optical = false;
  Feedback feedback;  // into the laser
  std::vector<Warning> warnings;
};

// Checks the chain (domains in order, light where a modulator needs it) and compiles it. Throws Error with
// the line of the part that does not fit. The plan points into `lane`, which must outlive it.
Plan make_plan(const Lane& lane);
Plan make_plan(Lane&&) = delete;

// What every part of a lane has in common; the light is that at the modulator's input.
parts::Conditions conditions_of(const Lane&);

// Number of levels of a modulation; of each branch (8QAM: at most) where it is coherent.
int level_count(Modulation);

}  // namespace waverack::link
