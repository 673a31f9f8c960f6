#pragma once
// The hall around the IT: fans, pumps, economisers, chillers, the way of the power; watts by cause, PUE, TUE.
//
// The model is that of facts: thermal 12.2 (theory: hall), for loads of any mixture of air and liquid. It is
// not calibrated; its authors give ±0.02 of PUE as its error.

#include <string>
#include <vector>

#include "waverack/cluster/bill.hpp"
#include "waverack/cluster/climate.hpp"
#include "waverack/cluster/power_path.hpp"
#include "waverack/cluster/water_loop.hpp"

namespace waverack::cluster {

// The section [hall] of a cluster's file.
struct Hall {
  Climate climate = Climate::temperate;
  WeatherFile weather;  // in place of the climate
  HeatRejection liquid_rejection = HeatRejection::tower;
  Ranged chilled_water = exactly(289.15);         // supply to the room coolers [K]
  Ranged facility_water = exactly(305.15);        // supply to the coolant distribution units [K]
  Ranged air_rise = exactly(12.0);                // through servers and room coolers [K]
  Ranged room_fan_pressure{350.0, 300.0, 600.0};  // at a rise of 12 K [Pa]
  Ranged server_fans_air{0.10, 0.05, 0.15};       // W per W of air-cooled electronics, at a rise of 12 K
  Ranged server_fans_liquid{0.02, 0.01, 0.03};    // W per W of liquid-cooled electronics
  Ranged coolant_rise = exactly(10.0);            // through cold plates [K]
  Ranged coolant_pressure{250e3, 150e3, 350e3};   // of the pumps of coolant distribution units [Pa]
  Ranged facility_pressure{250e3, 150e3, 350e3};  // of the pumps of both water loops [Pa]
  Ranged machine_efficiency{0.60, 0.50, 0.70};    // of pumps and room fans
  Ranged chiller_efficiency{0.55, 0.45, 0.65};    // COP over Carnot's
  Ranged tower_fans{0.012, 0.008, 0.016};         // W per W that a tower rejects
  Ranged dry_cooler_fans{0.020, 0.015, 0.030};    // W per W that a dry cooler rejects, at full speed
  Ranged miscellaneous{0.01, 0.005, 0.02};        // lighting and offices over the IT power
  Ranged evaporated_share{0.80, 0.70, 0.90};      // of the heat that a tower rejects
  Ranged concentration{5.0, 3.0, 7.0};            // of the water that a tower drains over fresh water
  PowerStage power_supplies{{0.1, 0.2, 0.5, 1.0}, {0.90, 0.94, 0.96, 0.91}, {1.0, 0.6, 1.0}, exactly(2.0)};
  PowerStage distribution{{0.35}, {0.9928}, {1.0, 0.8, 1.25}, exactly(1.25)};
  PowerStage ups{{0.25, 0.5, 0.75, 1.0}, {0.955, 0.965, 0.966, 0.962}, {1.0, 0.6, 1.25}, exactly(1.25)};
  PowerStage transformers{{0.5}, {0.99}, {1.0, 0.6, 1.25}, exactly(1.25)};
};

inline FieldList describe(Tag<Hall>) {
  using P = Hall;
  constexpr std::string_view model = "first-principles facility model, default (facts: thermal 12.2)";
  return fields<P>(
      "The hall: climate, water temperatures, fans, pumps, chillers, the way of the power.",
      field<&P::climate>("climate", "Synthetic climate: cold, temperate or hot_humid."),
      field<&P::weather>("weather", "Hourly weather in place of the climate: a CSV or EPW file."),
      field<&P::liquid_rejection>("liquid_rejection", "What cools the facility water: tower or dry_cooler."),
      field<&P::chilled_water>("chilled_water", "degC", 4.0, 35.0, "Chilled water to the room coolers.")
          .from(Kind::assumed, model),
      field<&P::facility_water>("facility_water", "degC", 10.0, 60.0,
                                "Facility water to the coolant distribution.")
          .from(Kind::assumed, model),
      field<&P::air_rise>("air_rise", "K", 4.0, 40.0,
                          "Rise of the air through servers and room coolers; fans follow its third power.")
          .from(Kind::assumed, model),
      field<&P::room_fan_pressure>("room_fan_pressure", "Pa", 0.0, 2000.0,
                                   "Pressure rise of the room coolers' fans where the air rises by 12 K.")
          .from(Kind::assumed, model),
      field<&P::server_fans_air>(
          "server_fans_air", "", 0.0, 0.5,
          "Server fans per watt of air-cooled electronics where the air rises by 12 K.")
          .from(Kind::assumed, model),
      field<&P::server_fans_liquid>("server_fans_liquid", "", 0.0, 0.5,
                                    "Server fans per watt of liquid-cooled electronics.")
          .from(Kind::assumed, model),
      field<&P::coolant_rise>("coolant_rise", "K", 1.0, 60.0, "Rise of the coolant through cold plates.")
          .from(Kind::assumed, model),
      field<&P::coolant_pressure>("coolant_pressure", "Pa", 0.0, 2e6,
                                  "Pressure rise of the pumps of coolant distribution units.")
          .from(Kind::assumed, model),
      field<&P::facility_pressure>("facility_pressure", "Pa", 0.0, 2e6,
                                   "Pressure rise of the pumps of the water loops.")
          .from(Kind::assumed, model),
      field<&P::machine_efficiency>("machine_efficiency", "", 0.05, 1.0, "Of pumps and room fans.")
          .from(Kind::assumed, model),
      field<&P::chiller_efficiency>("chiller_efficiency", "", 0.05, 1.0,
                                    "Coefficient of performance of the chillers over Carnot's.")
          .from(Kind::assumed, model),
      field<&P::tower_fans>("tower_fans", "", 0.0, 0.2, "Fans of a tower per watt that it rejects.")
          .from(Kind::assumed, model),
      field<&P::dry_cooler_fans>("dry_cooler_fans", "", 0.0, 0.2,
                                 "Fans of a dry cooler at full speed per watt that it rejects.")
          .from(Kind::assumed, model),
      field<&P::miscellaneous>("miscellaneous", "", 0.0, 0.5, "Lighting and offices over the IT power.")
          .from(Kind::assumed, model),
      field<&P::evaporated_share>("evaporated_share", "", 0.0, 1.0,
                                  "Share of the heat that a tower rejects by evaporating water.")
          .from(Kind::assumed, "the rest warms the air"),
      field<&P::concentration>("concentration", "", 1.1, 20.0,
                               "Salts in the water that a tower drains over those in fresh water.")
          .from(Kind::assumed, "cycles of concentration of usual towers"),
      field<&P::power_supplies>("power_supplies", "Supplies of the boxes; they feed modules and lasers too."),
      field<&P::distribution>("distribution", "Distribution units with their transformers."),
      field<&P::ups>("ups", "Uninterruptible supplies, in front of the IT alone."),
      field<&P::transformers>("transformers", "Transformers at the meter, with switchgear and cables."));
}

// What the weather makes of the two water loops of a hall.
struct HallYear {
  LoopYear air;     // chilled water, tower
  LoopYear liquid;  // facility water, tower or dry cooler
};

// For the ranges that the hall states of its water. Once for each hall: 1 to 10 ms with a weather file.
// Throws Error, with the key below `path`, for stages of the power that cannot be (power_path.hpp).
HallYear hall_year(const Hall&, const std::string& path);

// Watts of server fans for electronics in air and in liquid.
double server_fans(const Hall&, double air_w, double liquid_w);

// Typical watts of all of a line without the fans that they hold: those that the hall's numbers give for a
// box of its stated liquid share, at the rise of the air to which they are stated.
double watts_without_fans(const Hall&, const BillLine&);

// Typical power of a bill over the power that is provisioned for it; 1 for an empty bill.
double provisioned_load(const std::vector<BillLine>& bill);

// What the watts of an item are for. The order is that from the bit to the wall.
enum class Cause {
  nodes,
  network_cards,
  switches,
  optics,            // modules, lasers, active cables
  circuit_switches,  // optical ones
  power_supplies,    // what boxes lose in front of optics; that of nodes and switches is in their watts
  server_fans,
  room_fans,
  coolant_pumps,
  water_pumps,
  chillers,
  tower_fans,  // and those of dry coolers
  distribution,
  ups,
  transformers,
  miscellaneous
};

bool is_it(Cause cause);       // up to server_fans
bool is_cooling(Cause cause);  // room_fans to tower_fans
bool is_loss(Cause cause);     // distribution, ups, transformers

struct HallItem {
  Cause cause = Cause::nodes;
  std::string network;  // of switches, optics and cards; else ""
  double power_w = 0.0;
};

// Watts are means over the year at the typical power of the bill, unless the name says otherwise.
struct HallResult {
  std::vector<HallItem> items;  // add up to facility_w
  double facility_w = 0.0;
  double bill_w = 0.0;                                 // of all lines of the bill, with the fans they hold
  double it_w = 0.0;                                   // server fans counted as IT (ISO/IEC 30134-2)
  double electronics_w = 0.0;                          // IT without fans and without what power supplies lose
  double pue = 1.0;                                    // facility over IT
  double itue = 1.0;                                   // IT over electronics
  double tue = 1.0;                                    // pue · itue
  double energy_kwh = 0.0;                             // of 8760 hours
  double water_m3 = 0.0;                               // of 8760 hours, evaporated and drained by towers
  double heat_to_air_w = 0.0, heat_to_liquid_w = 0.0;  // together it_w
  double chiller_share_air = 0.0;  // yearly mean share of the heat that the chiller carries
  double chiller_share_liquid = 0.0;

  double warmest_hour_w = 0.0;            // facility at the warmest hour of the year, typical power of the IT
  double provisioned_it_w = 0.0;          // maximum power of all boxes at once
  double provisioned_w = 0.0;             // facility at the warmest hour, maximum power of the IT
  double typical_in_provisioned_w = 0.0;  // of boxes whose maximum is not stated, counted with their typical
};

// Reads the values of the bill and of the hall, not their ranges. Cost: microseconds, and what the lines of
// the bill add. An empty bill gives zeros and ratios of 1.
HallResult solve_hall(const Hall&, const HallYear&, const std::vector<BillLine>& bill);

// The watts of an item of the result; 0 where there is none.
double power_of(const HallResult&, Cause cause);

}  // namespace waverack::cluster

namespace waverack {
template <>
struct EnumNames<cluster::Cause> {
  using C = cluster::Cause;
  static constexpr std::array<EnumName<C>, 16> list{{{"nodes", C::nodes},
                                                     {"network_cards", C::network_cards},
                                                     {"switches", C::switches},
                                                     {"optics", C::optics},
                                                     {"circuit_switches", C::circuit_switches},
                                                     {"power_supplies", C::power_supplies},
                                                     {"server_fans", C::server_fans},
                                                     {"room_fans", C::room_fans},
                                                     {"coolant_pumps", C::coolant_pumps},
                                                     {"water_pumps", C::water_pumps},
                                                     {"chillers", C::chillers},
                                                     {"tower_fans", C::tower_fans},
                                                     {"distribution", C::distribution},
                                                     {"ups", C::ups},
                                                     {"transformers", C::transformers},
                                                     {"miscellaneous", C::miscellaneous}}};
};
}  // namespace waverack
