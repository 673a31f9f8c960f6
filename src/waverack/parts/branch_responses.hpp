#pragma once
// What the branches of a coherent transmitter and of a receiver have in common.

#include <array>

#include "waverack/coherent/dual_batch.hpp"
#include "waverack/parts/branch_errors.hpp"
#include "waverack/signal/response.hpp"

namespace waverack::parts {

// Delays of XI, XQ, YI, YQ [s] against their mean: half of each skew to either side.
std::array<double, 4> branch_delays(const BranchErrors&);

// Amplitudes of the branches and of the polarisations against their mean: half of each gain, in dB, to either
// side.
struct BranchGains {
  float i = 1.0f, q = 1.0f, x = 1.0f, y = 1.0f;
};
BranchGains branch_gains(const BranchErrors&);

// `whole` in each branch, with its delay.
coherent::BranchResponses delayed_branches(const signal::Response& whole, const BranchErrors&);

// Fourth-order Bessel low-pass of converters, −3 dB at `bandwidth` > 0 [Hz], without its delay at low
// frequency.
signal::Response converter_low_pass(double bandwidth);

// Noise of a converter of `enob` effective bits, the square of the unit of `full_scale`, over its Nyquist
// band: a full-scale sine has 1.5·4^enob times its power (IEEE 1241).
double quantisation_noise(double enob, double full_scale);

}  // namespace waverack::parts
