#pragma once
// Charts of a module in its package.

#include <vector>

#include "waverack/io/thermal_maps.hpp"
#include "waverack/module/package_result.hpp"

namespace waverack::io {

// Temperatures and margin against the number of the lane, from 1.
std::vector<link::Curve> package_curves(const module::PackageResult&);

// The layers in which parts sit, from above, and sections through the hottest place. `stack` is that of the
// design, whose blocks are whole.
std::vector<HeatMap> package_maps(const module::PackageResult&, const thermal::Stack& stack);

}  // namespace waverack::io
