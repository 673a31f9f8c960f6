#include "waverack/parts/fibre.hpp"

#include <cmath>
#include <limits>
#include <numbers>

#include "waverack/base/physical_constants.hpp"

namespace waverack::parts {
namespace {

using std::numbers::pi;

}  // namespace

double dispersion(const Fibre& part, double wavelength) {
  const double ratio = part.zero_dispersion_wavelength / wavelength;
  return 0.25 * part.dispersion_slope * wavelength * (1.0 - std::pow(ratio, 4));
}

double fading_null(const Fibre& part, double wavelength, int n) {
  const double spread =
      wavelength * wavelength * std::abs(dispersion(part, wavelength)) * part.length / speed_of_light;
  return spread > 0.0 ? std::sqrt((0.5 + n) / spread) : std::numeric_limits<double>::infinity();
}

Response response(const Fibre& part, const Conditions& conditions) {
  const double amplitude = 1.0 / std::sqrt(optical_loss(part));
  const double wavelength = conditions.light.wavelength;
  if (wavelength <= 0.0) return [amplitude](double) { return std::complex<double>(amplitude); };
  const double d = dispersion(part, wavelength);
  const double ratio = part.zero_dispersion_wavelength / wavelength;
  const double slope = 0.25 * part.dispersion_slope * (1.0 + 3.0 * std::pow(ratio, 4));  // dD/dλ
  const double per_frequency = wavelength / (2.0 * pi * speed_of_light);
  const double beta_2 = -d * wavelength * per_frequency;
  const double beta_3 = wavelength * per_frequency * per_frequency * (wavelength * slope + 2.0 * d);
  return [amplitude, quadratic = 0.5 * beta_2 * part.length, cubic = beta_3 / 6.0 * part.length](double f) {
    const double omega = 2.0 * pi * f;
    return std::polar(amplitude, -(quadratic + cubic * omega) * omega * omega);
  };
}

Response dispersion_response(double accumulated, double wavelength) {
  const double quadratic = -accumulated * wavelength * wavelength / (4.0 * pi * speed_of_light);
  return [quadratic](double f) {
    const double omega = 2.0 * pi * f;
    return std::polar(1.0, -quadratic * omega * omega);
  };
}

double latency(const Fibre& part, const Conditions&) {
  return part.group_index * part.length / speed_of_light;
}

double optical_loss(const Fibre& part) { return std::exp(part.attenuation * part.length); }

}  // namespace waverack::parts
