#include "waverack/cluster/reach.hpp"

#include <fmt/format.h>

#include <cmath>

#include "waverack/base/error.hpp"
#include "waverack/base/text.hpp"

namespace waverack::cluster {
namespace {

Reach rack() { return {{{1.0, 0.5, 2.0}}, Kind::assumed, "in the rack at most 2 m (facts: cluster 4.4)"}; }
Reach middle_of_rack() {
  return {
      {{1.0, 1.0, 3.0}}, Kind::assumed, "switches in the middle of racks, below 3 m (facts: cluster 4.4)"};
}
Reach row() {
  return {{{1.0, 5.0, 50.0}}, Kind::assumed, "end of row, rails: 5 to 50 m (facts: cluster 4.4)"};
}
Reach hall() {
  return {{{1.0, 30.0, 100.0}}, Kind::assumed, "leaf to spine, 30 to 100 m (facts: cluster 4.4)"};
}
Reach halls() {
  return {{{1.0, 100.0, 500.0}},
          Kind::assumed,
          "spine to core, between halls, 100 to 500 m (facts: cluster 4.4)"};
}

void check(const std::vector<LengthBin>& bins, const std::string& path) {
  double shares = 0.0;
  for (std::size_t i = 0; i < bins.size(); ++i) {
    shares += bins[i].share;
    if (bins[i].to < bins[i].from)
      refuse_at(fmt::format("{}[{}].to", path, i),
                fmt::format("links of {:g} m to {:g} m run backwards", bins[i].from, bins[i].to),
                fmt::format("at least {:g} m", bins[i].from));
  }
  if (std::abs(shares - 1.0) > 1e-6)
    refuse_at(path, fmt::format("the shares of the links add up to {:g}", shares), "shares that add up to 1");
}

}  // namespace

Reach default_reach(TopologyKind topology, int tier, bool circuit) {
  switch (topology) {
    case TopologyKind::scale_up:
      return rack();
    case TopologyKind::torus:
      return tier == 0 ? rack() : circuit ? hall() : row();
    case TopologyKind::dragonfly:
      return tier == 0 ? middle_of_rack() : tier == 1 ? row() : hall();
    case TopologyKind::rail_optimised:
    case TopologyKind::rail_only:
      if (tier == 0) return row();
      break;
    default:
      if (tier == 0) return middle_of_rack();
  }
  return tier == 1 ? hall() : halls();
}

Reach reach_of(const Network& network, int tier, int tiers, bool circuit, std::int64_t group_gpus,
               const std::string& path) {
  const Network& n = network;
  const std::string lengths = join_path(path, "lengths");
  const TierLengths* found = nullptr;
  for (std::size_t i = 0; i < n.lengths.size(); ++i) {
    const std::string here = fmt::format("{}[{}]", lengths, i);
    if (n.lengths[i].tier >= tiers || n.lengths[i].tier < 0)
      refuse_at(here + ".tier", fmt::format("the network has no links of tier {}", n.lengths[i].tier),
                fmt::format("0 to {}", tiers - 1), std::to_string(tiers - 1));
    for (std::size_t j = 0; j < i; ++j)
      if (n.lengths[j].tier == n.lengths[i].tier)
        refuse_at(here + ".tier", fmt::format("tier {} is stated twice", n.lengths[i].tier),
                  "one table for each tier, with as many bins as needed");
    check(n.lengths[i].bins, here + ".bins");
    if (n.lengths[i].tier == tier) found = &n.lengths[i];
  }
  if (found) return {found->bins, Kind::choice, ""};
  if (n.floor.gpus_per_rack > 0 && group_gpus > 0)
    return {tier == 0 ? lengths_from_racks(n.floor, group_gpus) : lengths_between_rows(n.floor, group_gpus),
            Kind::derived, "from where the racks stand"};
  return default_reach(n.topology, tier, circuit);
}

}  // namespace waverack::cluster
