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

double optical_loss(const LaserPath& part) {
  double loss = 1.0;
  for (const LossStep& step : loss_steps(part)) loss *= step.loss;
  return loss;
}

}  // namespace waverack::parts
