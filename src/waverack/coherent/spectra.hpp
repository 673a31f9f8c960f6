#pragma once
// Spectra of pulses in units of the symbol rate: u = f/Rs, power 1 in the middle.

namespace waverack::coherent {

// Power of the root-raised-cosine pulse: the raised cosine, 1 for |u| < (1 − r)/2, 0 from (1 + r)/2 on. Its
// integral is 1. `roll_off` r 0 … 1; 0 is the rectangle.
double raised_cosine(double u, double roll_off);
// Its root.
double root_raised_cosine(double u, double roll_off);

}  // namespace waverack::coherent
