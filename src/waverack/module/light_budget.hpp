#pragma once
// What the light of a module must be good for: every lane, to the end of its life, with lasers that fail.

#include "waverack/base/reader.hpp"
#include "waverack/parts/decibel.hpp"

namespace waverack::module {

struct LightBudget {
  double lane_spread = parts::from_db(0.5);      // standard deviation of a lane's optical loss, power ratio
  double confidence = 0.99;                      // probability that every lane of the module has its light
  double laser_failure_rate = 100e-9 / 3600.0;   // of one laser [1/s]
  double service_time = 365.25 * 24.0 * 3600.0;  // for which failures are counted [s]
};

inline FieldList describe(Tag<LightBudget>) {
  using P = LightBudget;
  return fields<P>(
      "What the light must be good for: every lane, to the end of its life, and lasers that fail.",
      field<&P::lane_spread>("lane_spread", "dB", 0.0, 10.0,
                             "Standard deviation of the optical loss from lane to lane.")
          .from(Kind::assumed, "three couplings of 0.25 dB, connectors, split and modulator in rms"),
      field<&P::confidence>("confidence", "", 0.5, 0.999999,
                            "Probability with which every lane of the module gets the light it needs.")
          .from(Kind::choice, "one module of a hundred may miss"),
      field<&P::laser_failure_rate>("laser_failure_rate", "FIT", 0.0, 1e7, "Failures of one laser.")
          .from(Kind::claim, "DFB 50 to 200 FIT at 70 degC, a blog (facts: photonics 10)"),
      field<&P::service_time>("service_time", "year", 0.0, 100.0, "Time for which failures are counted.")
          .from(Kind::choice, "one year"));
}

}  // namespace waverack::module
