#include "waverack/cluster/technology_map.hpp"

#include <cmath>
#include <limits>

#include "waverack/cluster/crossover_laws.hpp"

namespace waverack::cluster {
namespace {

constexpr int map_points = 49;

MapAxis axis(std::string_view name, std::string_view unit, double from, double to) {
  MapAxis result{name, unit, {}};
  for (int i = 0; i < map_points; ++i)
    result.values.push_back(from * std::pow(to / from, i / (map_points - 1.0)));
  return result;
}

MapAxis rates() { return axis("rate of a module", "bit/s", 0.2e12, 25.6e12); }

template <class First>
TechnologyMap map_of(std::string_view id, MapAxis x, MapAxis y, First first) {
  TechnologyMap map{id, std::move(x), std::move(y), {}};
  for (const double row : map.y.values)
    for (const double column : map.x.values) map.first.push_back(first(column, row));
  return map;
}

}  // namespace

LinkKind first_that_serves(const CrossoverInputs& in, double rate, double length) {
  const double lane_rate = rate / in.lanes_per_cage;
  const double equalised = serdes_limit_db(in);
  if (length <= copper_reach(in, in.dac_reach, lane_rate)) return LinkKind::passive_copper;
  if (length <= copper_reach(in, in.aec_reach, lane_rate)) return LinkKind::active_copper;
  if (2.0 * host_loss_db(in, in.linear_host_loss, lane_rate) <= equalised &&
      in.lpo_energy.value * rate <= in.cage_power.value)
    return LinkKind::linear_module;
  if (host_loss_db(in, in.host_loss, lane_rate) <= equalised && module_watts(in, rate) <= in.cage_power.value)
    return LinkKind::retimed_module;
  if (host_loss_db(in, in.cpo_host_loss, lane_rate) <= equalised) return LinkKind::co_packaged;
  return LinkKind::none;
}

std::vector<TechnologyMap> technology_maps(const CrossoverInputs& inputs) {
  constexpr double far = std::numeric_limits<double>::infinity();
  return {
      map_of("rate-length", rates(), axis("length of a link", "m", 0.3, 30.0),
             [&](double rate, double length) { return first_that_serves(inputs, rate, length); }),
      map_of("rate-cage", rates(), axis("watts of a cage", "W", 5.0, 200.0), [&](double rate, double watts) {
        CrossoverInputs cooled = inputs;
        cooled.cage_power = exactly(watts);
        return first_that_serves(cooled, rate, far);
      })};
}

}  // namespace waverack::cluster
