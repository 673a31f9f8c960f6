#include "waverack/parts/laser_path.hpp"

#include <fmt/format.h>

namespace waverack::parts {

std::vector<LossStep> loss_steps(const LaserPath& part) {
  return steps_with_loss(
      {{fmt::format("connectors ({})", part.connectors), std::pow(part.connector_loss, part.connectors),
        std::pow(part.connector_end_of_life_loss, part.connectors)},
       {"propagation", part.propagation_loss},
       {"coupling", part.coupling_loss, part.coupling_end_of_life_loss},
       {fmt::format("split 1:{}", part.ways), static_cast<double>(part.ways)},
       {"split excess", part.split_excess_loss}});
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

double optical_loss(const LaserPath& part) { return product_of(loss_steps(part)); }

}  // namespace waverack::parts
