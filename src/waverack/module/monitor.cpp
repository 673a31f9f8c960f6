#include "waverack/module/monitor.hpp"

#include <cmath>

#include "waverack/parts/physical_constants.hpp"

namespace waverack::module {
namespace {

constexpr std::size_t drawn_at_once = 4096;

}  // namespace

MonitorReader::MonitorReader(const Monitor& monitor, double largest_power, double rin, const Stream& stream)
    : monitor_(monitor), rin_(rin), stream_(stream) {
  if (monitor.converter_bits > 0)
    step_ = monitor.head_room * current(largest_power) / std::ldexp(1.0, monitor.converter_bits);
}

double MonitorReader::noise(double power) const {
  const double i = current(power), light = monitor_.responsivity * power;
  const double density = 2.0 * parts::elementary_charge * i +
                         monitor_.noise_density * monitor_.noise_density + rin_ * light * light;
  return std::sqrt(density * 0.5 * monitor_.sample_rate);
}

double MonitorReader::read(double power) {
  const double value = current(power) + noise(power) * next_normal();
  return step_ > 0.0 ? step_ * std::round(value / step_) : value;
}

double MonitorReader::read_mean(double power, double count) {
  const double own = noise(power);
  return current(power) + std::sqrt((own * own + step_ * step_ / 12.0) / count) * next_normal();
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
