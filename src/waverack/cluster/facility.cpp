#include "waverack/cluster/facility.hpp"

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

}  // namespace waverack::cluster
