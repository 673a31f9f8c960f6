#pragma once
// A thermoelectric cooler that holds a laser at its temperature.

#include "waverack/base/reader.hpp"

namespace waverack::parts {

// The best coefficient of performance (heat taken from the cold side over the electrical power) of a
// thermoelement between T_c and T_h:
//   COP = T_c/(T_h − T_c) · (√(1 + ZT) − T_h/T_c)/(√(1 + ZT) + 1)
// (A. F. Ioffe, Semiconductor Thermoelements and Thermoelectric Cooling, 1957; H. J. Goldsmid, Introduction
// to Thermoelectricity, 2010). A real cooler reaches `share_of_best` of it. Where the hot side is no warmer
// than the cold one, the heat leaves by itself and the cooler draws nothing: heating is not modelled, nor the
// heat that leaks in through housing and leads.
struct ThermoelectricCooler {
  bool fitted = false;
  double temperature = 318.15;   // of the cold side [K]
  double figure_of_merit = 0.7;  // Z·T, at the mean temperature
  double share_of_best = 0.6;    // of the best COP
};

inline FieldList describe(Tag<ThermoelectricCooler>) {
  using P = ThermoelectricCooler;
  return fields<P>(
      "Thermoelectric cooler that holds a laser at its temperature.",
      field<&P::fitted>("fitted", "Whether there is one; without one the laser is as warm as its case."),
      field<&P::temperature>("temperature", "degC", -20.0, 120.0, "Temperature that the laser is held at.")
          .from(Kind::assumed, "usual for cooled CW lasers, 30 to 50 degC"),
      field<&P::figure_of_merit>("figure_of_merit", "", 0.05, 5.0,
                                 "Thermoelectric figure of merit ZT of the material.")
          .from(Kind::assumed, "bismuth telluride about 0.7 to 1 near room temperature"),
      field<&P::share_of_best>("share_of_best", "", 0.05, 1.0,
                               "Coefficient of performance over the best one of the material.")
          .from(Kind::assumed, "contacts, ceramics, and a current beside the best one"));
}

// The best COP of the material; infinite where nothing has to be pumped (T_h ≤ T_c), 0 beyond the largest
// difference that it reaches, T_h = T_c·√(1 + ZT). Temperatures in K.
double best_performance(double figure_of_merit, double cold, double hot);

// Electrical power of a cooler that takes `heat` [W] from its cold side, its hot side at `hot` [K]; infinite
// beyond its largest difference, 0 for one that is not fitted.
double cooler_power(const ThermoelectricCooler&, double heat, double hot);

}  // namespace waverack::parts
