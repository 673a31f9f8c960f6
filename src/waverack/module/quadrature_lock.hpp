#pragma once
// The bias of a Mach-Zehnder modulator, held by a sine dither on its heater.
//
// The monitor sees the mean light over the data, which is a sine of the bias phase whatever the data are:
//   P(φ) = mean + amplitude·sin(φ − offset)
// A dither β·sin ωt of the phase puts 2·J1(β)·cos(φ − offset) of the amplitude on ω and 2·J2(β)·sin(φ −
// offset) on 2ω. At quadrature the loop nulls the second harmonic; at any other point it holds the angle
// whose tangent is the ratio of the two, which does not depend on the light's power. Either is an integrator.
// (theory: calibration, eq. 2 to 5; facts: photonics 11)

#include <vector>

#include "waverack/base/random.hpp"
#include "waverack/module/calibration.hpp"
#include "waverack/module/trajectory.hpp"

namespace waverack::module {

// Behind the modulator [W]; phases from quadrature [rad].
struct BiasLaw {
  double mean = 0.0, amplitude = 0.0, offset = 0.0;
};
// From the mean light at the phases −π/2, 0 and π/2.
BiasLaw bias_law(double at_minus, double at_zero, double at_plus);

struct QuadraturePlant {
  BiasLaw law;
  double target = 0.0;  // phase to hold [rad]; 0 is quadrature, where the second harmonic is nulled
  double rin = 0.0;     // of the light, one-sided [1/Hz]
  double drift = 0.0;   // of the phase with the ambient [rad/s]
  double heater_power_per_pi = 25e-3;  // [W]
};

struct QuadratureLock {
  bool converged = false;
  double time_to_converge = 0.0;  // [s]
  Remainder residual;             // of phase less target, without the dither [rad]
  double expected_rms = 0.0;      // from the noise bandwidth [rad]
  double expected_mean = 0.0;     // drift, distortion and offset [rad]
  double heater_power = 0.0;      // at the end [W]
  // One value for each correction.
  std::vector<double> time, error, measured, heater;  // [s], [rad], [rad], [W]
};

// Runs the loop for settings.duration. The heater's pole is on the corrections, which have the first period
// of the dither to settle and are measured over the others; the drive of the dither makes up for the pole.
// The monitor's noise is drawn from `stream`. Cost: 50 ns for each sample of the monitor.
QuadratureLock lock_quadrature(const QuadraturePlant&, const QuadratureSettings&, const Monitor&,
                               const Stream& stream);

// What a phase error and a dither of that amplitude take from OMA at quadrature, small drive [dB]:
// −10·log10(J0(dither)·cos(error)). (theory: calibration, eq. 6)
double quadrature_penalty_db(double error, double dither);

}  // namespace waverack::module
