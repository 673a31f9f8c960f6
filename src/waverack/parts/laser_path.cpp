#include "waverack/parts/laser_path.hpp"

#include <fmt/format.h>

namespace waverack::parts {

std::vector<LossStep> loss_steps(const LaserPath& part) {
  const LossStep all[] = {
      {fmt::format("connectors ({})", part.connectors), std::pow(part.connector_loss, part.connectors)},
      {"propagation", part.propagation_loss},
      {"coupling", part.coupling_loss},
      {fmt::format("split 1:{}", part.ways), static_cast<double>(part.ways)},
      {"split excess", part.split_excess_loss}};
  std::vector<LossStep> steps;
  for (const LossStep& step : all)
    if (step.loss > 1.0) steps.push_back(step);
  return steps;
}

std::vector<PathReflection> reflections(const LaserPath& part) {
  std::vector<PathReflection> list;
  double loss = 1.0;
  for (int i = 0; i < part.connectors; ++i) {
    list.push_back({fmt::format("connector {}", i + 1), 1.0 / part.connector_return_loss, loss});
    loss *= part.connector_loss;
  }
  list.push_back({"facet of the chip", 1.0 / part.coupling_return_loss, loss * part.propagation_loss});
  return list;
}

double optical_loss(const LaserPath& part) {
  double loss = 1.0;
  for (const LossStep& step : loss_steps(part)) loss *= step.loss;
  return loss;
}

}  // namespace waverack::parts
