#pragma once
// The GN integral of one channel over the line as it is: unlike spans, lumped gains, accumulated coherently.
//
// The mismatch of four-wave mixing depends on the product of two frequency differences alone, so the double
// integral over frequencies, averaged over the band, is one integral over that product with a weight that
// depends only on the spectrum: for the rectangle in closed form (theory: gn-and-egn, eq. 4).

#include "waverack/coherent/line.hpp"
#include "waverack/coherent/nonlinear_noise.hpp"

namespace waverack::coherent {

struct GnIntegralOptions {
  bool rectangular = false;  // takes the channel's spectrum for a rectangle as wide as the symbol rate
  double tolerance = 1e-4;   // of the result, relative
};

// Interference of the channel with itself behind a matched filter, Gaussian symbols:
//   P_NLI/P = (16/27)·P²·4·∫ |µ(4π²R²y)|² w(y) dy,  y from 0 to (1 + r)²/4,
// µ the link function; for the rectangle w(y) = 2(t − tanh t), cosh t = 1/(2√y).
// P. Poggiolini, J. Lightwave Technol. 30 (2012) 3857, eq. 1 (arXiv 1209.0394 eq. 1 and 18); w: theory page.
// `self` holds one number for each span, its share if it were alone; `coherence` what is left, so that
// ratio() is the integral. The neighbours are left out. β3 is taken as 0 within the channel's band.
// Throws Error as gn_noise(). Cost: about 0.1 ms a span at 60 GBd and 80 km; the weight of a raised cosine
// 1.4 ms.
NonlinearNoise gn_integral(const Line&, const GnIntegralOptions& = {});

}  // namespace waverack::coherent
