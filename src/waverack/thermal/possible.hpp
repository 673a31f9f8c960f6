#pragma once
// Powers and temperatures that a stack can have, and those for which its materials are known.

#include <optional>
#include <span>

#include "waverack/base/provenance.hpp"
#include "waverack/thermal/field.hpp"
#include "waverack/thermal/heat_problem.hpp"

namespace waverack::thermal {

// The most heat of a block, made or taken away [W]; from any file.
inline constexpr double largest_power = 1e5;

// Nothing is solid beyond [K]: tungsten melts at 3695 K, carbon sublimes near 3900 K (CRC Handbook of
// Chemistry and Physics).
inline constexpr double hottest_solid = 4000.0;

// Throws Error at `blocks.NAME.power`, of the hottest or coldest block, where a node of the field is below 0
// K, above hottest_solid, or not finite. Powers of the blocks in the order of the stack [W]. Cost: a pass
// over the nodes.
void refuse_impossible(const HeatProblem&, std::span<const double> temperature,
                       std::span<const double> powers);

// As refuse_impossible() for a temperature that has none because the solver failed; returns where the failure
// has another cause: the last temperatures [K] lie within material_range().
void refuse_runaway(const HeatProblem&, std::span<const double> temperature, std::span<const double> powers);

// The least and greatest temperature of every layer, widened by those of `temperature` [K].
void widen(std::vector<LayerTemperature>& layers, const Grid&, std::span<const double> temperature);

// One warning, at the layer that is farthest outside of material_range() (materials.hpp).
std::optional<Warning> range_warning(std::span<const LayerTemperature> layers);

}  // namespace waverack::thermal
