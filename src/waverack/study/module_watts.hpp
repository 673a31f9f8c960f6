#pragma once
// The watts of a module whose lanes differ.

#include <span>
#include <vector>

#include "waverack/study/variation.hpp"

namespace waverack::study {

struct Watts {
  double module = 0.0, with_laser = 0.0;  // under the two inner boundaries of module::Boundaries
};

class ModuleWatts {
 public:
  ModuleWatts(const LoadedDesign&, const std::vector<Variation>&);

  // Of the lanes that the module sells, `deviations` lane by lane as ModuleDraws gives them. `scratch` is a
  // copy of the design's lane that the call may change.
  Watts at(std::span<const double> deviations, link::Lane& scratch) const;

  // Whether anything that varies changes them.
  bool vary() const { return !parts_.empty(); }

 private:
  struct VaryingPart {
    bool in_light;
    std::size_t part;
    double nominal;              // watts of one
    double of_module, of_laser;  // what a watt of it counts under either boundary
    std::vector<std::size_t> variations;
  };

  const std::vector<Variation>& variations_;
  parts::Conditions conditions_;
  Watts nominal_;
  int lanes_, lanes_of_laser_;
  std::vector<VaryingPart> parts_;
};

}  // namespace waverack::study
