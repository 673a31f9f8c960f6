#pragma once
// The fibre of a line as nonlinear effects see it: how much power each span gets, and how far pulses have
// spread before it.

#include <complex>
#include <cstddef>
#include <vector>

#include "waverack/coherent/line.hpp"

namespace waverack::coherent {

struct NonlinearSpan {
  std::size_t element = 0;         // its place in Line::elements
  double power = 1.0;              // at the fibre's input, behind the connector, over the launch power
  double gamma = 0.0;              // [1/(W m)]
  double attenuation = 0.0;        // [1/m]
  double length = 0.0;             // [m]
  double beta2 = 0.0;              // at the channel's frequency [s²/m]
  double beta3 = 0.0;              // [s³/m]
  double dispersion_before = 0.0;  // β2 accumulated before it, at the channel's frequency [s²]
};

// The spans of a line, in order. Throws Error for a length, loss, gain or γ that is negative or not finite.
std::vector<NonlinearSpan> nonlinear_spans(const Line&);

// (1 − exp(−αL))/α [m].
double effective_length(const NonlinearSpan&);

// The link function: what four-wave mixing with the phase mismatch q·β2 [rad/m] gathers over the line,
//   µ(q) = Σ_s γ_s p_s e^{jqΦ_s} (1 − e^{(−α + jqβ2)L})/(α − jqβ2)   [1/W],
// with Φ_s the β2 accumulated before span s and q = 4π²(f1 − f)(f2 − f) [rad²/s²]; µ(−q) = µ(q)*.
// P. Poggiolini, J. Lightwave Technol. 30 (2012) 3857, eq. 4 and 5 (arXiv 1209.0394 eq. 16 to 19), for spans
// that differ. (theory: gn-and-egn, eq. 2) Cost: 40 ns a span.
std::complex<double> link_function(const std::vector<NonlinearSpan>&, double q);

// How fast its phase turns at most: the largest |β2| accumulated anywhere [s²].
double largest_dispersion(const std::vector<NonlinearSpan>&);

}  // namespace waverack::coherent
