#include "waverack/cluster/clos.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "waverack/base/error.hpp"
#include "waverack/base/text.hpp"

namespace waverack::cluster {

namespace {

constexpr int most_tiers = 4;

// a·b, held at the largest number.
std::int64_t product(std::int64_t a, std::int64_t b) {
  constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
  return b != 0 && a > largest / b ? largest : a * b;
}

// Ports of the switches of each tier; those of the top tier all look down.
std::vector<ClosTier> shape(int radix, int tiers, const std::vector<double>& oversubscription) {
  std::vector<ClosTier> levels(static_cast<std::size_t>(tiers));
  for (std::size_t i = 0; i + 1 < levels.size(); ++i) {
    const double ratio = i < oversubscription.size() ? oversubscription[i] : 1.0;
    levels[i].down = static_cast<int>(std::floor(radix * ratio / (1.0 + ratio) + 1e-9));
    levels[i].up = static_cast<int>(divided_ends(levels[i].down, ratio));
  }
  levels.back().down = 2 * (radix / 2);
  return levels;
}

std::int64_t capacity(const std::vector<ClosTier>& levels) {
  std::int64_t endpoints = 1;
  for (const ClosTier& level : levels) endpoints = product(endpoints, level.down);
  return endpoints;
}

}  // namespace

std::int64_t divided_ends(std::int64_t ends, double ratio) {
  return static_cast<std::int64_t>(std::ceil(static_cast<double>(ends) / ratio - 1e-9));
}

std::int64_t largest_endpoints(int radix, int tiers) {
  return tiers > 0 ? capacity(shape(radix, tiers, {})) : 0;
}

Clos count_clos(std::int64_t endpoints, int radix, int tiers, const std::vector<double>& oversubscription,
                const std::string& path) {
  Clos clos;
  clos.endpoints = endpoints;
  clos.tiers = tiers == 0 ? 1 : tiers;
  clos.levels = shape(radix, clos.tiers, oversubscription);
  while (tiers == 0 && clos.tiers < most_tiers && capacity(clos.levels) < endpoints)
    clos.levels = shape(radix, ++clos.tiers, oversubscription);
  clos.largest_endpoints = capacity(clos.levels);
  if (clos.largest_endpoints < endpoints)
    throw Error(ErrorInfo{{},
                          join_path(path, path == "cluster" ? "switch_radix" : "tiers"),
                          fmt::format("{} tiers of switches of radix {} carry {} endpoints, not {}",
                                      clos.tiers, radix, clos.largest_endpoints, endpoints),
                          "a larger radix, more tiers or fewer endpoints",
                          {}});
  if (static_cast<int>(oversubscription.size()) >= clos.tiers && !oversubscription.empty())
    throw Error(
        ErrorInfo{{},
                  join_path(path, "oversubscription"),
                  fmt::format("{} numbers for {} tiers of switches, of which the top one has no links up",
                              oversubscription.size(), clos.tiers),
                  fmt::format("at most {} numbers, or more tiers", clos.tiers - 1),
                  {}});

  std::int64_t ends = endpoints, ports = 0, whole = 0;
  for (std::size_t i = 0; i < clos.levels.size(); ++i) {
    ClosTier& level = clos.levels[i];
    const bool top = i + 1 == clos.levels.size();
    level.down_ends = ends;
    clos.links += ends;
    if (!top) ends = divided_ends(ends, i < oversubscription.size() ? oversubscription[i] : 1.0);
    level.up_ends = top ? 0 : ends;
    ports += level.down_ends + level.up_ends;
    level.switches = (ports + radix - 1) / radix - whole;
    whole += level.switches;
    level.whole = std::max(level.switches, (level.down_ends + level.down - 1) / level.down);
  }
  clos.switches = whole;
  clos.nic_ends = endpoints;
  clos.switch_ends = ports;
  return clos;
}

double mean_clos_switches(const Clos& clos) {
  const double n = static_cast<double>(clos.endpoints);
  if (clos.endpoints < 2) return 1.0;
  double mean = 0.0, within_lower = 0.0;  // share of pairs that need no higher tier
  std::int64_t below = 1;                 // endpoints below one group of switches of the tier
  for (std::size_t i = 0; i < clos.levels.size(); ++i) {
    below = i + 1 == clos.levels.size() ? clos.endpoints : product(below, clos.levels[i].down);
    const double size = static_cast<double>(std::min(below, clos.endpoints));
    const double groups = std::floor(n / size), rest = n - groups * size;
    const double within = (groups * size * (size - 1.0) + rest * (rest - 1.0)) / (n * (n - 1.0));
    mean += static_cast<double>(2 * i + 1) * (within - within_lower);
    within_lower = within;
  }
  return mean;
}

}  // namespace waverack::cluster
