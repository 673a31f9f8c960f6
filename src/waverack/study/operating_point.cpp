#include "waverack/study/operating_point.hpp"

#include <algorithm>
#include <limits>

#include "waverack/base/minimise.hpp"
#include "waverack/link/solve.hpp"
#include "waverack/study/tecq_goal.hpp"
#include "waverack/study/tunables.hpp"

namespace waverack::study {
namespace {

constexpr double q_tolerance = 5e-3;     // 0.01 dB where Q is 4
constexpr double tecq_tolerance = 1e-3;  // of 1/TECQ²: 0.01 dB where TECQ is 3 dB

Node value_at(const Design& design, const std::string& path) {
  const Node whole(write(design));
  const Node* found = find_path(whole, path);
  return found ? *found : Node();
}

}  // namespace

void require_tunable(const LoadedDesign& loaded) {
  if (!make_tunables(loaded).empty() && loaded.design.tune_for == TuneGoal::tecq) tecq_point(loaded);
}

OperatingPoint find_operating_point(const LoadedDesign& loaded, const Reload& reload) {
  const std::vector<Tunable> tunables = make_tunables(loaded);
  std::vector<Variable> variables;
  for (const Tunable& tunable : tunables)
    variables.insert(variables.end(), tunable.variables.begin(), tunable.variables.end());
  const bool for_tecq = loaded.design.tune_for == TuneGoal::tecq;
  const std::string test_point = for_tecq ? tecq_point(loaded) : std::string();

  // A shorter pattern costs nothing in truth. Fewer samples per symbol would: the sampling phase is one of
  // them, and the error ratio jumps where another one is taken.
  std::vector<std::string> quick;
  if (loaded.design.lane.pattern == link::Pattern::ssprq) quick.emplace_back("lane.pattern=PRBS13Q");
  const auto objective = [&](std::span<const double> at) {
    std::optional<std::vector<std::string>> settings = settings_at(tunables, at);
    if (!settings) return std::numeric_limits<double>::infinity();
    settings->insert(settings->end(), quick.begin(), quick.end());
    const link::Lane lane = reload(*settings).design.lane;
    return for_tecq ? tecq_objective(lane, test_point) : minus_q(error_ratio(lane));
  };
  MinimiseOptions options;
  options.tolerance = for_tecq ? tecq_tolerance : q_tolerance;
  options.step_tolerance = step_tolerance;
  options.largest_count = 50 + 50 * static_cast<int>(variables.size());
  Minimum minimum = minimise(objective, variables, options);
  for (std::size_t i = 0; i < variables.size(); ++i) minimum.at[i] = rounded(minimum.at[i], variables[i]);

  OperatingPoint point;
  point.solves = minimum.count;
  point.converged = minimum.converged;
  point.ber_before = point.ber_after = error_ratio(loaded.design.lane);
  if (for_tecq) {
    const double tecq = tecq_at(loaded.design.lane, test_point);
    point.tecq = FoundTecq{test_point, tecq, tecq};
  }
  Design found = loaded.design;
  if (const std::optional<std::vector<std::string>> settings = settings_at(tunables, minimum.at)) {
    const LoadedDesign end = reload(*settings);
    const double ber = error_ratio(end.design.lane),
                 tecq = for_tecq ? tecq_at(end.design.lane, test_point) : 0.0;
    if (for_tecq ? tecq < point.tecq->before : ber < point.ber_before) {
      found = end.design;
      if (for_tecq) point.tecq->after = tecq;
      point.ber_after = ber;
      point.settings = *settings;
    }
  }
  for (const Tunable& tunable : tunables)
    point.found.push_back(
        {tunable.path, value_at(loaded.design, tunable.path), value_at(found, tunable.path)});
  return point;
}

}  // namespace waverack::study
