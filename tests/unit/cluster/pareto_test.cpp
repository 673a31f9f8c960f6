#include "waverack/cluster/pareto.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

#include "waverack/base/random.hpp"

namespace waverack::cluster {
namespace {

using Key = std::tuple<double, double, double>;
Key key(const Objectives& o) { return {o.watts, o.cost, o.failures}; }

// Small whole numbers, so that sums are exact and points often equal one another.
std::vector<Objectives> random_points(std::size_t count, std::uint64_t seed) {
  std::vector<double> drawn(3 * count);
  fill_uniform({.seed = seed}, drawn);
  std::vector<Objectives> points;
  const auto whole = [](double u) { return std::floor(u * 8.0); };
  for (std::size_t i = 0; i < count; ++i)
    points.push_back({whole(drawn[3 * i]), whole(drawn[3 * i + 1]), whole(drawn[3 * i + 2])});
  return points;
}

// By the definition, O(n²).
std::set<Key> brute_force(const std::vector<Objectives>& points) {
  std::set<Key> kept;
  for (const Objectives& p : points)
    if (std::none_of(points.begin(), points.end(), [&](const Objectives& q) { return dominates(q, p); }))
      kept.insert(key(p));
  return kept;
}

TEST(Pareto, KeepsWhatTheDefinitionKeeps) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const std::vector<Objectives> points = random_points(60, seed);
    std::set<Key> kept;
    for (const std::size_t i : non_dominated(points)) EXPECT_TRUE(kept.insert(key(points[i])).second);
    EXPECT_EQ(kept, brute_force(points)) << seed;
  }
}

TEST(Pareto, FrontOfSumsIsThatOfAllSums) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const std::vector<std::vector<Objectives>> groups{
        random_points(6, 3 * seed), random_points(5, 3 * seed + 1), random_points(7, 3 * seed + 2)};
    std::vector<Objectives> all;
    for (const Objectives& a : groups[0])
      for (const Objectives& b : groups[1])
        for (const Objectives& c : groups[2]) all.push_back(a + b + c);
    bool thinned = true;
    std::set<Key> kept;
    for (const FrontPoint& point : front_of_sums(groups, 10000, thinned)) {
      kept.insert(key(point.total));
      Objectives sum;
      for (std::size_t g = 0; g < groups.size(); ++g) sum = sum + groups[g][point.option[g]];
      EXPECT_EQ(key(sum), key(point.total));
    }
    EXPECT_FALSE(thinned);
    EXPECT_EQ(kept, brute_force(all)) << seed;
  }
}

TEST(Pareto, ThinningKeepsTheEnds) {
  std::vector<Objectives> line;
  for (int i = 0; i < 100; ++i) line.push_back({1.0 * i, 100.0 - i, 0.0});
  const std::vector<std::vector<Objectives>> groups{line};
  bool thinned = false;
  const std::vector<FrontPoint> front = front_of_sums(groups, 10, thinned);
  EXPECT_TRUE(thinned);
  ASSERT_EQ(front.size(), 10u);
  EXPECT_EQ(front.front().total.watts, 0.0);
  EXPECT_EQ(front.back().total.watts, 99.0);
}

TEST(Pareto, EqualPointsAreKeptOnce) {
  const std::vector<Objectives> points{{1, 1, 1}, {1, 1, 1}, {2, 1, 1}};
  EXPECT_EQ(non_dominated(points), std::vector<std::size_t>{0});
}

}  // namespace
}  // namespace waverack::cluster
