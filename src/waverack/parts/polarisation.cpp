#include "waverack/parts/polarisation.hpp"

#include <cmath>

#include "waverack/parts/two_paths.hpp"

namespace waverack::parts {

Response response(const Polarisation& part, const Conditions&) {
  return [amplitude = 1.0 / std::sqrt(part.pdl)](double) { return std::complex<double>(amplitude); };
}

Response intensity_response(const Polarisation& part, const Conditions&) {
  return two_paths(part.late, part.delay);
}

double optical_loss(const Polarisation& part) { return part.pdl; }

}  // namespace waverack::parts
