#pragma once
// The hall in short, as the section [cluster] of a design states it: numbers without ranges, losses of the
// power path that are a share of the IT power, and a synthetic climate. What is not stated is a usual hall's.

#include "waverack/cluster/hall.hpp"

namespace waverack::cluster {

struct Facility {
  Climate climate = Climate::temperate;
  HeatRejection liquid_rejection = HeatRejection::tower;
  double chilled_water = 289.15;     // supply to the room coolers [K]
  double facility_water = 305.15;    // supply to the coolant distribution units [K]
  double room_fan_pressure = 350.0;  // [Pa]
  double server_fans_air = 0.10;     // W of server fans per W of air-cooled electronics
  double server_fans_liquid = 0.02;  // per W of liquid-cooled electronics
  double electrical_losses = 0.06;   // of the IT power
  double miscellaneous = 0.01;       // of the IT power
};

inline FieldList describe(Tag<Facility>) {
  using P = Facility;
  constexpr std::string_view model = "first-principles facility model, default (facts: thermal 12.2)";
  return fields<P>(
      "The hall: climate, water temperatures, fans and losses.",
      field<&P::climate>("climate", "Synthetic climate: cold, temperate or hot_humid."),
      field<&P::liquid_rejection>("liquid_rejection", "What cools the facility water: tower or dry_cooler."),
      field<&P::chilled_water>("chilled_water", "degC", 4.0, 35.0, "Chilled water to the room coolers.")
          .from(Kind::assumed, model),
      field<&P::facility_water>("facility_water", "degC", 10.0, 60.0,
                                "Facility water to the coolant distribution.")
          .from(Kind::assumed, model),
      field<&P::room_fan_pressure>("room_fan_pressure", "Pa", 0.0, 2000.0,
                                   "Pressure rise of the room coolers' fans.")
          .from(Kind::assumed, model),
      field<&P::server_fans_air>("server_fans_air", "", 0.0, 0.5,
                                 "Server fans per watt of air-cooled electronics.")
          .from(Kind::assumed, model),
      field<&P::server_fans_liquid>("server_fans_liquid", "", 0.0, 0.5,
                                    "Server fans per watt of liquid-cooled electronics.")
          .from(Kind::assumed, model),
      field<&P::electrical_losses>("electrical_losses", "", 0.0, 0.5,
                                   "Losses of the power path over the IT power.")
          .from(Kind::assumed, model),
      field<&P::miscellaneous>("miscellaneous", "", 0.0, 0.5, "Lighting and offices over the IT power.")
          .from(Kind::assumed, model));
}

// The hall that solve_hall solves.
Hall hall_of(const Facility&);

}  // namespace waverack::cluster
