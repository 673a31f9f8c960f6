#include "waverack/cluster/power_path.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "waverack/base/error.hpp"

namespace waverack::cluster {

PowerStage flat_stage(double losses) { return {{1.0}, {1.0 / (1.0 + losses)}, exactly(1.0), exactly(1.0)}; }

void check_stage(const PowerStage& stage, const std::string& path) {
  const auto refuse = [&](std::string_view key, std::string message, std::string allowed) {
    throw Error(ErrorInfo{{}, join_path(path, key), std::move(message), std::move(allowed), {}});
  };
  if (stage.loads.empty()) refuse("loads", "no load is stated", "at least one");
  if (std::adjacent_find(stage.loads.begin(), stage.loads.end(), std::greater_equal<>()) != stage.loads.end())
    refuse("loads", "the loads do not rise", "each above the one before it");
  if (stage.efficiencies.size() != stage.loads.size())
    refuse("efficiencies",
           fmt::format("{} efficiencies for {} loads", stage.efficiencies.size(), stage.loads.size()),
           "one for each load");
}

double stage_loss(const PowerStage& stage, double load) {
  const auto above = std::lower_bound(stage.loads.begin(), stage.loads.end(), load);
  const auto i = static_cast<std::size_t>(above - stage.loads.begin());
  double efficiency = 0.0;
  if (i == 0) {
    efficiency = stage.efficiencies.front();
  } else if (above == stage.loads.end()) {
    efficiency = stage.efficiencies.back();
  } else {
    const double w = (load - stage.loads[i - 1]) / (stage.loads[i] - stage.loads[i - 1]);
    efficiency = (1.0 - w) * stage.efficiencies[i - 1] + w * stage.efficiencies[i];
  }
  return stage.losses.value * (1.0 / efficiency - 1.0);
}

}  // namespace waverack::cluster
