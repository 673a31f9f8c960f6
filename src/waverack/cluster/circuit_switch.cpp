#include "waverack/cluster/circuit_switch.hpp"

#include <algorithm>

namespace waverack::cluster {

int paths_per_link(const CircuitSwitch& device, int fibres_per_direction) {
  return device.bidirectional ? fibres_per_direction : 2 * fibres_per_direction;
}

int usable_ports(const CircuitSwitch& device) { return std::max(1, device.ports - device.reserve_ports); }

}  // namespace waverack::cluster
