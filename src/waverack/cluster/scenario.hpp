#pragma once
// One scenario of a cluster solved: networks, bill, watts, racks, failures, pace of the job, cost.

#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "waverack/cluster/blast_radius.hpp"
#include "waverack/cluster/cost.hpp"
#include "waverack/cluster/installation.hpp"
#include "waverack/cluster/operation.hpp"
#include "waverack/cluster/power.hpp"
#include "waverack/cluster/prices.hpp"

namespace waverack::cluster {

// What stays the same when numbers move within their ranges.
struct ScenarioFrame {
  std::string name;
  std::vector<Topology> topologies;                  // of installation.networks, in their order
  std::vector<std::vector<std::size_t>> candidates;  // of each network: indices of technologies
  // Of each network with circuit switches: all technologies as its links through them see them; else empty.
  std::vector<std::vector<Technology>> through_circuits;
  HallYear year;
};

struct NetworkResult {
  ChoiceResult choice;
  NetworkView view;          // as the ranks of a job see it
  std::vector<Blast> blast;  // of each technology at its switches, in the order of the choice
};

struct ScenarioResult {
  std::string name;
  std::vector<NetworkResult> networks;  // in the order of the file
  std::vector<BillLine> bill;
  HallResult hall;
  RackResult racks;             // filled by typical watts
  RackResult racks_at_maximum;  // filled by the maxima that boxes state (at_maximum())
  Operation operation;          // of the job; its spares are of the networks: a node is mended in place
  CostResult cost;
  std::vector<Warning> warnings;
};

// `selections`: of each network, what serves its links, as an earlier result has it; empty: the best is
// chosen. `technologies` and `prices` are those of all scenarios. Throws Error, with the path of the key, for
// links that no candidate serves and for what the parts of the installation do not go together. Cost: below a
// millisecond for a handful of networks and technologies; nothing depends on the number of GPUs.
ScenarioResult solve_scenario(const Installation&, const ScenarioFrame&,
                              std::span<const Technology> technologies, const PriceList& prices,
                              std::span<const std::vector<Selection>> selections = {});

// Cuts the length bins of the frame's topologies where candidates end (split_at_reaches()), once for a frame.
void split_lengths(const Installation&, ScenarioFrame&, std::span<const Technology> technologies,
                   const PriceList& prices);

// What no other assignment of designs to links beats in watts, cost and failures, for each network by itself.
std::vector<Front> scenario_fronts(const Installation&, const ScenarioFrame&,
                                   std::span<const Technology> technologies, const PriceList& prices);

// Items of the bill that have a quantity and no price: sums leave them out.
std::set<std::string> unpriced_items(const ScenarioResult&);
// Whether the costs of both leave out the same.
bool costs_compare(const ScenarioResult&, const ScenarioResult&);

// The numbers of a scenario that get bands, in the order of outputs_of().
struct OutputName {
  std::string_view key;    // "facility_w"
  std::string_view label;  // "Power at the meter"
  std::string_view unit;   // "W"; "" for counts and ratios
};
std::span<const OutputName> output_names();
std::vector<double> outputs_of(const Installation&, const ScenarioResult&);

}  // namespace waverack::cluster
