#include "waverack/module/monitor.hpp"

#include <cmath>

#include "waverack/base/physical_constants.hpp"

namespace waverack::module {
namespace {

constexpr std::size_t drawn_at_once = 4096;

}  // namespace

MonitorReader::MonitorReader(const Monitor& monitor, double largest_power, double rin, const Stream& stream)
    : monitor_(monitor), rin_(rin), stream_(stream) {
  if (monitor.converter_enob > 0.0)
    step_ = monitor.head_room * current(largest_power) / std::exp2(monitor.converter_enob);
}

double MonitorReader::noise(double power) const {
  const double i = current(power), light = monitor_.responsivity * power;
  const double density =
      2.0 * elementary_charge * i + monitor_.noise_density * monitor_.noise_density + rin_ * light * light;
  return std::sqrt(density * 0.5 * monitor_.sample_rate + step_ * step_ / 12.0);
}

double MonitorReader::read(double power, double count) {
  return current(power) + noise(power) / std::sqrt(count) * next_normal();
}

double MonitorReader::next_normal() {
  const std::size_t at = drawn_ % drawn_at_once;
  if (at == 0) {
    normals_.resize(drawn_at_once);
    fill_normal(stream_, normals_, drawn_);
  }
  ++drawn_;
  return normals_[at];
}

}  // namespace waverack::module
