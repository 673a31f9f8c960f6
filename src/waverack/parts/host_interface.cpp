#include "waverack/parts/host_interface.hpp"

namespace waverack::parts {

double power(const HostInterface& part, const Conditions&) { return part.lanes * part.power_per_lane; }

}  // namespace waverack::parts
