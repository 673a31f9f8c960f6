#include "waverack/io/thermal_curves.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "waverack/base/physical_constants.hpp"
#include "waverack/thermal/cavity.hpp"

namespace waverack::io {
namespace {

constexpr std::size_t most_blocks = 8;

link::Curve coolant_curve(const thermal::Stack& stack, const thermal::Field& field,
                          const thermal::Cavity& cavity) {
  const std::size_t index = thermal::layer_index(stack, cavity.layer, {});
  const thermal::GridLayer& layer = field.grid.layers[index];
  const thermal::LayerMap map = thermal::layer_map(field, index);
  const bool along_y = thermal::flows_along_y(cavity.direction);
  const std::vector<double>&along = along_y ? map.y : map.x, &across = along_y ? map.x : map.y;
  const std::size_t steps = along.size() - 1, streams = across.size() - 1;
  link::Column way{"along the flow", "m", {}}, mean{"mean", "degC", {}},
      hottest{"hottest stream", "degC", {}};
  for (std::size_t n = 0; n < steps; ++n) {
    const std::size_t k = thermal::flows_forward(cavity.direction) ? n : steps - 1 - n;
    const double middle = 0.5 * (along[k] + along[k + 1]);
    double sum = 0.0, width = 0.0, most = -1e9;
    for (std::size_t s = 0; s < streams; ++s) {
      const std::size_t column = along_y ? k * streams + s : s * steps + k;
      const thermal::ColumnKind kind = layer.kind[column];
      if (kind != thermal::ColumnKind::channel && kind != thermal::ColumnKind::porous) continue;
      const double t = map.temperature[column] - zero_celsius, share = across[s + 1] - across[s];
      sum += share * t;
      width += share;
      most = std::max(most, t);
    }
    if (!(width > 0.0)) continue;
    way.values.push_back(
        std::abs(middle - (thermal::flows_forward(cavity.direction) ? along.front() : along.back())));
    mean.values.push_back(sum / width);
    hottest.values.push_back(most);
  }
  return {"coolant." + cavity.name,
          "Coolant of " + cavity.name + " along its flow",
          {std::move(way), std::move(mean), std::move(hottest)},
          false,
          false};
}

link::Column over_time(const std::string& name, const std::vector<std::vector<double>>& values,
                       std::size_t item) {
  link::Column column{name, "degC", {}};
  for (const std::vector<double>& now : values) column.values.push_back(now[item] - zero_celsius);
  return column;
}

}  // namespace

std::vector<link::Curve> coolant_curves(const thermal::Stack& stack, const thermal::Field& field) {
  std::vector<link::Curve> curves;
  for (const thermal::Cavity& cavity : stack.cavities) curves.push_back(coolant_curve(stack, field, cavity));
  return curves;
}

std::vector<link::Curve> transient_curves(const thermal::Stack& stack,
                                          const thermal::TransientResult& result) {
  const link::Column time{"time", "s", result.time};
  std::vector<double> hottest(stack.blocks.size(), -1e9);
  for (const auto& now : result.blocks)
    for (std::size_t b = 0; b < now.size(); ++b) hottest[b] = std::max(hottest[b], now[b].max);
  std::vector<std::size_t> order(stack.blocks.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return hottest[a] > hottest[b]; });
  order.resize(std::min(order.size(), most_blocks));

  std::vector<link::Curve> curves;
  link::Curve blocks{"transient.blocks", "Hottest place of blocks", {time}, false, false};
  for (const std::size_t b : order) {
    link::Column column{stack.blocks[b].name, "degC", {}};
    for (const auto& now : result.blocks) column.values.push_back(now[b].max - zero_celsius);
    blocks.columns.push_back(std::move(column));
  }
  if (!order.empty()) curves.push_back(std::move(blocks));
  const auto add = [&](const char* id, const char* title, const auto& items,
                       const std::vector<std::vector<double>>& values) {
    if (items.empty()) return;
    link::Curve curve{id, title, {time}, false, false};
    for (std::size_t n = 0; n < items.size(); ++n)
      curve.columns.push_back(over_time(items[n].name, values, n));
    curves.push_back(std::move(curve));
  };
  add("transient.points", "Points of interest", stack.points, result.points);
  add("transient.outlets", "Coolant at the outlet", stack.cavities, result.outlets);
  return curves;
}

}  // namespace waverack::io
