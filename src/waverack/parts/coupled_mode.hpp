#pragma once
// A resonator beside a waveguide by temporal coupled-mode theory (facts: photonics 4.2; theory: parts,
// section 5). The law is that of W. Suh, Z. Wang and S. Fan, IEEE J. Quantum Electron. 40, 1511 (2004), for
// one mode and one port:
//   da/dt = (jΔ − 1/τ)·a − j√(2/τ_e)·E_in,  E_out = E_in − j√(2/τ_e)·a,  1/τ = 1/τ_e + 1/τ_l
// |a|² is the stored energy [J] and |E|² a power [W]. A voltage moves Δ and 1/τ_l; it enters as g [V], the
// drive of the junction (depletion.hpp).

#include <complex>
#include <span>

#include "waverack/signal/response.hpp"

namespace waverack::parts {

struct CoupledMode {
  double external = 0.0;    // 1/τ_e, decay of the amplitude into the waveguide [1/s]
  double internal = 0.0;    // 1/τ_l, decay of the amplitude by loss, at g = 0 [1/s]
  double detuning = 0.0;    // Δ = ω_laser − ω_resonance at g = 0 [rad/s]
  double tuning = 0.0;      // dΔ/dg [rad/s/V]
  double loss_slope = 0.0;  // d(1/τ_l)/dg [1/s/V]; 1/τ_l does not fall below zero

  double loss(double g) const;                        // 1/τ_l [1/s]
  double half_width() const;                          // 1/τ at g = 0 [rad/s]
  double photon_lifetime() const;                     // of the energy, τ/2 at g = 0 [s]
  std::complex<double> exponent(double g) const;      // jΔ − 1/τ [1/s]
  std::complex<double> transmission(double g) const;  // E_out/E_in for a constant g
  double transmission_slope(double g) const;          // d|E_out/E_in|²/dg for slow changes [1/V]
  double absorbed(double g) const;                    // power lost inside over the power in, constant g
  std::complex<double> small_signal(double f) const;  // of output power to g about g = 0, 1 at f = 0
};

// E_out for one period of a periodic g at `sample_rate` [Hz], for a constant E_in = `amplitude` [sqrt(W)].
// Exponential integrator: from one sample to the next the phase follows the integral of the exponent by the
// interpolating polynomial of six points, and the inflow its straight line. With δ the change of Δ·dt in a
// step the step errs by δ²/240 of the inflow; for frequencies below an eighth of the sample rate the
// polynomial errs by less than 1e-3 of the drive. dt may be longer than τ; far beyond it a tone at f comes
// out (2πf·dt)²/12 too large. The period is closed by a run-up of 24 τ. About 11 ns a sample.
void follow(const CoupledMode&, std::span<const float> g, double sample_rate, double amplitude,
            std::span<std::complex<float>> out);

}  // namespace waverack::parts
