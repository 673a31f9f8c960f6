#include "waverack/parts/coupling.hpp"

#include <cmath>
#include <numbers>

namespace waverack::parts {
namespace {

using std::numbers::pi;
double square(double x) { return x * x; }

}  // namespace

double mismatch_efficiency(double d1, double d2) { return square(2.0 * d1 * d2 / (d1 * d1 + d2 * d2)); }

double offset_efficiency(double d1, double d2, double offset) {
  return std::exp(-8.0 * offset * offset / (d1 * d1 + d2 * d2));
}

double tilt_efficiency(double d1, double d2, double tilt, double wavelength, double index) {
  const double w = std::sqrt((d1 * d1 + d2 * d2) / 8.0);
  return std::exp(-square(pi * w * tilt * index / wavelength));
}

double gap_efficiency(double diameter, double gap, double wavelength, double index) {
  const double rayleigh = pi * square(0.5 * diameter) * index / wavelength;
  return 1.0 / (1.0 + square(gap / (2.0 * rayleigh)));
}

double offset_for_loss(double diameter, double loss) { return 0.5 * diameter * std::sqrt(std::log(loss)); }

double tilt_for_loss(double diameter, double loss, double wavelength, double index) {
  return std::sqrt(std::log(loss)) * wavelength / (pi * 0.5 * diameter * index);
}

}  // namespace waverack::parts
