#pragma once
// One S-parameter on a uniform grid from 0 Hz, for transforms to time.

#include <complex>
#include <string>
#include <vector>

#include "waverack/network/network.hpp"

namespace waverack::network {

struct UniformSpectrum {
  double step = 0.0;                         // [Hz]
  std::vector<std::complex<double>> values;  // at 0, step, 2·step, …; the first is real
  std::vector<std::string> remarks;          // what was made up, one sentence each

  double last_frequency() const { return step * static_cast<double>(values.size() - 1); }
};

// S_{to,from}. Points on a grid that holds 0 Hz are taken as they are. Otherwise the step is that of the
// closest points, cubic curves through the data give what lies between them, and below the data the real part
// continues as an even and the imaginary part as an odd function of f. Throws Error for fewer than two
// points, and if that would be more than 2 000 000 points.
UniformSpectrum uniform_spectrum(const Network&, int to, int from);

}  // namespace waverack::network
