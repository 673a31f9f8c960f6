#pragma once
// The noiseless periodic pattern through the elements of a segment.

#include <complex>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "waverack/link/plan.hpp"
#include "waverack/link/shared_work.hpp"
#include "waverack/link/without.hpp"
#include "waverack/signal/eye.hpp"

namespace waverack::link {

// Means over a record.
struct Moments {
  double mean = 0.0;
  double mean_square = 0.0;
  double variation = 0.0;  // variance of the square over its squared mean
};

// What a nonlinear element did along the noiseless trajectory.
struct Trajectory {
  std::size_t element = 0;
  std::vector<float> slope;   // d(out)/d(in) with light counted as power; one per sample
  std::vector<float> output;  // power [W], current [A] or voltage [V]
  Moments of_slope, of_output;
  double slow_gain = 0.0;  // of the mean over many symbols, from input to output, light counted as power
  parts::Law law;  // of this element for this pattern, from its input to its output; empty if it has memory
  float input_low = 0.0f, input_high = 0.0f;  // range of its input: voltage, current, or power [W]
};

// The signal at one place of the chain: real samples, or an optical field [sqrt(W)].
struct Signal {
  std::vector<float> real;
  std::vector<std::complex<float>> field;
  bool optical = false;
};

// The pattern after a nonlinear element.
struct Stage {
  Signal signal;
  Trajectory trajectory;
};

struct Tap {
  std::size_t element = 0;     // of the test point
  std::vector<float> samples;  // voltage, current, or optical power through the oscilloscope's filter
};

struct Propagation {
  int samples_per_symbol = 16;
  std::vector<float> at_sampler;  // receiver input after front end and CTLE [V]
  std::vector<std::shared_ptr<const Trajectory>> trajectories;
  std::vector<Tap> taps;
};

struct PropagateOptions {
  int samples_per_symbol = 16;
  bool taps = false;
  SharedWork* shared = nullptr;  // of this segment, sample rate and conditions; nullptr shares nothing
  bool share_pattern = false;    // all that share also run the same symbols
};

// Runs one period of `symbols` (cyclic). Linear runs are fused into one cyclic overlap-save filter each.
Propagation propagate(const Segment&, const parts::Conditions&, std::span<const std::uint8_t> symbols,
                      const Without&, const PropagateOptions&);

// Where the symbols are in a waveform of the segment. The bulk delay of lines and fibres is not in the
// record, so the search is short: −12 to 24 symbols.
signal::SymbolTiming timing_in(std::span<const float> samples, int samples_per_symbol,
                               std::span<const std::uint8_t> symbols);

// The linear response of element `e`, flat if it is taken away; 1 for test points.
signal::Response element_response(const Element&, const Without&);

}  // namespace waverack::link
