#pragma once
// What one failure takes down, and how often it happens beside one switch.

#include <string>
#include <vector>

#include "waverack/cluster/failures.hpp"
#include "waverack/cluster/network.hpp"
#include "waverack/cluster/technology.hpp"

namespace waverack::cluster {

struct Blast {
  std::string item;             // "laser", "laser module", "module", "engine", "cable", "switch"
  double of_one_switch = 0.0;   // such items at one switch full of ports
  double lanes = 0.0;           // that one failure takes down
  double ports_best = 0.0;      // their lanes aligned with ports
  double ports_expected = 0.0;  // aligned anyhow
  double ports_worst = 0.0;
  double failures = 0.0;    // of one item [1/s]; 0: counted in another row
  bool replaceable = true;  // without opening the switch
  double lost_ports() const { return of_one_switch * failures * ports_expected; }  // each second
};

// From the smallest to the switch itself. Ports of `port_rate` [bit/s] have whole lanes of the technology. A
// lane lost is a port lost: there is no spare lane and no port of fewer lanes. Lasers get rows where the
// technology has external ones. Failure rates are those that `rates` and the technology give.
// (theory: goodput, section 5)
std::vector<Blast> blast_radius(const Technology&, const Switch&, double port_rate, const Failures&);

}  // namespace waverack::cluster
