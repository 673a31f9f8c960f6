#include "waverack/module/end_of_life.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "waverack/base/decibel.hpp"
#include "waverack/module/elsfp.hpp"
#include "waverack/parts/light.hpp"
#include "waverack/signal/special.hpp"

namespace waverack::module {
namespace {

// Probability that all lanes stay below `loss`.
double all_below(const LossSpread& spread, int lanes, double loss) {
  const auto below = [&](double x) {
    return std::exp(lanes * std::log1p(-signal::q_function((loss - spread.common_db * x) / spread.own_db)));
  };
  if (spread.common_db == 0.0) return below(0.0);
  constexpr int steps = 400;
  constexpr double end = 8.0, step = 2.0 * end / steps;
  double sum = 0.0;
  for (int i = 0; i <= steps; ++i) {
    const double x = -end + i * step;
    sum += std::exp(-0.5 * x * x) * below(x);
  }
  return sum * step / std::sqrt(2.0 * std::numbers::pi);
}

double square(double x) { return x * x; }

}  // namespace

LossSpread loss_spread(const link::Lane& lane, const LightBudget& budget) {
  double common = 0.0, own = square(to_db(budget.lane_spread));
  for (const auto* chain : {&lane.light, &lane.chain})
    for (const parts::Instance& instance : *chain) {
      if (parts::is_laser(instance)) continue;
      for (const parts::Spread& spread : instance.spread) {
        const bool light = parts::output_domain(instance.part) == parts::Domain::light ||
                           parts::output_domain(instance.part) == parts::Domain::field;
        if (!light || !spread.key.ends_with("_loss") || spread.scale != parts::SpreadScale::decibel) continue;
        common += spread.common * square(spread.sigma);
        own += (1.0 - spread.common) * square(spread.sigma);
      }
    }
  return {std::sqrt(common), std::sqrt(own)};
}

double worst_lane_db(const LossSpread& spread, double confidence, int lanes) {
  if (lanes == 1 || spread.own_db == 0.0)
    return std::hypot(spread.common_db, spread.own_db) * signal::inverse_q(1.0 - confidence);
  if (spread.common_db == 0.0)
    return spread.own_db * signal::inverse_q(-std::expm1(std::log(confidence) / lanes));
  double low = 0.0, high = 40.0 * std::hypot(spread.common_db, spread.own_db);
  while (high - low > 1e-8 * high) {
    const double middle = 0.5 * (low + high);
    (all_below(spread, lanes, middle) < confidence ? low : high) = middle;
  }
  return high;
}

EndOfLife end_of_life(const LossSpread& spread, double confidence, int lanes, double laser_ageing,
                      const std::vector<LaserStep>& ladder, double power_dbm, double lane_margin_db,
                      bool external) {
  EndOfLife result;
  const auto add = [&](std::string name, double loss_db) {
    if (loss_db == 0.0) return;
    result.allowances.push_back({std::move(name), loss_db});
    result.total_db += loss_db;
  };
  add("laser ageing", to_db(laser_ageing));
  for (const LaserStep& step : ladder) add(step.name, step.end_of_life_loss_db);
  add(lanes == 1 ? "spread of the lane" : fmt::format("worst of {} lanes", lanes),
      worst_lane_db(spread, confidence, lanes));
  result.margin_db = lane_margin_db - result.total_db;
  result.power_needed_dbm = power_dbm - result.margin_db;
  if (external && std::isfinite(result.power_needed_dbm))
    result.elsfp_class = elsfp_class_for(result.power_needed_dbm);
  return result;
}

}  // namespace waverack::module
