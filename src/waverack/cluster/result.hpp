#pragma once
// What a solved cluster tells.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "waverack/base/provenance.hpp"

namespace waverack::cluster {

struct Estimate {
  double value = 0.0;
  double low = 0.0;
  double high = 0.0;
};

// Modules for the bandwidth of one node, counted three ways.
struct ModulesPerNode {
  double ratio = 0.0;             // node bandwidth over module rate
  std::int64_t bare = 0;          // rounded up
  std::int64_t power_of_two = 0;  // `bare` rounded up to a power of two, as switch ports come
  double ratio_with_fill = 0.0;   // node bandwidth over (fill · module rate)
  std::int64_t with_fill = 0;     // rounded up
};

// The cluster built of one technology.
struct Alternative {
  std::string name;
  std::string nic_module;    // what the network cards use
  std::int64_t modules = 0;  // of this technology
  double optics_w = 0.0;     // all optics, with lasers
  double switch_w = 0.0;     // one switch with all its ports populated
  double network_w = 0.0;    // switches and optics
  double it_w = 0.0;         // endpoints, network and server fans
  double pue = 1.0;
  double tue = 1.0;
  double facility_w = 0.0;    // it_w · pue
  double liquid_share = 0.0;  // of the electronics' heat
};

// The same change seen through one meter.
struct Saving {
  std::string boundary;  // one of boundaries() (power.hpp)
  double value_w = 0.0;  // of the design: per port for the first two, else of the whole
  double baseline_w = 0.0;
  double saving = 0.0;  // 1 − value/baseline
};

struct ClusterResult {
  Estimate gpus, modules, switches;
  Estimate network_w, it_w, pue, tue;
  std::optional<Estimate> rack_density;  // endpoints per IT watt over the baseline's; none without a baseline
  int tiers = 0;
  std::int64_t links = 0;
  std::int64_t optical_ends = 0;
  ModulesPerNode node;
  std::vector<Alternative> comparison;  // this design, then the baseline
  std::vector<Saving> savings;          // from the innermost boundary outwards
  std::vector<Warning> warnings;
};

}  // namespace waverack::cluster
