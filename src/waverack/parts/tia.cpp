#include "waverack/parts/tia.hpp"

#include <algorithm>
#include <cmath>

#include "waverack/parts/memoryless.hpp"
#include "waverack/parts/second_order.hpp"

namespace waverack::parts {
namespace {

struct OperatingPoint {
  double mean, gain, limit;
};

OperatingPoint operating_point(const Tia& part, std::span<const float> in) {
  OperatingPoint point{0.0, part.transimpedance, 0.5 * part.saturation_swing};
  const Extent extent = extent_of(in);
  point.mean = extent.mean;
  const double swing = static_cast<double>(extent.high) - extent.low;
  if (swing * point.gain > part.output_swing) point.gain = part.output_swing / swing;
  return point;
}

}  // namespace

Response input_response(const Tia& part, const Conditions& conditions) {
  if (part.response_file) return response(part.response_file);
  return second_order_low_pass(warmed(part.bandwidth, part.bandwidth_drift, conditions), part.peaking);
}

RealLaw law(const Tia& part, const Conditions&, std::span<const float> in) {
  const OperatingPoint p = operating_point(part, in);
  return [p](double i) { return p.limit * std::tanh(p.gain * (i - p.mean) / p.limit); };
}

void slope(const Tia& part, const Conditions&, std::span<const float> in, std::span<float> slope) {
  const OperatingPoint p = operating_point(part, in);
  apply_law(in, slope, [p](double i) {
    const double t = std::tanh(p.gain * (i - p.mean) / p.limit);
    return p.gain * (1.0 - t * t);
  });
}

std::vector<NoiseSource> noise(const Tia& part, const Conditions& conditions) {
  NoiseSource source;
  source.id = "input";
  source.label = "TIA noise";
  source.at_input = true;
  const double amplitude = warmed_noise(part.noise_density, conditions);
  const double white = amplitude * amplitude;
  const double per_corner = part.noise_corner > 0.0 ? 1.0 / part.noise_corner : 0.0;
  source.density = [white, per_corner](double f) {
    const double u = f * per_corner;
    return white * (1.0 + u * u);
  };
  return {std::move(source)};
}

double power(const Tia& part, const Conditions& conditions) {
  return warmed(part.power, part.power_drift, conditions);
}

double high_pass_corner(const Tia& part) { return part.offset_loop_corner; }

std::vector<std::string> remarks(const Tia& part, const Conditions& conditions) {
  return remarks(part.response_file, conditions);
}

std::vector<std::string_view> unused(const Tia& part) {
  if (!part.response_file) return {};
  return {"bandwidth", "peaking"};
}

}  // namespace waverack::parts
