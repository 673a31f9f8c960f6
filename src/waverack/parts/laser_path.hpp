#pragma once
// The way of continuous light from a laser to one modulator: connectors, coupling, split, propagation.

#include <string>
#include <vector>

#include "waverack/parts/decibel.hpp"
#include "waverack/parts/interface.hpp"
#include "waverack/parts/loss_step.hpp"

namespace waverack::parts {

// A point of the path that sends light back: its reflectance, and the loss of the light that reaches it.
struct PathReflection {
  std::string name;
  double reflectance = 0.0;  // power ratio
  double loss = 1.0;         // from the start of the path, power ratio ≥ 1
};

struct LaserPath {
  int ways = 4;  // modulators fed by one laser
  int connectors = 2;
  double connector_loss = from_db(0.5);          // of each, power ratio
  double propagation_loss = 1.0;                 // fibre or waveguide in all, power ratio
  double coupling_loss = from_db(1.5);           // into the chip, power ratio
  double split_excess_loss = from_db(0.3);       // of the whole split beyond the ideal one, power ratio
  double connector_return_loss = from_db(55.0);  // of each, power ratio
  double coupling_return_loss = from_db(40.0);   // of the chip's facet, power ratio
  // Further loss at the end of life, power ratios: of each connector, of the coupling
  double connector_end_of_life_loss = from_db(0.2);
  double coupling_end_of_life_loss = from_db(0.5);
};

inline FieldList describe(Tag<LaserPath>) {
  using P = LaserPath;
  constexpr std::string_view budget = "facts: photonics 7.4, laser power budget";
  return fields<P>(
      "Path of continuous light from a laser to one modulator: connectors, coupling and split.",
      field<&P::ways>("ways", "", 1, 256,
                      "Modulators that share one laser; the ideal split loss is this number.")
          .from(Kind::datasheet, "IPEC-PELS 8 channels, 1:4 (facts: photonics 5.3)"),
      field<&P::connectors>("connectors", "", 0, 16, "Number of connectors on the way.")
          .from(Kind::assumed, budget),
      field<&P::connector_loss>("connector_loss", "dB", 0.0, 10.0, "Loss of each connector.")
          .from(Kind::assumed, budget),
      field<&P::propagation_loss>("propagation_loss", "dB", 0.0, 40.0,
                                  "Loss of the fibre or waveguide on the way.")
          .from(Kind::choice, "0 dB: metres of fibre"),
      field<&P::coupling_loss>("coupling_loss", "dB", 0.0, 20.0, "Loss from fibre or laser into the chip.")
          .from(Kind::assumed, budget),
      field<&P::split_excess_loss>("split_excess_loss", "dB", 0.0, 10.0,
                                   "Loss of the split beyond the ideal one.")
          .from(Kind::assumed, budget),
      field<&P::connector_return_loss>("connector_return_loss", "dB", 0.0, 100.0,
                                       "Return loss of each connector.")
          .from(Kind::datasheet, "LC connector, docs.nvidia.com cabling (facts: photonics 7.1)"),
      field<&P::coupling_return_loss>("coupling_return_loss", "dB", 0.0, 100.0,
                                      "Return loss of the facet of the chip, seen from the laser.")
          .from(Kind::assumed, "angled facet with index matching"),
      field<&P::connector_end_of_life_loss>("connector_end_of_life_loss", "dB", 0.0, 10.0,
                                            "Further loss of each connector until the end of life.")
          .from(Kind::assumed, repeated_mating),
      field<&P::coupling_end_of_life_loss>("coupling_end_of_life_loss", "dB", 0.0, 10.0,
                                           "Further loss of the coupling until the end of life.")
          .from(Kind::assumed, coupling_drift));
}

template <>
struct PartTraits<LaserPath> {
  static constexpr std::string_view type = "laser_path";
  static constexpr Domain input = Domain::light, output = Domain::light;
  static constexpr Place place = Place::module;
};

// Product of all steps.
double optical_loss(const LaserPath&);
// "connectors", "propagation", "coupling", "split", "split excess"; steps without loss are left out.
std::vector<LossStep> loss_steps(const LaserPath&);
// Connectors, then the facet; each lies before its own loss.
std::vector<PathReflection> reflections(const LaserPath&);

}  // namespace waverack::parts
