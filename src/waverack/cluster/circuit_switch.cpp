#include "waverack/cluster/circuit_switch.hpp"

#include <algorithm>
#include <cmath>

namespace waverack::cluster {

int paths_per_link(const CircuitSwitch& device, int fibres_per_direction) {
  return device.bidirectional ? fibres_per_direction : 2 * fibres_per_direction;
}

int usable_ports(const CircuitSwitch& device) { return std::max(1, device.ports - device.reserve_ports); }

double circuit_loss(const CircuitSwitch& device, int passes) {
  if (passes == 0) return 1.0;
  const double ends =
      device.bidirectional ? device.circulator_loss.value * device.circulator_loss.value : 1.0;
  return ends * std::pow(device.insertion_loss.value, passes);
}

}  // namespace waverack::cluster
