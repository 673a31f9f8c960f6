#include "waverack/parts/connector.hpp"

#include <cmath>

namespace waverack::parts {

Response response(const Connector& part, const Conditions&) {
  return
      [amplitude = 1.0 / std::sqrt(part.insertion_loss)](double) { return std::complex<double>(amplitude); };
}

double reflectance(const Connector& part) { return 1.0 / part.return_loss; }

double optical_loss(const Connector& part) { return part.insertion_loss; }

}  // namespace waverack::parts
