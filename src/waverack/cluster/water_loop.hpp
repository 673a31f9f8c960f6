#pragma once
// A water loop that rejects the heat of a hall: economiser, chiller for the rest, tower or dry cooler.
//
// What depends on the weather does not depend on the load, so it is computed once for each weather and range
// of supply temperatures, and a hall is solved from it in microseconds (facts: thermal 12.2).

#include <array>
#include <vector>

#include "waverack/base/describe.hpp"
#include "waverack/cluster/climate.hpp"

namespace waverack::cluster {

enum class HeatRejection { tower, dry_cooler };

// What the weather makes of a loop, per watt of its heat: of one hour, or the mean of many.
struct LoopDemand {
  double chiller_share = 0.0;  // of the heat that the chiller carries
  double carnot_work = 0.0;    // what a chiller without losses would draw
  double fan_effort = 1.0;     // of the dry cooler's fans, over their full power
};

// At one hour, for water of `supply` [K].
LoopDemand loop_demand(HeatRejection, double supply, const WeatherHour&);

// Means over the year, and the hour that asks for most, for supplies from `low` to `high` [K] in steps of at
// most 0.25 K.
struct LoopYear {
  HeatRejection rejection = HeatRejection::tower;
  double low = 0.0, high = 0.0;
  std::vector<LoopDemand> means, worst;
};

// Cost: hours · steps, a few nanoseconds each. The weather has at least one hour.
LoopYear loop_year(HeatRejection, double low, double high, const Weather&);

// Between the steps, linearly: within 2e-5 W per W of heat. A supply outside the range takes its end.
LoopDemand mean_demand(const LoopYear&, double supply);
LoopDemand worst_demand(const LoopYear&, double supply);

}  // namespace waverack::cluster

namespace waverack {
template <>
struct EnumNames<cluster::HeatRejection> {
  static constexpr std::array<EnumName<cluster::HeatRejection>, 2> list{
      {{"tower", cluster::HeatRejection::tower}, {"dry_cooler", cluster::HeatRejection::dry_cooler}}};
};
}  // namespace waverack
