#pragma once
// Bands of all scenarios together: every number that has a range is drawn once for all of them.

#include <string>
#include <vector>

#include "waverack/cluster/bands.hpp"
#include "waverack/cluster/scenario.hpp"

namespace waverack::cluster {

// A scenario with what its links were given.
struct ScenarioCase {
  Installation installation;
  ScenarioFrame frame;
  ScenarioResult result;  // with all numbers at their values
};

struct ScenarioBands {
  std::vector<UncertainInput> inputs;
  std::vector<std::vector<Band>> bands;  // (scenario, output of output_names())
  std::vector<std::vector<Band>>
      savings;  // (scenario, the same outputs): 1 − value over that of the first scenario
  // (scenario, one of boundaries()): what is saved there; no number where the first scenario has no watts.
  std::vector<std::vector<Band>> boundaries;
};

// What a scenario saves over the baseline at every boundary, and as it were cooled as the baseline is.
// `installation` of the baseline is that with whose numbers both were solved.
std::vector<Saving> savings_of(const ScenarioResult&, const ScenarioResult& baseline,
                               const Installation& installation_of_baseline, const HallYear&,
                               std::span<const Technology>);

// Links keep the designs that were chosen for them. A number with the same path and range in several
// scenarios is one input; those of technologies are "technologies.NAME.…", those of the price list
// "prices.NAME". Cost: options.samples + 2·inputs + 1 times all scenarios (solve_scenario).
ScenarioBands scenario_bands(const std::vector<ScenarioCase>&, const std::vector<Technology>& technologies,
                             const PriceList& prices, const BandOptions& options = {});

}  // namespace waverack::cluster
