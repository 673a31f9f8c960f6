#include "waverack/parts/linear_driver.hpp"

#include <cmath>

#include "waverack/parts/memoryless.hpp"
#include "waverack/parts/second_order.hpp"

namespace waverack::parts {

Response input_response(const LinearDriver& part, const Conditions& conditions) {
  if (part.response_file) return response(part.response_file);
  return second_order_low_pass(warmed(part.bandwidth, part.bandwidth_drift, conditions), part.peaking);
}

RealLaw law(const LinearDriver& part, const Conditions&, std::span<const float>) {
  const double gain = std::sqrt(part.gain), limit = 0.5 * part.saturation_swing;
  return [=](double v) { return limit * std::tanh(gain * v / limit); };
}

void slope(const LinearDriver& part, const Conditions&, std::span<const float> in, std::span<float> slope) {
  const double gain = std::sqrt(part.gain), limit = 0.5 * part.saturation_swing;
  apply_law(in, slope, [=](double v) {
    const double t = std::tanh(gain * v / limit);
    return gain * (1.0 - t * t);
  });
}

std::vector<NoiseSource> noise(const LinearDriver& part, const Conditions& conditions) {
  NoiseSource source;
  source.id = "output";
  source.label = "Driver noise";
  source.at_input = true;
  const double amplitude = warmed_noise(part.noise_density, conditions);
  source.density = [density = amplitude * amplitude / part.gain](double) { return density; };
  return {std::move(source)};
}

double power(const LinearDriver& part, const Conditions& conditions) {
  return warmed(part.power, part.power_drift, conditions);
}

std::vector<std::string> remarks(const LinearDriver& part, const Conditions& conditions) {
  return remarks(part.response_file, conditions);
}

std::vector<std::string_view> unused(const LinearDriver& part) {
  if (!part.response_file) return {};
  return {"bandwidth", "peaking"};
}

}  // namespace waverack::parts
