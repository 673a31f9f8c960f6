#pragma once
// A cluster's file: what computes, what joins it, where it stands, and what is asked of it.

#include <string>
#include <vector>

#include "waverack/cluster/choice.hpp"
#include "waverack/cluster/crossover.hpp"
#include "waverack/cluster/economics.hpp"
#include "waverack/cluster/failures.hpp"
#include "waverack/cluster/hall.hpp"
#include "waverack/cluster/job.hpp"
#include "waverack/cluster/network.hpp"
#include "waverack/cluster/node.hpp"
#include "waverack/cluster/racks.hpp"

namespace waverack::cluster {

// The cluster built in one way. `settings` are texts PATH=VALUE laid over the file for this scenario alone.
struct Scenario {
  std::string name;
  std::vector<std::string> candidates;  // designs; those of the cluster where none are given
  std::vector<std::string> settings;
};

inline FieldList describe(Tag<Scenario>) {
  using P = Scenario;
  return fields<P>(
      "The cluster built in one way.", field<&P::name>("name", "Name of the scenario.").must_be_given(),
      field<&P::candidates>(
          "candidates",
          "Designs among which each link gets the best; those of the cluster where none are given."),
      field<&P::settings>(
          "settings", "Texts PATH=VALUE, such as \"hall.facility_water=40 degC\": what else is different."));
}

struct Installation {
  std::string title;
  std::string description;
  int gpus = 0;
  ProfileOf<ComputeNode> node;
  std::vector<Network> networks;
  std::vector<std::string> candidates;
  std::vector<Scenario>
      scenarios;  // the first is what the others are compared with; none: one of the file itself
  Choice choice;
  CrossoverInputs
      crossovers;  // but for what the cluster knows better: solved designs, its PUE, its electricity
  Hall hall;
  RackLimits racks;
  Failures failures;
  Job job;
  Economics economics;
};

inline FieldList describe(Tag<Installation>) {
  using P = Installation;
  return fields<P>(
      "A cluster: nodes, networks, the designs that may join them, the hall, failures, the job, prices.",
      field<&P::title>("title", "Name of the cluster.").must_be_given(),
      field<&P::description>("description", "One sentence on it."),
      field<&P::gpus>("gpus", "", 1, 100000000, "GPUs, or other accelerators.").must_be_given(),
      field<&P::node>("node", "What they sit in: the name of a profile, or its numbers.").must_be_given(),
      field<&P::networks>("networks", "What joins them.").must_be_given(),
      field<&P::candidates>("candidates", "Designs, by name or file, among which each link gets the best."),
      field<&P::scenarios>("scenarios", "Ways to build it; the first is what the others are compared with."),
      field<&P::choice>("choice", "Which design serves which links."),
      field<&P::crossovers>(
          "crossovers",
          "What decides where one technology takes over from another. Solved designs take the "
          "place of energies, losses and reaches; PUE and the price of electricity are those "
          "of the first scenario unless they are given here."),
      field<&P::hall>("hall", "Climate, cooling, the way of the power."),
      field<&P::racks>("racks", "What one rack gives."),
      field<&P::failures>("failures", "Failures, repairs and spares."),
      field<&P::job>("job", "What the cluster works on."),
      field<&P::economics>("economics", "Prices of energy and time."));
}

}  // namespace waverack::cluster
