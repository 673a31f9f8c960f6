#include "waverack/parts/circulator.hpp"

#include <cmath>

namespace waverack::parts {

Response response(const Circulator& part, const Conditions&) {
  return
      [amplitude = 1.0 / std::sqrt(part.insertion_loss)](double) { return std::complex<double>(amplitude); };
}

double reflectance(const Circulator& part) { return 1.0 / part.return_loss; }

double optical_loss(const Circulator& part) { return part.insertion_loss; }

}  // namespace waverack::parts
