#pragma once
// A Technology of the cluster from a module design: the module solved once, and its lane over media of other
// lengths. (theory: technology-choice, section 1)

#include <string>

#include "waverack/cluster/circuit_switch.hpp"
#include "waverack/cluster/technology.hpp"
#include "waverack/design/result.hpp"

namespace waverack::study {

struct TechnologyOptions {
  double optical_margin = 1.2589254117941673;  // power ratio; 1 dB
  double copper_margin = 1.9952623149688795;   // square of the ratio of noise amplitudes; 3 dB
  double power_spread = 0.15;
  double failure_factor = 2.23606797749979;
  ProfileOf<cluster::CircuitSwitch> circuit_switch;
  int circuit_switches = 1;
};

inline FieldList describe(Tag<TechnologyOptions>) {
  using P = TechnologyOptions;
  return fields<P>(
      "How designs become technologies of a cluster.",
      field<&P::optical_margin>("optical_margin", "dB", 0.0, 20.0,
                                "Attenuation that an optical link must bear beyond its length.")
          .from(Kind::assumed, "1 dB for ageing and temperature, as the head room of lasers"),
      field<&P::copper_margin>("copper_margin", "dB", 0.0, 20.0,
                               "Noise that a copper link must bear beyond its length.")
          .from(Kind::standard, "COM of 3 dB for 100G and 200G copper (facts: standards 5.1)"),
      field<&P::power_spread>("power_spread", "", 0.0, 1.0,
                              "Plus and minus of the watts of modules and lasers, as a ratio.")
          .from(Kind::assumed, "published 800G DR8 modules draw 14 to 17 W (facts: cluster 5.1)"),
      field<&P::failure_factor>("failure_factor", "", 1.0, 100.0,
                                "Between what failure rates are expected and the lowest and highest ones.")
          .from(Kind::claim, "component sheets span a factor of 4 to 5 (facts: cluster 7.1); its root"),
      field<&P::circuit_switch>("circuit_switch",
                                "Optical circuit switch that the links pass; none: they go from end to end."),
      field<&P::circuit_switches>("circuit_switches", "", 0, 100, "How many of them.")
          .from(Kind::choice, "1"));
}

// Solves the design, then its lane at the temperatures of its worst lane over a ladder of lengths: 2 m to
// 40 km of fibre, 0.5 m to 10 m of copper, up to the first that lacks the margin, and three more where it is
// lost. All fibres, or all cables, of the chain are stretched by the same factor.
// Margins are those of the solver: extra attenuation of light, or noise of a copper lane; where other
// segments take the lane beyond its BER limit, theirs. The watts, the failures and the latency are those of
// one end; the watts of parts that the host holds are apart. Failures are those of the parts that state a
// rate, at their temperatures, within a range that holds the published rates of fleets; of a design without
// any, the published ones of its kind.
//
// With a circuit switch the ladder is that of the lane through it, its loss, reflections and circulators
// included (cluster/circuit_lane.hpp).
//
// A design that keeps the margin at no length of the ladder has the reach 0. Throws Error for a design
// without fibre or copper between its modules. Cost: the design's solution and some 60 ms for each of about
// ten lengths.
cluster::Technology solve_technology(const std::string& name, const LoadedDesign&,
                                     const TechnologyOptions& = {}, int threads = 0);

}  // namespace waverack::study
