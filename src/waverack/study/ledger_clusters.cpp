// The ledger's claims on clusters, halls and racks, and on who takes over from whom.

#include "waverack/study/claim_cases.hpp"

namespace waverack::study {

std::vector<Claim> cluster_claims() {
  const std::vector<std::string_view> installation{"lane.", "module.", "node.",  "networks.",
                                                   "hall.", "racks.",  "choice."};
  return {
      {.id = "C5",
       .claim = "with liquid cooling, cluster PUE 1.25 to 1.12",
       .quantity = "fall of PUE",
       .unit = "",
       .boundary = "facility",
       .low = 0.11,
       .high = 0.15,
       .basis = "the facility model states an error of 0.02 (facts: thermal 12.2)",
       .spread = "from 5 % to 95 % of draws within the ranges of the hall's numbers",
       .decides = "how much of the heat goes into liquid, and how bad the hall in air was; optics alone move "
                  "PUE by less than 0.02. The article gives PUE in watts, but it is a ratio without a "
                  "dimension; and it falls although server fans leave its denominator, so compare TUE and "
                  "total watts",
       .would = "nine tenths of all heat, not that of optics alone, move from air into warm water",
       .command = "waverack claims C5",
       .inputs = installation,
       .needs = {.clusters = {"cluster-100k"}}},
      {.id = "C6",
       .claim = "compute density per rack +40 %",
       .quantity = "GPUs for each rack, or for each watt of the hall, against pluggables with a DSP",
       .unit = "%",
       .boundary = "cluster",
       .low = 35.0,
       .high = 45.0,
       .basis = "'40 %' to the nearest five",
       .spread = "from 5 % to 95 % of draws within the ranges of all numbers of the cluster",
       .decides =
           "optics are a small share of a rack's watts, and those at the network cards stay pluggable; "
           "what changes a rack is air or liquid",
       .would = "optics take four to five tenths of the power, or another cooling of the rack is counted "
                "with them",
       .command = "waverack claims C6",
       .inputs = installation,
       .needs = {.clusters = {"cluster-100k"}}},
      {.id = "C9",
       .claim = "a node of 81.92 Tb/s needs 128 modules of 800G",
       .quantity = "modules of 800 Gb/s for 81.92 Tb/s",
       .unit = "modules",
       .boundary = "node",
       .low = 127.5,
       .high = 128.5,
       .basis = "a count",
       .spread = "none: a count",
       .decides = "81.92 Tb/s is the premise of the claim; no document of the OIF with it is known",
       .would = "the node is a switch of 102.4 Tb/s, filled to 80 %",
       .command = "waverack cluster node-81t92"},
      {.id = "C10",
       .claim = "in an intelligent-driving computing centre, CPO was verified to support 2000 TOPS",
       .quantity = "accelerators of 1979 TOPS (H100, dense FP8) behind 2000 TOPS",
       .unit = "accelerators",
       .boundary = "node",
       .spread = "none: a count",
       .standing = Standing::outside_scope,
       .decides = "2000 TOPS is one accelerator or one vehicle computer, not a centre; precision, number of "
                  "nodes and link rate are not said",
       .would = "the unit is P and not T, or the number is that of one node; and rate and error ratio of the "
                "links are stated",
       .command = "waverack cluster driving-centre-2000-tops",
       .baselines = {{"H100, dense FP8", exactly(1979.0), "NVIDIA data sheet figure (facts: cluster 3.2)"}}},
      {.id = "C17",
       .claim = "pluggables stay mainstream up to 3.2T, CPO gradually replaces them above",
       .quantity =
           "largest rate of the series 0.4, 0.8, 1.6 … Tb/s that pluggable modules of eight lanes serve",
       .unit = "Tb/s",
       .boundary = "switch",
       .low = 3.1,
       .high = 3.3,
       .basis = "the next rate of the series is twice or half of it",
       .spread = "every input at the end of its range that moves the answer most",
       .decides = "the watts that a cage may draw come first, then the loss from the switch to the cage",
       .would = "modules of 3.2T draw no more than 35 to 40 W or cages are cooled by liquid, and the loss "
                "from switch to cage is a little below 22 dB at 200 Gb/s a lane",
       .command = "waverack claims C17",
       .inputs = {"lane.", "module."},
       .needs = {.clusters = {"cluster-100k"}}},
  };
}

}  // namespace waverack::study
