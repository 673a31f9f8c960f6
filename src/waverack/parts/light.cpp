#include "waverack/parts/light.hpp"

#include <fmt/format.h>

namespace waverack::parts {
namespace {

[[noreturn]] void wrong_order(const Instance& instance, std::string message, std::string allowed) {
  throw Error(
      ErrorInfo{instance.mark, "lane.light." + instance.name, std::move(message), std::move(allowed), {}});
}

}  // namespace

Light light_after(std::span<const Instance> chain, const Conditions&) {
  Light result;
  for (std::size_t i = 0; i < chain.size(); ++i) {
    const Instance& instance = chain[i];
    const auto* laser = as<CwLaser>(instance);
    if (i == 0) {
      if (!laser)
        wrong_order(instance, fmt::format("the light begins with a {}", info(instance.part).type),
                    "a cw_laser first");
      result = light(*laser);
      continue;
    }
    const bool passive = as<LaserPath>(instance) || as<Connector>(instance) || as<Fibre>(instance);
    if (!passive)
      wrong_order(instance,
                  fmt::format("a {} cannot stand in the path of continuous light", info(instance.part).type),
                  "laser_path, connector, fibre");
    result.power /= optical_loss_of(instance.part);
  }
  return result;
}

int lanes_per_laser(std::span<const Instance> chain) {
  int lanes = 1;
  for (const Instance& instance : chain)
    if (const auto* path = as<LaserPath>(instance)) lanes *= path->ways;
  return lanes;
}

double laser_power_per_lane(std::span<const Instance> chain, const Conditions& conditions) {
  double watts = 0.0;
  for (const Instance& instance : chain) watts += power_of(instance.part, conditions);
  return watts / lanes_per_laser(chain);
}

std::vector<LossStep> loss_ladder(std::span<const Instance> chain) {
  std::vector<LossStep> ladder;
  for (const Instance& instance : chain) {
    if (const auto* path = as<LaserPath>(instance)) {
      for (const LossStep& step : loss_steps(*path))
        ladder.push_back({instance.name + ": " + step.name, step.loss});
    } else if (const double loss = optical_loss_of(instance.part); loss > 1.0) {
      ladder.push_back({instance.name, loss});
    }
  }
  return ladder;
}

}  // namespace waverack::parts
