#pragma once
// What a monitor photodiode reads.

#include "waverack/base/random.hpp"
#include "waverack/module/calibration.hpp"

namespace waverack::module {

// Reads light as currents: responsivity and dark current, shot noise, noise of the amplifier and of the laser
// in half of the sample rate, and the converter's steps. (theory: calibration, eq. 1)
class MonitorReader {
 public:
  // `largest_power`: at the monitor, which sets the converter's full scale [W]; `rin`: one-sided, of the
  // light [1/Hz]; `stream`: of the noise.
  MonitorReader(const Monitor&, double largest_power, double rin, const Stream& stream);

  double current(double power) const { return monitor_.responsivity * power + monitor_.dark_current; }
  // rms of one sample without the converter's steps [A].
  double noise(double power) const;
  double step() const { return step_; }  // of the converter [A]; 0: none
  // The next sample [A].
  double read(double power);
  // The mean of the next `count` samples of constant light, drawn at once: the converter's steps count as
  // noise of a twelfth of their square.
  double read_mean(double power, double count);

 private:
  double next_normal();

  Monitor monitor_;
  double rin_, step_ = 0.0;
  Stream stream_;
  std::uint64_t drawn_ = 0;
  std::vector<double> normals_;
};

}  // namespace waverack::module
