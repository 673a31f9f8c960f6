#include "waverack/cluster/facility.hpp"

#include "waverack/cluster/hall.hpp"

namespace waverack::cluster {

Hall hall_of(const Facility& facility) {
  Hall hall;
  hall.climate = facility.climate;
  hall.liquid_rejection = facility.liquid_rejection;
  hall.chilled_water = exactly(facility.chilled_water);
  hall.facility_water = exactly(facility.facility_water);
  hall.room_fan_pressure = exactly(facility.room_fan_pressure);
  hall.server_fans_air = exactly(facility.server_fans_air);
  hall.server_fans_liquid = exactly(facility.server_fans_liquid);
  hall.miscellaneous = exactly(facility.miscellaneous);
  hall.power_supplies = hall.ups = hall.transformers = flat_stage(0.0);
  hall.distribution = flat_stage(facility.electrical_losses);
  return hall;
}

FacilityResult solve_facility(const Facility& facility, double liquid_share) {
  const Hall hall = hall_of(facility);
  BillLine one_watt;
  one_watt.kind = ItemKind::node;
  one_watt.quantity = 1;
  one_watt.power = exactly(1.0);
  one_watt.liquid_share = liquid_share;
  const HallResult solved = solve_hall(hall, hall_year(hall, "facility"), {one_watt});

  FacilityResult result;
  result.pue = solved.pue;
  result.tue = solved.tue;
  result.itue = solved.itue;
  result.room_fans = power_of(solved, Cause::room_fans) / solved.it_w;
  for (const HallItem& item : solved.items)
    if (is_cooling(item.cause)) result.cooling += item.power_w / solved.it_w;
  result.chiller_share_air = solved.chiller_share_air;
  result.chiller_share_liquid = solved.chiller_share_liquid;
  return result;
}

}  // namespace waverack::cluster
