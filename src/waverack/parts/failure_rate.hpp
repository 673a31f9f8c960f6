#pragma once
// How often a part fails in the field.

#include "waverack/base/reader.hpp"

namespace waverack::parts {

struct FailureRate {
  double rate = 0.0;                            // of one device at `temperature` [1/s]; 0: not counted
  double temperature = 328.15;                  // [K]
  double activation_energy = 1.1215236438e-19;  // [J]; 0.7 eV
  int lanes = 1;                                // that one device serves
};

inline FieldList describe(Tag<FailureRate>) {
  using P = FailureRate;
  return fields<P>(
      "Failures of a part in the field: a constant rate that grows with temperature by Arrhenius's law.",
      field<&P::rate>("rate", "FIT", 0.0, 1e7, "Failures of one device in 1e9 hours.").must_be_given(),
      field<&P::temperature>("temperature", "degC", -50.0, 200.0, "Temperature at which the rate holds.")
          .from(Kind::assumed, "55 degC: where sheets of telecom parts state it"),
      field<&P::activation_energy>("activation_energy", "eV", 0.0, 3.0, "Activation energy of what fails.")
          .from(Kind::assumed, "0.7 eV: wear of semiconductors in general"),
      field<&P::lanes>("lanes", "", 1, 4096, "Lanes that stop when one device fails.")
          .from(Kind::choice, "one device for each lane"));
}

// The rate at another temperature [1/s] (theory: yield, eq. 13).
double failure_rate_at(const FailureRate&, double temperature);

}  // namespace waverack::parts
