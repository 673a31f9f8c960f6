#include "waverack/parts/wdm_filter.hpp"

#include <fmt/format.h>

#include <cmath>

#include "waverack/base/decibel.hpp"
#include "waverack/base/physical_constants.hpp"

namespace waverack::parts {
namespace {

// Half of the bandwidth as a frequency [Hz].
double half_width(const WdmFilter& part) {
  const double from = part.centre - 0.5 * part.bandwidth, to = part.centre + 0.5 * part.bandwidth;
  return 0.5 * speed_of_light * (1.0 / from - 1.0 / to);
}

// Response at x half-widths from the centre, relative to it.
std::complex<double> shape(const WdmFilter& part, double x) {
  if (part.passband == Passband::ring) {
    const std::complex<double> one(1.0, x * std::sqrt(std::exp2(1.0 / part.order) - 1.0));
    return 1.0 / std::pow(one, part.order);
  }
  return std::exp2(-0.5 * std::pow(std::abs(x), 2.0 * part.order));
}

// Half-widths between the centre and a wavelength.
double distance(const WdmFilter& part, double wavelength) {
  return speed_of_light * (1.0 / wavelength - 1.0 / part.centre) / half_width(part);
}

}  // namespace

Response response(const WdmFilter& part, const Conditions& conditions) {
  const double wavelength = conditions.light.wavelength;
  const double place = wavelength > 0.0 ? distance(part, wavelength) : 0.0;
  return [part, place, half = half_width(part), amplitude = 1.0 / std::sqrt(part.insertion_loss)](double f) {
    return amplitude * shape(part, place + f / half);
  };
}

double crosstalk(const WdmFilter& part, double own, double neighbour) {
  if (part.role == WdmRole::multiplexer) return 1.0;
  const auto through = [&](double wavelength) {
    return std::max(std::norm(shape(part, distance(part, wavelength))), 1.0 / part.isolation);
  };
  return through(neighbour) / through(own);
}

double reflectance(const WdmFilter& part) { return 1.0 / part.return_loss; }

double optical_loss(const WdmFilter& part) { return part.insertion_loss; }

std::vector<std::string> remarks(const WdmFilter& part, const Conditions& conditions) {
  const double wavelength = conditions.light.wavelength;
  if (wavelength <= 0.0) return {};
  const double down = -to_db(std::norm(shape(part, distance(part, wavelength))));
  if (down <= 0.5) return {};
  return {fmt::format("light of {:.2f} nm is {:.1f} dB down the slope of the passband about {:.2f} nm",
                      wavelength * 1e9, down, part.centre * 1e9)};
}

}  // namespace waverack::parts
