#include "waverack/parts/isolator.hpp"

namespace waverack::parts {

double reflectance(const Isolator& part) { return 1.0 / part.return_loss; }

double optical_loss(const Isolator& part) { return part.insertion_loss; }

}  // namespace waverack::parts
