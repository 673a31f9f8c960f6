#pragma once
// Units as people write them: "53.125 GBd", "-3 dBm", "16 pA/sqrt(Hz)", "2.2 V cm", "3.2 ps/(nm km)".
//
// Grammar: a unit is a product of factors joined by spaces, `*`, `.` or `·`, then any number of `/`, each
// with one factor or a product in parentheses to its right; a factor is [SI prefix]symbol, optionally `^n`,
// or sqrt(unit). So "W/(m K)" and "W/m/K" are watt per metre and kelvin, and "W/m K" is refused.
//
// Decibels live only here, at the border:
//   dB, dBc  power ratio          10^(x/10), so a loss of 3 dB is stored as 1.995
//   dBm      watt                 1 mW · 10^(x/10)
//   dB/Hz    1/Hz                 10^(x/10)
//   dB/km …  1/m (power)          x·ln(10)/10 per metre, P(z) = P(0)·exp(-value·z)
//   dBohm    ohm (amplitude)      10^(x/20)

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace waverack {

// Powers of the base dimensions, counted in halves so that 1/sqrt(Hz) is exact.
struct Dimension {
  enum Base {
    metre,
    kilogram,
    second,
    ampere,
    kelvin,
    bit,
    symbol,
    unit_interval,
    radian,
    decibel,
    dollar,
    count
  };
  std::array<std::int8_t, count> halves{};
  bool operator==(const Dimension&) const = default;
};

struct Unit {
  enum class Scale { linear, power_ratio, milliwatt, per_hertz, amplitude_ohm };
  Dimension dimension;
  double factor = 1.0;  // SI value = number · factor + offset, for linear scales
  double offset = 0.0;  // only for degC
  Scale scale = Scale::linear;
};

// The unit that `text` names; "" and "1" are dimensionless. Throws Error naming the symbol that is
// not known and the nearest one that is.
Unit parse_unit(std::string_view text);

// Converts between a number in `unit` and SI. Exact inverses up to rounding.
double to_si(double number, const Unit& unit);
double from_si(double si, const Unit& unit);

// "2.2 V cm" → {2.2, "V cm"}; a text without a unit has an empty unit. Throws Error if there is no number.
struct NumberAndUnit {
  double number = 0.0;
  std::string unit;
};
NumberAndUnit split_quantity(std::string_view text);

// The SI value of `text`, whose unit must have the dimension of `expected_unit`; a bare number is
// accepted only where `expected_unit` is dimensionless. Throws Error with message and `allowed`.
double parse_quantity(std::string_view text, std::string_view expected_unit);

// An SI value as text in `unit` with `digits` significant digits: format_quantity(0.022, "V cm") is "2.2 V
// cm".
std::string format_quantity(double si, std::string_view unit, int digits = 15);

// The shortest of 15 or 17 digits that reads back to the same SI value (with decibels of more than 15 digits,
// within 1e-15 of it).
std::string format_quantity_exact(double si, std::string_view unit);

// An SI value for people: four significant digits and the SI prefix that keeps 1 ≤ |x| < 1000, e.g.
// format_engineering(3.2e-12, "s") is "3.2 ps". `si_unit` is a unit symbol without prefix.
std::string format_engineering(double si, std::string_view si_unit, int digits = 4);

// A short sentence on what a dimension accepts: "a length such as 500 m".
std::string example_of(std::string_view unit);

}  // namespace waverack
