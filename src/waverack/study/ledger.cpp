// The claims ledger. Claims: HG Genuine at OFC 2025 as reported by Securities Times, 2025-04-02 (facts:
// cluster 3.1). Entries state the claimed figure in words only: no claimed value is a number that a
// computation reads.

#include <limits>

#include "waverack/study/claims.hpp"

namespace waverack::study {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::string_view compare_two = "waverack compare designs/cpo-3.2t.toml designs/dsp-800g-dr8.toml";

// A claim that no computation judges.
Claim unjudged(std::string_view id, std::string_view claim, Standing standing, std::string_view reason) {
  return {id, claim, "", "", "", nan, nan, "", standing, reason, "", {}, {}};
}

std::vector<Claim> make_ledger() {
  // Everything of a design that its watts and its margin come from.
  const std::vector<std::string_view> hardware{"lane.", "module."};
  const std::vector<std::string_view> cluster{"lane.",
                                              "module.",
                                              "cluster.gpu",
                                              "cluster.switch_",
                                              "cluster.optics_",
                                              "cluster.tiers",
                                              "cluster.network_liquid_share",
                                              "cluster.pue",
                                              "cluster.facility."};
  return {
      {"C1",
       "3.2T liquid-cooled CPO engine, 32 channels on one die",
       "margin of the worst of 32 lanes of 100 Gb/s over 500 m, against the FEC limit",
       "dB",
       "lane",
       0.0,
       infinity,
       "a lane that works has margin",
       Standing::judged,
       "of 32 lanes side by side the one with the least margin, at its own temperature; the floorplan is "
       "assumed, and that "
       "all 32 are good is a question of yield (waverack yield)",
       "waverack run designs/cpo-3.2t.toml",
       hardware,
       {}},
      {"C2a",
       "5 pJ/bit",
       "watts of both directions over the one-direction MAC rate",
       "pJ/bit",
       "with_laser",
       4.25,
       5.75,
       "15 %: published watts of like modules differ by that much (14 to 17 W, facts: cluster 5.1)",
       Standing::judged,
       "the claim does not say whether laser, cooler and host SerDes are counted",
       "waverack run designs/cpo-3.2t.toml",
       hardware,
       {}},
      {"C2b",
       "about 70 % below pluggables",
       "saving of energy per bit against a pluggable, lasers counted in both",
       "%",
       "with_laser",
       65.0,
       75.0,
       "'about 70 %' to the nearest five",
       Standing::judged,
       "",
       compare_two,
       hardware,
       {{"800G DSP of 5 nm, 12-14 W", 13.0 / 800e9, "fibermall, Marvell (facts: photonics 8.2)"},
        {"800G 2xFR4 DSP, 15 W", 15.0 / 800e9, "Meta, ECOC 2025, secondary (facts: cluster 5.1)"},
        {"1.6T DSP, 30 W", 30.0 / 1600e9, "NVIDIA (facts: photonics 8.2)"},
        {"1.6T DSP of 3 nm, 25 W", 25.0 / 1600e9, "trade press (facts: cluster 5.1)"},
        {"1.6T DSP of 2 nm, 20 W", 20.0 / 1600e9, "trade press (facts: cluster 5.1)"},
        {"1.6T LRO, 16 W", 16.0 / 1600e9, "TeraHop (facts: photonics 8.2)"},
        {"1.6T LPO, 10 W", 10.0 / 1600e9, "SemiAnalysis (facts: cluster 5.1)"}}},
      {"C3",
       "channel density 4 to 8 times that of traditional modules",
       "channels, or rate, of the engine for a length, an area or a volume, over those of an OSFP of 8 "
       "channels",
       "times",
       "module",
       4.0,
       8.0,
       "the claim's own bounds",
       Standing::judged,
       "the claim says neither which density nor which pluggable; external lasers and their front panel are "
       "not counted",
       "waverack compare designs/cpo-3.2t.toml designs/dr8-1.6t-dsp.toml",
       hardware,
       {}},
      {"C4",
       "the architecture leaves room for 6.4T",
       "margin of one of the same 32 lanes at 200 Gb/s over 500 m, against the FEC limit, new and at the end "
       "of "
       "life",
       "dB",
       "lane",
       0.0,
       infinity,
       "a lane that works has margin",
       Standing::judged,
       "SerDes, driver and substrate line must change; laser, fibres, edge, modulator, photodiode, TIA and "
       "cold plate need not",
       "waverack run designs/cpo-6.4t.toml",
       hardware,
       {}},
      {"C5",
       "with liquid cooling, cluster PUE 1.25 to 1.12",
       "fall of PUE",
       "",
       "facility",
       0.11,
       0.15,
       "the facility model states an error of 0.02 (facts: thermal 12.2)",
       Standing::judged,
       "PUE falls although server fans leave its denominator; compare TUE and total watts",
       "waverack claims C5",
       cluster,
       {}},
      {"C6",
       "compute density per rack +40 %",
       "endpoints per watt of the rack, against the pluggable baseline",
       "%",
       "cluster",
       35.0,
       45.0,
       "'40 %' to the nearest five",
       Standing::judged,
       "a cut of the optics' watts alone needs optics at 41 % of the rack (facts: cluster 3.3); published "
       "shares are 4 to 15 %",
       compare_two,
       cluster,
       {}},
      unjudged("C7", "an ecosystem of external laser, optical engine and fibre flex", Standing::outside_scope,
               "whether suppliers exist is not a question for a model"),
      {"C8",
       "precise optical coupling and thermal consistency are the hard parts",
       "what a lane loses: by 1 um of misalignment of a 4 um mode at one facet, by the temperatures of the "
       "32 lanes from the "
       "coolest to the hottest",
       "dB",
       "lane",
       0.5,
       infinity,
       "what budgets give a connector at its worst, 0.5 dB (facts: photonics 7.4): less is no hard part",
       Standing::judged,
       "a loop on every heater makes temperature harmless, and costs its watts",
       "waverack run designs/cpo-3.2t-ring.toml --why",
       hardware,
       {}},
      {"C9",
       "a node of 81.92 Tb/s needs 128 modules of 800G",
       "modules of 800 Gb/s for 81.92 Tb/s",
       "modules",
       "node",
       127.5,
       128.5,
       "a count",
       Standing::judged,
       "81.92 Tb/s is the premise of the claim; no document of the OIF with it is known",
       "waverack claims C9",
       {},
       {}},
      {"C10",
       "in an intelligent-driving computing centre, CPO was verified to support 2000 TOPS",
       "accelerators of 1979 TOPS (H100, dense FP8) behind 2000 TOPS",
       "accelerators",
       "",
       nan,
       nan,
       "",
       Standing::outside_scope,
       "about one accelerator, or one vehicle computer; precision, number of nodes and link rate are not "
       "said",
       "waverack claims C10",
       {},
       {{"H100, dense FP8", 1979.0, "NVIDIA data sheet figure (facts: cluster 3.2)"}}},
      {"C11",
       "1.6T-DR8 with TFLN modulator, no isolator, 3 nm DSP and quantum-dot laser",
       "margin of the laser against all reflections without an isolator, and of the lane against the FEC "
       "limit, at 70 "
       "degC",
       "dB",
       "lane",
       0.0,
       infinity,
       "a laser below its critical level keeps its coherence; a lane that works has margin",
       Standing::judged,
       "the laser is a composite of published ones, its critical level fitted to one measured onset of "
       "collapse; 'low "
       "power and low cost' has no number",
       "waverack run designs/dr8-1.6t-tfln-qd.toml --why",
       hardware,
       {}},
      {"C12",
       "400G optical engine for 3.2T with about 100 GHz combined bandwidth",
       "combined bandwidth of a lane that works at 400 Gb/s, under each definition of 'combined'",
       "GHz",
       "lane",
       95.0,
       infinity,
       "'about 100' to the nearest ten; more is no objection",
       Standing::judged,
       "the claim does not say which blocks are combined, nor how; those of the design are assumed",
       "waverack run designs/engine-3.2t-400g.toml --why",
       hardware,
       {}},
      {"C13",
       "1.6T OSFP LPO below 10 W",
       "watts of the module",
       "W",
       "module",
       0.0,
       10.0,
       "the claim's own bound",
       Standing::judged,
       "the longer-reach SerDes that the host then needs is not in this figure; TP2/TP4 limits of the LPO "
       "MSA are not public",
       "waverack run designs/lpo-1.6t-osfp.toml",
       hardware,
       {}},
      unjudged("C14", "LPO moves the challenge to linear optics, calibration and yield", Standing::pending,
               "needs the yield model"),
      unjudged("C15", "800G ZR/ZR+", Standing::pending, "needs the coherent receiver"),
      {"C16",
       "1.6T AEC: copper suits short reach on cost and signal stability",
       "margin of a lane of 200 Gb/s over 2.5 m of active cable, against the FEC limit",
       "dB",
       "lane",
       3.0,
       infinity,
       "the 3 dB that COM asks of a copper channel (facts: standards 5.1); 2.5 m is the short end of the "
       "reach expected "
       "of such cables (facts: standards 7)",
       Standing::judged,
       "the claim states no length, and a metre more has no margin; only the signal is judged, cost waits "
       "for the cost "
       "model",
       "waverack run designs/aec-1.6t.toml",
       hardware,
       {}},
      unjudged("C17", "pluggables stay mainstream up to 3.2T, CPO gradually replaces them above",
               Standing::pending, "needs the cage's thermal and signal-integrity models"),
  };
}

}  // namespace

const std::vector<Claim>& claims_ledger() {
  static const std::vector<Claim> ledger = make_ledger();
  return ledger;
}

}  // namespace waverack::study
