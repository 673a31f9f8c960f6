#pragma once
// A modulator's electrode: the electrical wave decays and runs away from the light that it should drive.

#include <complex>

namespace waverack::parts {

struct TravellingWave {
  double length = 0.0;           // that light and wave run together [m]
  double loss = 0.0;             // of power at `loss_frequency`, growing with √f [1/m]
  double loss_frequency = 50e9;  // [Hz]
  double index_mismatch = 0.0;   // index of the electrical wave less the group index of light
};

// Mean voltage that the light sees, over the voltage at the electrode's input: (e^z − 1)/z with
// z = −[a(f)·L + j·2π·f·(n_RF − n_g)·L/c], a = half the power loss (facts: photonics 4.1). 1 at f = 0.
std::complex<double> response(const TravellingWave&, double f);

}  // namespace waverack::parts
