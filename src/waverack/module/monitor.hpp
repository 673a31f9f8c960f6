#pragma once
// What a monitor photodiode reads.

#include <cstdint>

#include "waverack/base/random.hpp"
#include "waverack/module/calibration.hpp"

namespace waverack::module {

// Reads light as currents: responsivity and dark current, shot noise, noise of the amplifier and of the laser
// in half of the sample rate, and the converter's noise, a twelfth of the square of its effective step.
// (theory: calibration, eq. 1)
class MonitorReader {
 public:
  // `largest_power`: at the monitor, which sets the converter's full scale [W]; `rin`: one-sided, of the
  // light [1/Hz]; `stream`: of the noise.
  MonitorReader(const Monitor&, double largest_power, double rin, const Stream& stream);

  double current(double power) const { return monitor_.responsivity * power + monitor_.dark_current; }
  // rms of one sample [A].
  double noise(double power) const;
  // The next sample, or the mean of `count` samples of constant light [A].
  double read(double power, double count = 1.0);

 private:
  double next_normal();

  Monitor monitor_;
  double rin_, step_ = 0.0;  // step of the converter [A]
  Stream stream_;
  std::uint64_t drawn_ = 0;
  std::vector<double> normals_;
};

}  // namespace waverack::module
