#pragma once
// How long a bit is on its way: from parts to links to paths between endpoints.

#include <span>
#include <string>
#include <vector>

#include "waverack/cluster/technology.hpp"
#include "waverack/cluster/topology.hpp"

namespace waverack::cluster {

// By cause. [s]
struct LatencyParts {
  double modules = 0.0;  // both ends: drivers, DSP
  double fec = 0.0;
  double medium = 0.0;    // fibre or copper
  double switches = 0.0;  // of a path: ports to ports, their SerDes included
  double total() const { return modules + fec + medium + switches; }
  LatencyParts& operator+=(const LatencyParts&);
};
LatencyParts operator*(double, const LatencyParts&);

// Links of a class that one technology serves.
struct LinkUse {
  const Technology* technology = nullptr;
  double share = 1.0;           // of the class
  double from = 0.0, to = 0.0;  // lengths, spread evenly [m]
  double loss = 0.0;            // of a frame of 64 octets, on average
};

struct LinkLatency {
  LatencyParts mean, worst;
  double loss = 0.0;  // of a frame of 64 octets, mean
};

// The shares are taken as they stand; those of a class add up to 1. Modules and FEC as the technology states
// them, the medium by its length. (theory: collectives, eq. 7)
LinkLatency link_latency(std::span<const LinkUse>);

// Endpoints whose way to one another passes the same number of switches.
struct PathClass {
  std::string name;    // "same leaf"
  double share = 0.0;  // of pairs of endpoints
  double switches = 0.0, links = 0.0;
  LatencyParts mean, worst;
  double loss = 0.0;       // of a frame of 64 octets
  double last_link = 0.0;  // mean of the link at the endpoint [s]
};

struct PathLatency {
  std::vector<PathClass> classes;  // nearest first
  LatencyParts mean, worst;        // over pairs; of the farthest
  double mean_links = 0.0;
  double loss = 0.0;  // mean over pairs
  double last_link = 0.0;
};

// `links`: of each class of the topology, in its order; `switch_latency` port to port [s]. In a folded Clos
// network the classes are those below one leaf, one switch of the second tier, and so on, in groups that grow
// by one factor from tier to tier so that the mean number of switches is the topology's. Other networks have
// one class, with links of its classes by their number and the mean and the largest number of switches.
// (theory: collectives, eq. 8 and 9)
PathLatency path_latency(const Topology&, std::span<const LinkLatency> links, double switch_latency);

}  // namespace waverack::cluster
