#pragma once
// What a stressed source turned out to be, and what a receiver needs of its light.

#include <limits>

namespace waverack::link {

struct Stress {
  double secq = 1.0;       // an amplitude ratio, as measured
  double ceq = 1.0;        // of it
  double bandwidth = 0.0;  // of its low-pass [Hz]
  double sndr = 0.0;       // its noise: the outer level over the rms, as a power ratio
  double oma_outer = 0.0;  // before it is attenuated [W]
};

struct StressedReceiver {
  Stress source;
  double sensitivity = std::numeric_limits<double>::quiet_NaN();  // OMA_outer [W]; NaN: no light is enough
};

}  // namespace waverack::link
