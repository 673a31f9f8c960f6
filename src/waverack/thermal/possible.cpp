#include "waverack/thermal/possible.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/base/units.hpp"
#include "waverack/thermal/materials.hpp"

namespace waverack::thermal {
namespace {

std::string celsius(double kelvin) { return format_quantity(kelvin, "degC", 4); }

// The block with the largest of `of(index)`.
template <class Of>
std::size_t block_with_most(const HeatProblem& problem, Of of) {
  std::size_t most = 0;
  for (std::size_t b = 1; b < problem.blocks.size(); ++b)
    if (of(b) > of(most)) most = b;
  return most;
}

double mean_of(const Footprint& block, std::span<const double> temperature) {
  double sum = 0.0;
  for (std::size_t n = 0; n < block.nodes.size(); ++n)
    sum += block.shares[n] * temperature[static_cast<std::size_t>(block.nodes[n])];
  return sum;
}

std::string power_path(const HeatProblem& problem, std::size_t block) {
  return "blocks." + problem.stack.blocks[block].name + ".power";
}

std::string with_power(const HeatProblem& problem, std::size_t block, std::span<const double> powers) {
  return fmt::format("{} with {}", problem.stack.blocks[block].name,
                     format_engineering(powers[block], "W", 4));
}

std::size_t hottest_block(const HeatProblem& problem, std::span<const double> temperature) {
  return block_with_most(problem, [&](std::size_t b) {
    const double mean = mean_of(problem.blocks[b], temperature);
    return std::isfinite(mean) ? mean : 0.0;
  });
}

[[noreturn]] void refuse_heat(const HeatProblem& problem, std::size_t block, std::span<const double> powers,
                              const std::string& reached) {
  refuse_at(power_path(problem, block),
            fmt::format("temperatures run away: {}; the hottest block is {}", reached,
                        with_power(problem, block, powers)),
            "less heat, or more ways out for it");
}

double beyond(const LayerTemperature& layer) {
  const TemperatureRange range = material_range();
  return std::max(layer.max - range.high, range.low - layer.min);
}

}  // namespace

void refuse_impossible(const HeatProblem& problem, std::span<const double> temperature,
                       std::span<const double> powers) {
  if (problem.blocks.empty()) return;
  const auto [least, most] = std::minmax_element(temperature.begin(), temperature.end());
  const bool finite =
      std::all_of(temperature.begin(), temperature.end(), [](double t) { return std::isfinite(t); });
  if (!finite || *most > hottest_solid)
    refuse_heat(problem, hottest_block(problem, temperature), powers,
                finite
                    ? fmt::format("{}, and nothing is solid above {}", celsius(*most), celsius(hottest_solid))
                    : "they have no bound");
  if (*least >= 0.0) return;
  const std::size_t coldest =
      block_with_most(problem, [&](std::size_t b) { return -mean_of(problem.blocks[b], temperature); });
  refuse_at(
      power_path(problem, coldest),
      fmt::format("more heat is taken away than flows in: a place would be {:.4g} K below absolute zero; "
                  "the coldest block is {}",
                  -*least, with_power(problem, coldest, powers)),
      "powers that leave every temperature above 0 K");
}

void refuse_runaway(const HeatProblem& problem, std::span<const double> temperature,
                    std::span<const double> powers) {
  if (problem.blocks.empty()) return;
  const double most = *std::max_element(temperature.begin(), temperature.end());
  if (most <= material_range().high) return;
  refuse_heat(problem, hottest_block(problem, temperature), powers,
              fmt::format("{} on the way, and no balance is found", celsius(most)));
}

void widen(std::vector<LayerTemperature>& layers, const Grid& grid, std::span<const double> temperature) {
  for (std::size_t n = 0; n < layers.size(); ++n) {
    const GridLayer& layer = grid.layers[n];
    for (std::size_t column = 0; column < layer.kind.size(); ++column)
      for (int k = 0; k < nodes_of(layer.kind[column], layer.cells); ++k) {
        const double t = temperature[static_cast<std::size_t>(layer.first[column] + k)];
        layers[n].min = std::min(layers[n].min, t);
        layers[n].max = std::max(layers[n].max, t);
      }
  }
}

std::optional<Warning> range_warning(std::span<const LayerTemperature> layers) {
  const TemperatureRange range = material_range();
  const LayerTemperature* farthest = nullptr;
  std::ptrdiff_t outside = 0;
  for (const LayerTemperature& layer : layers) {
    if (!(beyond(layer) > 0.0)) continue;
    ++outside;
    if (!farthest || beyond(layer) > beyond(*farthest)) farthest = &layer;
  }
  if (!farthest) return std::nullopt;
  const double reached = farthest->max > range.high ? farthest->max : farthest->min;
  return Warning{
      "layers." + farthest->name,
      fmt::format("{} is reached{}; materials are known from {} to {}, and beyond conductivities "
                  "stay what they are there",
                  celsius(reached),
                  outside > 1 ? fmt::format(", and {} layers in all leave their range", outside) : "",
                  celsius(range.low), celsius(range.high))};
}

}  // namespace waverack::thermal
