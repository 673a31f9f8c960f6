#include "waverack/parts/tunable_laser.hpp"

#include <numbers>

#include "waverack/base/physical_constants.hpp"

namespace waverack::parts {
namespace {

Light part_of(const TunableLaser& part, double share) {
  Light light;
  light.power = part.output_power * share;
  light.rin = part.rin;
  light.linewidth = part.linewidth;
  light.wavelength = speed_of_light / part.frequency;
  return light;
}

}  // namespace

double frequency_noise(const TunableLaser& part, double frequency) {
  return part.linewidth / std::numbers::pi * (1.0 + part.noise_corner / frequency);
}

Light light(const TunableLaser& part, const Conditions&) {
  return part_of(part, 1.0 - part.local_oscillator_share);
}

Light local_oscillator(const TunableLaser& part, const Conditions&) {
  return part_of(part, part.local_oscillator_share);
}

double power(const TunableLaser& part, const Conditions&) { return part.power; }

}  // namespace waverack::parts
