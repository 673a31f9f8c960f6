#pragma once
// Networks for tests of the cluster.

#include "waverack/cluster/network.hpp"

namespace waverack::cluster {

// Switches of `radix` ports of 800 Gb/s.
inline Network network_of(TopologyKind topology, int radix) {
  Switch device;
  device.title = "switch";
  device.capacity = radix * 800e9;
  Network network;
  network.name = "back end";
  network.topology = topology;
  network.port_rate = 800e9;
  network.switches = {"switch", std::make_shared<const Switch>(device)};
  return network;
}

// 136 × 136 ports, circulators; values of no device.
inline CircuitSwitch circuit_switch() {
  CircuitSwitch device;
  device.title = "mirrors";
  device.insertion_loss = exactly(1.6);
  device.return_loss = exactly(4e4);
  device.power = exactly(100.0);
  device.circulator_loss = exactly(1.2);
  device.circulator_return_loss = exactly(1e5);
  device.circulator_isolation = exactly(1e5);
  return device;
}

inline void use_circuit_switch(Network& network, const CircuitSwitch& device = circuit_switch()) {
  network.circuit_switch = {"mirrors", std::make_shared<const CircuitSwitch>(device)};
}

// A torus of cubes of edge 4, as TPU v4.
inline Network cube_torus(std::vector<int> dims) {
  Network network = network_of(TopologyKind::torus, 2);
  network.switches = {};
  network.dims = std::move(dims);
  network.cube = 4;
  use_circuit_switch(network);
  return network;
}

// GPUs with 18 ports of 400 Gb/s and switches with 72, as NVL72.
inline Network scale_up_domain() {
  Network network = network_of(TopologyKind::scale_up, 36);
  network.port_rate = 400e9;
  network.ports_per_gpu = 18;
  network.domain = 72;
  network.cables_per_link = 4;
  return network;
}

}  // namespace waverack::cluster
