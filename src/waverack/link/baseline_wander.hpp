#pragma once
// Baseline wander: what the high-passes of a segment (AC coupling, offset loop of a TIA) hold back of random
// data.
//
// A first-order high-pass of corner f_c passes x − w, w being its input through the low-pass 1/(1 + jf/f_c).
// Its corner lies so far below the symbol rate that w is the sum of many symbols: Gaussian, and the same for
// all symbols that a receiver looks at together. Both solvers take the wander from here: the semi-analytic
// one its variance, the waveform solver the state in which a stretch of symbols begins; from there on that
// follows the symbols it sends. (theory: semi-analytic, eq. 4b to 4d)

#include <span>
#include <string>
#include <vector>

#include "waverack/link/propagate.hpp"

namespace waverack::link {

// One high-pass of a segment.
struct HighPass {
  std::string path;         // of its wander: "lane.chain.tia.wander"
  std::size_t element = 0;  // it acts before this element
  double corner = 0.0;      // −3 dB [Hz]
  // Root mean square of independent, equally likely symbols there, each as large as the gain for slow signals
  // makes it; negative where that gain is. In the unit of the place.
  double data_rms = 0.0;
};

// Path of the wander of an element with a high-pass.
std::string wander_path(const Element&);

// The high-passes of `segment` in their order, but those whose paths are in without.noises. The gain is that
// of the linear elements at f = 0 and that of the nonlinear ones for the means of many symbols
// (Trajectory::slow_gain).
std::vector<HighPass> high_passes(const Segment& segment, const Propagation& propagation,
                                  const parts::Conditions& conditions, const Without& without);

// Covariance of what n high-passes in a row hold back of independent symbols with a mean square of 1, each
// relative to the data at its own place, all else between them being a gain: n × n numbers. The corners [Hz]
// are in order; the sum over the first i rows and columns is the variance of what the first i hold back
// together. For one it is π·f_c/symbol_rate.
std::vector<double> wander_covariance(std::span<const double> corners, double symbol_rate);

// Variance of the wander of each of `list` at its own place, such that all of them, as if independent,
// have the variance at the end of the chain that they have together: what each adds to that of those before.
std::vector<double> wander_variances(std::span<const HighPass> list, double symbol_rate);

// Lower triangle L, n × n, so that L·g with independent normal numbers g are the wanders of `list` in the
// units of their places.
std::vector<double> wander_root(std::span<const HighPass> list, double symbol_rate);

}  // namespace waverack::link
