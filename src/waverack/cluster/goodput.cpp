#include "waverack/cluster/goodput.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace waverack::cluster {

TimeShares shares_of_time(const Checkpointing& c, double mean_time, double interval) {
  if (std::isinf(mean_time)) {
    if (std::isinf(interval)) return {};
    const double period = interval + c.checkpoint;
    return {interval / period, c.checkpoint / period, 0.0, 0.0};
  }
  // In units of the mean time, for one interval: attempts until one succeeds, and restarts between them.
  const double work = interval / mean_time, checkpoint = c.checkpoint / mean_time;
  const double attempts = std::expm1(work + checkpoint);
  const double restart_growth = std::exp(c.restart / mean_time);
  if (std::isinf(attempts) || std::isinf(restart_growth)) return {0.0, 0.0, 0.0, 1.0};
  const double total = restart_growth * attempts;
  TimeShares shares;
  shares.work = work / total;
  shares.checkpoints = checkpoint / total;
  shares.rework = (attempts - work - checkpoint) / total;
  shares.restarts = 1.0 - 1.0 / restart_growth;
  return shares;
}

double best_interval(double checkpoint, double mean_time) {
  if (std::isinf(mean_time)) return mean_time;
  const double c = checkpoint / mean_time;
  if (!(c > 0.0)) return 0.0;
  // ln(1 − x) + x + c = 0 is concave and falls, so that Newton's method from the right never overshoots.
  double x = std::min(std::sqrt(2.0 * c), -std::expm1(-1.0 - c));
  for (int step = 0; step < 60; ++step) {
    const double change = (std::log1p(-x) + x + c) * (1.0 - x) / x;
    x += change;
    if (std::abs(change) < 1e-13 * x) break;
  }
  return x * mean_time;
}

double first_order_interval(double checkpoint, double mean_time) {
  return std::sqrt(2.0 * checkpoint * mean_time);
}

double first_order_waste(const Checkpointing& c, double mean_time, double interval) {
  const double failures = std::isinf(mean_time) ? 0.0 : interval / (2.0 * mean_time) + c.restart / mean_time;
  return c.checkpoint / interval + failures;
}

Goodput goodput(const Interruptions& interruptions, const Failures& failures, const Checkpointing& c,
                double exposed_communication) {
  Goodput result;
  const double mean_time = result.mean_time = interruptions.mean_time;
  result.interval = best_interval(c.checkpoint, mean_time);
  result.first_order_interval = first_order_interval(c.checkpoint, mean_time);
  if (result.first_order_interval > 0.0)
    result.first_order_waste = first_order_waste(c, mean_time, result.first_order_interval);
  if (result.interval > 0.0) {
    result.shares = shares_of_time(c, mean_time, result.interval);
  } else {
    // Checkpoints that cost nothing lose nothing either.
    result.shares.work = std::exp(-c.restart / mean_time);
    result.shares.restarts = 1.0 - result.shares.work;
  }
  result.flap_factor = 1.0 / (1.0 + interruptions.flap_stall);
  result.degraded_share = -std::expm1(-interruptions.degradations * failures.repair_time.value);
  result.degraded_factor =
      1.0 - result.degraded_share * exposed_communication / (1.0 + exposed_communication);
  result.goodput = result.shares.work * result.flap_factor * result.degraded_factor;
  return result;
}

}  // namespace waverack::cluster
