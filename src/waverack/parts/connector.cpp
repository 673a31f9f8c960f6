#include "waverack/parts/connector.hpp"

#include <cmath>

#include "waverack/parts/mode_overlap.hpp"

namespace waverack::parts {

Response response(const Connector& part, const Conditions&) {
  return
      [amplitude = 1.0 / std::sqrt(optical_loss(part))](double) { return std::complex<double>(amplitude); };
}

double reflectance(const Connector& part) { return 1.0 / part.return_loss; }

double optical_loss(const Connector& part) {
  const double offset = std::hypot(part.offset_x, part.offset_y);
  if (offset == 0.0) return part.insertion_loss;
  Joint joint;
  joint.mode_field_a = part.mode_field;
  joint.mode_field_b = part.mode_field_2;
  const double aligned = mode_overlap(joint);
  joint.offset = offset;
  return part.insertion_loss * aligned / mode_overlap(joint);
}

}  // namespace waverack::parts
