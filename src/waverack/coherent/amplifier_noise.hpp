#pragma once
// Power of the channel and spontaneous emission of the amplifiers along a line.

#include <limits>
#include <string>
#include <vector>

#include "waverack/coherent/line.hpp"
#include "waverack/coherent/modulation_theory.hpp"

namespace waverack::coherent {

// Where an element of the line ends.
struct LinePoint {
  std::string name;            // of the element; "transmitter" for the first point
  double distance = 0.0;       // fibre up to here [m]
  double power = 0.0;          // of the channel [W]
  double noise_density = 0.0;  // ASE of both polarisations at the channel's frequency [W/Hz]
  double dispersion = 0.0;     // accumulated β2 [s²]
};

// The channel's light from the transmitter on, one point more than the line has elements.
//
// An amplifier adds (G·F − 1)·h·f of noise density, both polarisations together, at its output
// (never below 0: an amplifier may state less than the quantum limit, as noiseless boosters of other tools'
// files do). Losses and gains are flat. The transmitter's noise is counted as ASE: power/`transmitter_osnr`
// in 12.5 GHz. Throws Error as nonlinear_spans(). Cost: 50 ns an element.
std::vector<LinePoint> amplifier_noise(const Line&,
                                       double transmitter_osnr = std::numeric_limits<double>::infinity());

// Power over noise in 12.5 GHz, and in a band of the channel's symbol rate; infinite without noise.
double osnr(const LinePoint&);
double snr_in_symbol_rate(const LinePoint&, const Channel&);

// OSNR in 12.5 GHz behind one amplifier of high gain: P/(F·h·f·12.5 GHz) of the power at its input. At
// 193.414 THz h·f·12.5 GHz is −57.95 dBm.
double osnr_of_one(double input_power, double noise_figure, double frequency);

}  // namespace waverack::coherent
