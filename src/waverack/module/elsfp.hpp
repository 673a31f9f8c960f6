#pragma once
// Power classes of the external laser small form-factor pluggable (ELSFP).

#include <array>
#include <string_view>

namespace waverack::module {

struct ElsfpClass {
  std::string_view name;
  double power_dbm;  // nominal, per fibre
};

// OIF ELSFP-02.0, as quoted in the achoenix/optical_io notes, CC BY 4.0 (facts: photonics 5.3).
inline constexpr std::array<ElsfpClass, 6> elsfp_classes{
    {{"LP", 11.0}, {"MP", 14.0}, {"HP", 17.0}, {"VHP", 20.0}, {"UHP", 23.0}, {"SHP", 26.0}}};
inline constexpr double elsfp_tolerance_db = 1.5;

// The lowest class whose weakest laser, nominal minus tolerance, gives `power_dbm` per fibre; "none" beyond
// the table.
constexpr std::string_view elsfp_class_for(double power_dbm) {
  for (const ElsfpClass& item : elsfp_classes)
    if (item.power_dbm - elsfp_tolerance_db >= power_dbm) return item.name;
  return "none";
}

}  // namespace waverack::module
