#include "waverack/cluster/pareto.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

namespace waverack::cluster {
namespace {

// Pairs (cost, failures) of which none is at most another in both: failures fall as cost rises.
class Staircase {
 public:
  bool covers(double cost, double failures) const {
    auto above = steps_.upper_bound(cost);
    return above != steps_.begin() && std::prev(above)->second <= failures;
  }
  void add(double cost, double failures) {
    auto at = steps_.lower_bound(cost);
    while (at != steps_.end() && at->second >= failures) at = steps_.erase(at);
    steps_[cost] = failures;
  }

 private:
  std::map<double, double> steps_;
};

void thin(std::vector<FrontPoint>& points, std::size_t most) {
  std::vector<FrontPoint> kept;
  for (std::size_t i = 0; i < most; ++i)
    kept.push_back(std::move(points[i * (points.size() - 1) / (most - 1)]));
  points = std::move(kept);
}

}  // namespace

Objectives operator+(const Objectives& a, const Objectives& b) {
  return {a.watts + b.watts, a.cost + b.cost, a.failures + b.failures};
}

bool dominates(const Objectives& a, const Objectives& b) {
  return a.watts <= b.watts && a.cost <= b.cost && a.failures <= b.failures &&
         (a.watts < b.watts || a.cost < b.cost || a.failures < b.failures);
}

std::vector<std::size_t> non_dominated(std::span<const Objectives> points) {
  std::vector<std::size_t> order(points.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto key = [&](std::size_t i) {
    return std::tuple(points[i].watts, points[i].cost, points[i].failures, i);
  };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  std::vector<std::size_t> kept;
  Staircase stairs;
  // What comes before has at most the watts, so it dominates or equals where it is at most in the other two.
  for (const std::size_t i : order) {
    if (stairs.covers(points[i].cost, points[i].failures)) continue;
    stairs.add(points[i].cost, points[i].failures);
    kept.push_back(i);
  }
  return kept;
}

std::vector<FrontPoint> front_of_sums(std::span<const std::vector<Objectives>> groups, std::size_t most,
                                      bool& thinned) {
  thinned = false;
  std::vector<FrontPoint> front(1);
  for (const std::vector<Objectives>& group : groups) {
    const std::vector<std::size_t> best = non_dominated(group);
    std::vector<Objectives> sums;
    for (const FrontPoint& point : front)
      for (const std::size_t option : best) sums.push_back(point.total + group[option]);
    std::vector<FrontPoint> next;
    for (const std::size_t i : non_dominated(sums)) {
      FrontPoint point = front[i / best.size()];
      point.total = sums[i];
      point.option.push_back(static_cast<std::uint16_t>(best[i % best.size()]));
      next.push_back(std::move(point));
    }
    if (next.size() > most && most > 1) {
      thin(next, most);
      thinned = true;
    }
    front = std::move(next);
  }
  return front;
}

}  // namespace waverack::cluster
