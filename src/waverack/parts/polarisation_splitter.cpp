#include "waverack/parts/polarisation_splitter.hpp"

#include <cmath>

#include "waverack/parts/two_paths.hpp"

namespace waverack::parts {

Response response(const PolarisationSplitter& part, const Conditions&) {
  return
      [amplitude = 1.0 / std::sqrt(optical_loss(part))](double) { return std::complex<double>(amplitude); };
}

Response intensity_response(const PolarisationSplitter& part, const Conditions&) {
  const double rotated = part.rotated / part.pdl;
  return two_paths(rotated / (1.0 - part.rotated + rotated), part.delay);
}

double reflectance(const PolarisationSplitter& part) { return 1.0 / part.return_loss; }

double optical_loss(const PolarisationSplitter& part) {
  return part.insertion_loss / (1.0 - part.rotated + part.rotated / part.pdl);
}

}  // namespace waverack::parts
