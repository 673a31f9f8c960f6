#pragma once
// Small networks and technologies for tests of the cluster.

#include <memory>
#include <string>

#include "waverack/cluster/choice.hpp"

namespace waverack::cluster::example {

// 800 Gb/s at 100 Gb/s a lane over 500 m of fibre, whose host draws what typical powers contain.
inline Technology optics(std::string name, double watts, Form form = Form::pluggable, double rate = 800e9) {
  Technology made;
  made.name = std::move(name);
  made.form = form;
  made.mac_rate = rate;
  made.lanes = static_cast<int>(rate / 100e9);
  made.symbol_rate = 53.125e9;
  made.line_rate = 106.25e9;
  made.wavelength = 1310e-9;
  made.ladder = {{2.0, 5.0, 1e-9, 1e-20}, {500.0, 3.0, 1e-8, 1e-18}};
  made.required_margin_db = 1.0;
  made.reach = 500.0;
  made.reach_is_bound = true;
  made.latency = 100e-9;
  made.fec_latency = 60e-9;
  made.delay_per_metre = 4.9e-9;
  made.module_power = exactly(watts);
  made.host_power = 3.25e-12 * 1.0625 * rate;
  made.failures = exactly(1e-10);
  return made;
}

inline Technology copper(std::string name, double watts, double reach) {
  Technology made = optics(std::move(name), watts, Form::cable);
  made.medium = Medium::copper;
  made.wavelength = 0.0;
  made.ladder = {{0.5, 9.0, 1e-9, 1e-20}, {reach, 3.0, 1e-8, 1e-18}, {2.0 * reach, -3.0, 1e-3, 1e-3}};
  made.required_margin_db = 3.0;
  made.reach = reach;
  made.reach_is_bound = false;
  return made;
}

// A folded Clos network without oversubscription: `endpoints` on switches of `radix` ports and `cages` cages.
struct Clos {
  Topology topology;
  Network network;
};

inline Clos clos(std::int64_t endpoints, int radix, int tiers, int cages, double rate = 800e9) {
  static const char* const names[] = {"leaf", "spine", "core"};
  Clos made;
  Topology& topology = made.topology;
  topology.name = "scale-out";
  topology.endpoints = endpoints;
  for (int t = 0; t < tiers; ++t) {
    const std::int64_t ports = t + 1 < tiers ? 2 * endpoints : endpoints;
    topology.switches.push_back({names[t], t, (ports + radix - 1) / radix, ports});
    LinkClass links;
    links.name = t == 0 ? "nic-leaf" : std::string(names[t - 1]) + "-" + names[t];
    links.tier = t;
    links.a = t == 0 ? LinkEnd{EndKind::nic, -1} : LinkEnd{EndKind::switch_port, t - 1};
    links.b = {EndKind::switch_port, t};
    links.rate = rate;
    links.count = endpoints;
    links.lengths = {{1.0, 2.0, 100.0}};
    topology.links.push_back(links);
  }
  Switch box;
  box.capacity = radix * rate;
  box.cages = cages;
  made.network.name = topology.name;
  made.network.port_rate = rate;
  made.network.switches = {"switch", std::make_shared<const Switch>(box)};
  return made;
}

inline ChoiceInput input(const Clos& clos, std::span<const Technology> technologies) {
  ChoiceInput made;
  made.topology = &clos.topology;
  made.network = &clos.network;
  made.technologies = technologies;
  return made;
}

}  // namespace waverack::cluster::example
