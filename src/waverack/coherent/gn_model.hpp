#pragma once
// The GN model in closed form: nonlinear interference of any list of spans by any list of channels, in
// microseconds.
//
// It takes all light for Gaussian noise: it is pessimistic for QAM over few spans, by 3.6 dB for 16QAM over
// one span of 80 km (egn_model.hpp corrects it), and for one channel alone another 0.6 dB above the integral
// (gn_integral.hpp), since it evaluates the densest place, the centre, of a band widened to a square.

#include "waverack/coherent/line.hpp"
#include "waverack/coherent/nonlinear_noise.hpp"

namespace waverack::coherent {

struct GnOptions {
  bool coherent = false;  // adds the interference of spans with one another, of the channel's own part
  // All light in a channel's band makes interference: ASE of the amplifiers and the interference of the spans
  // before with it, the same share in every channel, as GNPy counts.
  bool noise = false;
};

// For channel i, each span s and each channel j:
//   P_NLI/P_i = w γ² P_j²/B_j² ψ_ij,  w = 16/27 for j = i, else 32/27,
//   ψ_ij = [asinh(π² L_a |β2| B_i (Δ + B_j/2)) − asinh(π² L_a |β2| B_i (Δ − B_j/2))]·L_eff²/(4π |β2| L_a),
// with Δ = |f_j − f_i|, L_a = 1/α, β2 the mean of its values at f_i and f_j, B the symbol rates and P the
// powers at the fibre's input. P. Poggiolini et al., arXiv 1209.0394, eq. 120 to 123. Spans without loss take
// their length for L_a. Spans without dispersion: the limit β2 → 0.
// With `coherent`, for each pair of spans m < n with the accumulated dispersion Φ between their inputs,
//   (16/27)·2·A_m A_n P²/B² · Si(π²|Φ|B²)/(π²|Φ|),  A = γ L_eff times the power over the launch power
// (theory: gn-and-egn, eq. 6; the same way as arXiv 1209.0394, appendix on coherent accumulation).
// Filters act on each channel at its own place: they take loss from all, and bandwidth from none.
// Throws Error as nonlinear_spans(), and for channels without symbol rate or with a negative power.
// Cost: 40 ns for each span and channel; with `coherent` 60 ns for each pair of spans.
NonlinearNoise gn_noise(const Line&, const GnOptions& = {});

// ψ of one pair as above [m² Hz²]: symbol rates `band` of the channel and `other_band` of the other [Hz], Δ
// [Hz], lengths [m].
double gn_psi(double effective_length, double asymptotic_length, double beta2, double band, double other_band,
              double spacing);

}  // namespace waverack::coherent
