#pragma once
// The enhanced GN model: the GN integral plus what a constellation changes, since its symbols are no Gaussian
// numbers. It brings 16QAM over one span from 33.9 to 36.9 dB (3 dBm, 60 GBd, 80 km), where the split-step
// solver sees it.

#include <span>

#include "waverack/coherent/format.hpp"
#include "waverack/coherent/line.hpp"
#include "waverack/coherent/nonlinear_noise.hpp"

namespace waverack::coherent {

// Excess moments of a constellation of zero mean and no rotational bias: Φ = E|a|⁴/E²|a|² − 2 and
// Ψ = E|a|⁶/E³|a|² − 9 E|a|⁴/E²|a|² + 12; both 0 for Gaussian symbols.
struct ExcessMoments {
  double phi = 0.0, psi = 0.0;
};
ExcessMoments excess_moments(std::span<const double> squared_amplitudes);  // of equally likely points
// QPSK −1, 4; 16QAM −0.68, 2.08; 8QAM, two rings of four points at 45° with amplitudes 1 and (1 + √3)/√2 (the
// star whose neighbours are equally far apart): −2/3, 2.
ExcessMoments excess_moments(Format);
ExcessMoments excess_moments(const Channel&);  // 0, 0 where its symbols are Gaussian

struct EgnOptions {
  bool rectangular = false;  // takes the channel's spectrum for a rectangle as wide as the symbol rate
  bool neighbours = true;    // with the neighbours: GN in closed form, and their format's correction
  double tolerance = 1e-4;   // of the GN integral, relative
  int points = 24;           // of the grids for a factor e of frequency; 12 is fast, 48 is exact to 0.01 dB
};

// Interference of the channel with itself, in units of the symbol rate R (u = f/R, s the root of the raised
// cosine, S = s²), a and b frequency differences, y(a,b) = 4π²R²ab, behind a matched filter:
//   P_NLI/P = P²[(16/27)κ1 + Φ((80/81)κ2 + (16/81)κ2') + Ψ(16/81)κ3 − Φ²(16/81)|κ0|²],
//   κ1  = ∫S(u) ∬S(u + a)S(u + b)S(u + a + b)|µ(y)|² da db du                     (gn_integral.hpp)
//   κ2  = ∫S(u) ∫S(u + a)|∫s(u + b)s(u + a + b)µ(y) db|² da du
//   κ2' = ∫S(u) ∫S(u + w)|∫s(u + b)s(u + w − b)µ(4π²R²b(w − b)) db|² dw du
//   κ3  = ∫S(u) |∬s(u + a)s(u + b)s(u + a + b)µ(y) da db|² du
//   κ0  = ∫s(u) ∬s(u + a)s(u + b)s(u + a + b)µ(y) da db du.
// κ1 to κ3: A. Carena, G. Bosco, V. Curri, Y. Jiang, P. Poggiolini, F. Forghieri, Optics Express 22 (2014)
// 16335, single-channel interference; constant phases are removed. κ0 is what of the interference follows the
// symbol itself: a receiver scales and turns it away (derived on the theory page, eq. 10); for QPSK over one
// span it is 0.9 dB. The inner integrals are differences of the antiderivative of µ, so that each term is
// two-dimensional (theory: gn-and-egn, section 3).
// Of each neighbour j with power P_j and symbol rate R_j at the difference Δ, from the channel's centre with
// rectangular spectra: Φ_j(80/81)·P_j²/R_j³·∫|∫µ(4π²ab) db|² da, a over the channel, b over the neighbour:
// the correction of cross-channel interference X1 (same source, eq. 12). Beside it the closed form of
// gn_noise().
// `error` is the difference from grids of half as many points. Throws Error as gn_integral().
// Cost for one channel: 5 ms for one span at 60 GBd, 13 ms for five, 10 ms for 800ZR; 0.1 ms for each
// neighbour and span.
NonlinearNoise egn_noise(const Line&, const EgnOptions& = {});

// The correction of one neighbour's part in closed form, for equal spans N and distant neighbours:
//   Φ_j (80/81) γ² L_eff² P_j²·N/(2π|β2| L_s R_j |Δ|)  over the channel's power.
// P. Poggiolini et al., J. Lightwave Technol. 33 (2015) 459 (arXiv 1402.3528), eq. 3, written for one
// neighbour of any rate; the line's mean over its spans is taken. Asymptotic in N: for one span the integral
// of egn_noise() corrects up to L_s/(2 α L_eff²) times as much. Cost: microseconds.
double asymptotic_format_correction(const Line&, const Channel& neighbour);

}  // namespace waverack::coherent
