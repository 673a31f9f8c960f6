#pragma once
// The cluster around the modules: how many of them, switches, watts and PUE.

#include <string>
#include <vector>

#include "waverack/base/reader.hpp"
#include "waverack/cluster/facility.hpp"
#include "waverack/cluster/result.hpp"
#include "waverack/module/module.hpp"

namespace waverack::cluster {

struct Cluster {
  std::string baseline;              // name of a design, "" for none
  double node_bandwidth = 81.92e12;  // [bit/s]
  double fill = 0.8;                 // share of the modules' bandwidth that is used
  int gpus = 32768;                  // endpoints
  double gpu_bandwidth = 800e9;      // one port per endpoint [bit/s]
  int switch_radix = 128;            // ports of gpu_bandwidth
  int tiers = 0;                     // 0: as many as needed, at most 4
  double gpu_power = 1889.0;         // rack power per endpoint without the network [W]
  double gpu_power_spread = 0.03;    // ± of gpu_power, as a ratio
  double switch_power = 2240.0;      // one switch without its optics, with host SerDes for the baseline [W]
  double switch_power_spread = 0.16;
  double optics_power_spread = 0.15;
  bool nic_keeps_pluggable =
      false;  // the module serves switches only; network cards keep the baseline's module
  double gpu_liquid_share = 0.85;     // of the heat of the endpoints
  double network_liquid_share = 0.0;  // of the heat of switches and of the optics in them
  double pue = 0.0;                   // 0: from the facility model
  double pue_spread = 0.02;
  Facility facility;
};

inline FieldList describe(Tag<Cluster>) {
  using P = Cluster;
  return fields<P>(
      "The cluster: endpoints, switches, cooling.",
      field<&P::baseline>("baseline",
                          "Design that the cluster is compared with: a file, or the name of a built-in one."),
      field<&P::node_bandwidth>("node_bandwidth", "Tb/s", 0.1, 1e6, "Optical bandwidth of one node.")
          .from(Kind::claim,
                "81.92 Tb/s per node, attributed to the OIF without a document (facts: cluster 3.1, C9)"),
      field<&P::fill>("fill", "", 0.05, 1.0, "Share of the modules' bandwidth that the node uses.")
          .from(Kind::derived, "81.92 Tb/s is 80 % of a 102.4 Tb/s switch (facts: cluster 2)"),
      field<&P::gpus>("gpus", "", 1, 10000000, "Endpoints of the network.")
          .from(Kind::choice, "three tiers of radix 128"),
      field<&P::gpu_bandwidth>("gpu_bandwidth", "Gb/s", 1.0, 1e6, "Bandwidth of one endpoint's port.")
          .from(Kind::choice, ""),
      field<&P::switch_radix>("switch_radix", "", 2, 4096, "Ports of one switch at the endpoint's bandwidth.")
          .from(Kind::choice, "102.4 Tb/s at 800 Gb/s"),
      field<&P::tiers>("tiers", "", 0, 4, "Tiers of the Clos network; 0 takes as few as carry the endpoints.")
          .from(Kind::choice, ""),
      field<&P::gpu_power>("gpu_power", "W", 0.0, 1e5,
                           "Rack power per endpoint, network and server fans not counted.")
          .from(Kind::derived, "GB300 rack 132 to 140 kW over 72 GPUs (facts: cluster 5.3)"),
      field<&P::gpu_power_spread>("gpu_power_spread", "", 0.0, 1.0,
                                  "Plus and minus of gpu_power, as a ratio.")
          .from(Kind::derived, "1833 to 1944 W (facts: cluster 5.3)"),
      field<&P::switch_power>(
          "switch_power", "W", 0.0, 1e6,
          "One switch without its optics, its SerDes as the baseline's modules need them.")
          .from(Kind::derived,
                "102.4 Tb/s at 18.4 to 25.2 W per Tb/s: SN5600 940 W, Q3400 2.9 kW (facts: cluster 5.3)"),
      field<&P::switch_power_spread>("switch_power_spread", "", 0.0, 1.0,
                                     "Plus and minus of switch_power, as a ratio.")
          .from(Kind::derived, "18.4 to 25.2 W per Tb/s (facts: cluster 5.3)"),
      field<&P::optics_power_spread>("optics_power_spread", "", 0.0, 1.0,
                                     "Plus and minus of the power of optics, as a ratio.")
          .from(Kind::assumed, "published 800G DR8 modules draw 14 to 17 W (facts: cluster 5.1)"),
      field<&P::nic_keeps_pluggable>(
          "nic_keeps_pluggable",
          "Whether the module serves switches only and network cards keep the baseline's."),
      field<&P::gpu_liquid_share>("gpu_liquid_share", "", 0.0, 1.0,
                                  "Share of the endpoints' heat that liquid carries.")
          .from(Kind::assumed, "racks of this class cool GPUs and CPUs by cold plates, the rest by air"),
      field<&P::network_liquid_share>("network_liquid_share", "", 0.0, 1.0,
                                      "Share of the heat of switches and their optics that liquid carries.")
          .from(Kind::choice, ""),
      field<&P::pue>("pue", "", 0.0, 5.0, "Power usage effectiveness; 0 takes it from the facility model.")
          .from(Kind::choice, ""),
      field<&P::pue_spread>("pue_spread", "", 0.0, 1.0, "Plus and minus of the PUE.")
          .from(Kind::assumed, "error that the facility model states of itself (facts: thermal 12.2)"),
      field<&P::facility>("facility", "The hall."));
}

// The pluggable that the cluster is compared with, from a design of its own.
struct Baseline {
  std::string name;
  module::ModuleResult module;
  double network_liquid_share = 0.0;
};

// Watts and counts of the cluster when its network is built of `module` (`name` is for people). With a
// baseline the result holds the comparison, the NICs of a switch-only module, and the correction of the
// switches' SerDes; without one a switch-only module serves the NICs too, which is recorded as a warning.
//
// Optics count at the boundary with_laser, because host SerDes are inside switch_power and gpu_power. A
// module with more bandwidth than a NIC's port counts there with its share of the watts. Low and high set
// every spread to its favourable and unfavourable end at once. Throws Error if the tiers cannot carry the
// endpoints.
ClusterResult solve(const Cluster&, const std::string& name, const module::ModuleResult& module,
                    const Baseline* baseline = nullptr);

}  // namespace waverack::cluster
