// The ledger's claims on lanes, modules and cables.

#include "waverack/study/claim_cases.hpp"

namespace waverack::study {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::string_view works = "a lane that works has margin";
constexpr std::string_view of_lanes =
    "from the worst lane with lasers at the end of their life to the best lane with new ones";
constexpr std::string_view of_watts =
    "15 % either way, as the published watts of like modules differ (facts: cluster 5.1)";
constexpr std::string_view of_two_watts = "both sides at the ends of their ranges that favour either";
constexpr std::string_view of_nothing = "none: geometry, and numbers that the design fixes";

}  // namespace

std::vector<Claim> module_claims() {
  // Everything of a design that its watts and its margin come from.
  const std::vector<std::string_view> hardware{"lane.", "module."};
  return {
      {.id = "C1",
       .claim = "3.2T liquid-cooled CPO engine, 32 channels on one die",
       .quantity = "margin of the worst of 32 lanes of 100 Gb/s over 500 m, against the FEC limit",
       .unit = "dB",
       .boundary = "lane",
       .low = 0.0,
       .high = infinity,
       .basis = works,
       .spread = of_lanes,
       .decides = "of 32 lanes side by side the one with the least margin, at its own temperature; the "
                  "floorplan is assumed, and that all 32 are good is a question of yield (waverack yield)",
       .would =
           "modulators, drivers and photodiodes as good as published ones, side by side on one die under "
           "a cold plate",
       .command = "waverack run cpo-3.2t",
       .inputs = hardware,
       .needs = {.designs = {"cpo-3.2t"}}},
      {.id = "C2a",
       .claim = "5 pJ/bit",
       .quantity = "watts of both directions over the one-direction MAC rate",
       .unit = "pJ/bit",
       .boundary = "with_laser",
       .low = 4.25,
       .high = 5.75,
       .basis = "15 %: published watts of like modules differ by that much (14 to 17 W, facts: cluster 5.1)",
       .spread = of_watts,
       .decides = "the claim does not say whether laser, cooler and host SerDes are counted",
       .would = "the figure counts the engine and its external lasers, and neither the host's SerDes nor "
                "cooling",
       .command = "waverack run cpo-3.2t",
       .inputs = hardware,
       .needs = {.designs = {"cpo-3.2t"}}},
      {.id = "C2b",
       .claim = "about 70 % below pluggables",
       .quantity = "saving of energy per bit against a pluggable, lasers counted in both",
       .unit = "%",
       .boundary = "with_laser",
       .low = 65.0,
       .high = 75.0,
       .basis = "'about 70 %' to the nearest five",
       .spread = of_two_watts,
       .decides = "the claim does not say which pluggable; the same change saves less at every meter further "
                  "out",
       .would = "the pluggable is one with a DSP of about 17 pJ/bit, and only optics are counted",
       .command = "waverack compare cpo-3.2t dsp-800g-dr8",
       .inputs = hardware,
       .baselines = {{"800G DSP of 5 nm, 12-14 W",
                      {13.0 / 800e9, 12.0 / 800e9, 14.0 / 800e9},
                      "fibermall, Marvell (facts: photonics 8.2)"},
                     {"800G 2xFR4 DSP, 15 W", exactly(15.0 / 800e9),
                      "Meta, ECOC 2025, secondary (facts: cluster 5.1)"},
                     {"1.6T DSP, 30 W", exactly(30.0 / 1600e9), "NVIDIA (facts: photonics 8.2)"},
                     {"1.6T DSP of 3 nm, 25 W", exactly(25.0 / 1600e9), "trade press (facts: cluster 5.1)"},
                     {"1.6T DSP of 2 nm, 20 W", exactly(20.0 / 1600e9), "trade press (facts: cluster 5.1)"},
                     {"1.6T LRO, 16 W", exactly(16.0 / 1600e9), "TeraHop (facts: photonics 8.2)"},
                     {"1.6T LPO, 10 W", exactly(10.0 / 1600e9), "SemiAnalysis (facts: cluster 5.1)"}},
       .needs = {.designs = {"cpo-3.2t", "dsp-800g-dr8", "lpo-1.6t-osfp"}}},
      {.id = "C3",
       .claim = "channel density 4 to 8 times that of traditional modules",
       .quantity =
           "channels, or rate, of the engine for a length, an area or a volume, over those of an OSFP "
           "of 8 channels",
       .unit = "times",
       .boundary = "module",
       .low = 4.0,
       .high = 8.0,
       .basis = "the claim's own bounds",
       .spread = of_nothing,
       .decides = "the claim says neither which density nor which pluggable; external lasers and their front "
                  "panel are not counted",
       .would = "density is channels for each millimetre of the board's edge",
       .command = "waverack claims C3",
       .inputs = hardware,
       .needs = {.designs = {"cpo-3.2t", "dr8-1.6t-dsp"}}},
      {.id = "C4",
       .claim = "the architecture leaves room for 6.4T",
       .quantity =
           "margin of one of the same 32 lanes at 200 Gb/s over 500 m, against the FEC limit, new and "
           "at the end of life",
       .unit = "dB",
       .boundary = "lane",
       .low = 0.0,
       .high = infinity,
       .basis = works,
       .spread = of_lanes,
       .decides =
           "SerDes, driver and substrate line must change; laser, fibres, edge, modulator, photodiode, "
           "TIA and cold plate need not",
       .would = "SerDes of 200 Gb/s a lane, drivers and substrate lines of twice the bandwidth, and somewhat "
                "stronger lasers for the end of their life",
       .command = "waverack run cpo-6.4t",
       .inputs = hardware,
       .needs = {.designs = {"cpo-6.4t"}}},
      {.id = "C7",
       .claim = "an ecosystem of external laser, optical engine and fibre flex",
       .standing = Standing::outside_scope,
       .decides = "whether suppliers exist is not a question for a model",
       .would = "more than one supplier for each of the three, with parts that fit one another"},
      {.id = "C8",
       .claim = "precise optical coupling and thermal consistency are the hard parts",
       .quantity = "what a lane loses: by 1 um of misalignment of a 4 um mode at one facet, by the "
                   "temperatures of the 32 lanes from the coolest to the hottest",
       .unit = "dB",
       .boundary = "lane",
       .low = 0.5,
       .high = infinity,
       .basis =
           "what budgets give a connector at its worst, 0.5 dB (facts: photonics 7.4): less is no hard part",
       .spread = of_nothing,
       .decides = "a loop on every heater makes temperature harmless, and costs its watts",
       .would = "the engine has rings without a lock, and facets are glued to no better than 1 um",
       .command = "waverack run cpo-3.2t-ring --why",
       .inputs = hardware,
       .needs = {.designs = {"cpo-3.2t", "cpo-3.2t-ring"}}},
      {.id = "C11",
       .claim = "1.6T-DR8 with TFLN modulator, no isolator, 3 nm DSP and quantum-dot laser",
       .quantity = "margin of the laser against all reflections without an isolator, and of the lane against "
                   "the FEC limit, at 70 degC",
       .unit = "dB",
       .boundary = "lane",
       .low = 0.0,
       .high = infinity,
       .basis = "a laser below its critical level keeps its coherence; a lane that works has margin",
       .spread = of_lanes,
       .decides = "the laser is a composite of published ones, its critical level fitted to one measured "
                  "onset of collapse",
       .would = "lasers whose linewidth enhancement stays as low as that of published quantum dots, and "
                "connectors as clean as the standard asks",
       .command = "waverack run dr8-1.6t-tfln-qd --why",
       .inputs = hardware,
       .needs = {.designs = {"dr8-1.6t-tfln-qd", "dr8-1.6t-isolator-free-qd"}}},
      {.id = "C12",
       .claim = "400G optical engine for 3.2T with about 100 GHz combined bandwidth",
       .quantity = "combined bandwidth of a lane that works at 400 Gb/s, under each definition of 'combined'",
       .unit = "GHz",
       .boundary = "lane",
       .low = 95.0,
       .high = infinity,
       .basis = "'about 100' to the nearest ten; more is no objection",
       .spread = of_nothing,
       .decides =
           "the claim does not say which blocks are combined, nor how; those of the design are assumed",
       .would = "'combined' means driver and modulator, at the -3 dB point of their product",
       .command = "waverack run engine-3.2t-400g --why",
       .inputs = hardware,
       .needs = {.designs = {"engine-3.2t-400g"}}},
      {.id = "C13",
       .claim = "1.6T OSFP LPO below 10 W",
       .quantity = "watts of the module",
       .unit = "W",
       .boundary = "module",
       .low = 0.0,
       .high = 10.0,
       .basis = "the claim's own bound",
       .spread = of_watts,
       .decides =
           "the longer-reach SerDes that the host then needs is not in this figure; its performance at "
           "TP2 and TP4 is C19",
       .would = "the module alone is counted",
       .command = "waverack run lpo-1.6t-osfp",
       .inputs = hardware,
       .needs = {.designs = {"lpo-1.6t-osfp"}}},
      {.id = "C14",
       .claim = "LPO removes the DSP, so linear optics, calibration and yield are the challenge",
       .quantity =
           "margin that the spreads of parts take from the weakest lane of nineteen modules in twenty, "
           "linear, beyond what they take with a DSP",
       .unit = "dB",
       .boundary = "production",
       .low = 0.5,
       .high = infinity,
       .basis =
           "what budgets give a connector at its worst, 0.5 dB (facts: photonics 7.4): less is no hard part",
       .spread = "the 2 % and the 8 % module in place of the 5 % one, as 200 modules leave it open",
       .decides =
           "the spreads of parts are assumed; each module is set on the line, and TECQ, where the linear "
           "design has least room, is not judged module by module",
       .would = "lines with larger spreads than assumed, or limits of TECQ that single modules miss",
       .command = "waverack yield lpo-1.6t-osfp",
       .inputs = hardware,
       .needs = {.yields = {"lpo-1.6t-osfp", "dr8-1.6t-dsp"}}},
      {.id = "C15",
       .claim = "800G ZR/ZR+",
       .quantity = "signal-to-noise ratio at the decision over what the soft-decision code needs, of 800 "
                   "Gb/s on one wavelength",
       .unit = "dB",
       .boundary = "lane",
       .low = 0.0,
       .high = infinity,
       .basis = "the limit of oFEC, a bit error ratio of 2.0e-2, over the amplified span of 80 km that "
                "800ZR is for, and over five of them for ZR+ (facts: coherent 3.1)",
       .spread = "none: one line each",
       .decides = "no public text gives transmit and receive power, PMD and PDL of 800ZR: they are assumed, "
                  "and so are the numbers of drivers, modulators and converters",
       .would = "modules whose parts are as good as assumed",
       .command = "waverack run zr-800g",
       .inputs = hardware,
       .needs = {.designs = {"zr-800g", "zr-plus-800g"}}},
      {.id = "C16",
       .claim = "1.6T AEC: copper suits short reach on signal stability",
       .quantity = "margin of a lane of 200 Gb/s over 2.5 m of active cable, against the FEC limit",
       .unit = "dB",
       .boundary = "lane",
       .low = 3.0,
       .high = infinity,
       .basis =
           "the 3 dB that COM asks of a copper channel (facts: standards 5.1); 2.5 m is the short end of "
           "the reach expected of such cables (facts: standards 7)",
       .spread = "none: one cable of one length",
       .decides = "the claim states no length, and a metre more has no margin; cost is C20",
       .would = "links of at most about 2.5 m",
       .command = "waverack run aec-1.6t",
       .inputs = hardware,
       .needs = {.designs = {"aec-1.6t"}}},
      {.id = "C18",
       .claim = "1.6T-DR8 with a 3 nm DSP",
       .quantity = "watts of a module that works, with the lasers in it",
       .unit = "W",
       .boundary = "with_laser",
       .low = 0.0,
       .high = 30.0,
       .basis = "what a cage is rated for (facts: cluster 5.3)",
       .spread = of_watts,
       .decides = "the article gives the DSP's node and no watts; those of the design are published ones of "
                  "other makers",
       .would = "a DSP that draws what others state for 3 nm",
       .command = "waverack run dr8-1.6t-dsp",
       .inputs = hardware,
       .needs = {.designs = {"dr8-1.6t-dsp", "dr8-1.6t-tfln-qd"}}},
      {.id = "C19",
       .claim = "1.6T OSFP LPO with TP2/TP4 performance",
       .quantity = "measures at TP2 and at TP4 that are beyond their limits",
       .unit = "measures",
       .boundary = "module",
       .low = 0.0,
       .high = 0.5,
       .basis = "a count: none may be beyond",
       .spread = "none: a count",
       .decides =
           "limits of the LPO MSA at this rate are not public: TP2 is judged by 1.6TBASE-DR8 in draft, "
           "TP4 by placeholders for CEI-224G-LINEAR",
       .would = "the final limits are no tighter than drafts and placeholders, and the host's levels are set "
                "for this module",
       .command = "waverack run lpo-1.6t-osfp",
       .inputs = hardware,
       .needs = {.designs = {"lpo-1.6t-osfp"}}},
      {.id = "C20",
       .claim = "copper suits short reach on cost",
       .quantity = "saving of a 1.6T link of active copper against optics, in price and in watts",
       .unit = "%",
       .boundary = "module",
       .low = 0.0,
       .high = infinity,
       .basis = "less is less",
       .spread = of_two_watts,
       .decides = "the price of the cable is its maker's 'about half of optics', so that half of the verdict "
                  "is that maker's; fibres are not counted",
       .would = "cables at half of the price of the two modules that they replace, and modules with a DSP, "
                "not linear ones, to compare watts with",
       .command = "waverack compare aec-1.6t dr8-1.6t-dsp",
       .inputs = hardware,
       .needs = {.designs = {"aec-1.6t", "dr8-1.6t-dsp", "lpo-1.6t-osfp"}}},
      {.id = "C21",
       .claim = "quantum-dot laser: low power and low cost",
       .quantity =
           "watts that quantum-dot lasers without isolators save over DFB lasers with isolators, same "
           "modulators",
       .unit = "%",
       .boundary = "with_laser",
       .low = 0.0,
       .high = infinity,
       .basis = "less is less",
       .spread = of_two_watts,
       .decides = "'low' has no number; cost is not judged, because no price of such a module is known",
       .would = "each laser lights more modulators, because no isolator takes its light",
       .command = "waverack compare dr8-1.6t-tfln-qd dr8-1.6t-tfln",
       .inputs = hardware,
       .needs = {.designs = {"dr8-1.6t-tfln-qd", "dr8-1.6t-tfln"}}},
  };
}

}  // namespace waverack::study
