#include "waverack/parts/ac_coupling.hpp"

namespace waverack::parts {

Response response(const AcCoupling&, const Conditions&) {
  return [](double) { return std::complex<double>(1.0); };
}

double high_pass_corner(const AcCoupling& part) { return part.corner; }

}  // namespace waverack::parts
